"""Two people press the same button at the same moment: one wins, the other gets a plain refusal."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from inspectorate.inspections.actions import (
    NewInspection,
    NewModule,
    arrange_inspection,
    arrange_reinspection,
    join_team,
    move_date,
    set_aside,
)
from inspectorate.inspections.models import Inspection, MovedDate
from inspectorate.inspections.refusals import Refusal
from inspectorate.methodology.lifecycle import Refusal as LifeRefusal
from inspectorate.methodology.refusals import RefusedError
from tests.stages.conftest import CHIEF, LEAD, LOCAL
from tests.stages.inspections.asked import in_state, verbs

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Return what became of each deed, done in threads that wait for each other: "done", or the code of the refusal."""
    start = Barrier(len(deeds))

    def do(deed):
        try:
            start.wait(60)
            deed()
        except RefusedError as error:
            return str(error.code)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as threads:
        return sorted(threads.map(do, deeds))


def test_two_leads_defer(dated):
    def deferring(by):
        return lambda: set_aside(inspection=dated, verb="defer", why="Flood.", by=by)

    assert at_once(deferring(LEAD), deferring(CHIEF)) == ["done", LifeRefusal.NOT_FROM_HERE]
    assert verbs(dated).count("inspection.defer") == 1


def test_two_leads_arrange_the_reinspection(dated):
    published = in_state(dated, "released")

    def arranging(by):
        return lambda: arrange_reinspection(inspection=published, by=by)

    assert at_once(arranging(LEAD), arranging(CHIEF)) == ["done", Refusal.REINSPECTED]
    assert published.reinspections.count() == 1


def test_two_leads_take_the_same_person_into_the_team(dated, people):
    def joining(by):
        return lambda: join_team(inspection=dated, user=people[LOCAL], role="local_assessor", by=by)

    assert at_once(joining(LEAD), joining(CHIEF)) == ["done", Refusal.IN_THE_TEAM]
    assert dated.team.filter(user=people[LOCAL]).count() == 1


def test_two_leads_move_the_same_date_and_one_place_stands(dated):
    def moving(by, day):
        return lambda: move_date(inspection=dated, code="draft", on=date(2013, 6, day), why="Illness.", by=by)

    assert at_once(moving(LEAD, 5), moving(CHIEF, 6)) == ["done", "done"]
    assert MovedDate.objects.filter(ended_at__isnull=True).count() == 1


def test_one_form_sent_twice_at_once_arranges_one_inspection(trust):
    facts = {"title": "Westmoor", "modules": [NewModule("iaow/2013")], "body": trust, "sent_id": "f" * 32}

    def arranging():
        arrange_inspection(inspection=NewInspection(**facts), by=LEAD)

    assert at_once(arranging, arranging) == ["done", "done"]
    assert Inspection.objects.count() == 1
