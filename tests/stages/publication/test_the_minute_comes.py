"""The minute comes while somebody waits for the lock: the clock is read once the inspection is theirs."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import Refusal as Life
from inspectorate.methodology.refusals import RefusedError
from inspectorate.publication.actions import confirm_release, propose_release, take_back_release
from inspectorate.publication.models import Release
from inspectorate.publication.refusals import Refusal
from inspectorate.reports.actions import sign_off_report
from tests.stages.conftest import CHIEF, LEAD, inspection, people, trust
from tests.stages.reports.conftest import draft, drafting, written

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database("postgresql")]
# What these tests commit is emptied from the database: each makes its own.
__all__ = ["draft", "drafting", "inspection", "people", "trust", "written"]
SOON, LONG = timedelta(seconds=3), timedelta(seconds=60)


@pytest.fixture
def signed_off(draft):
    sign_off_report(inspection=draft.inspection, by=CHIEF)
    draft.inspection.refresh_from_db()
    return draft.inspection


def waiting():
    """Say whether somebody waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def after_the_minute(inspection, minute, act):
    """Begin an action while another holds the inspection, let go once the minute has come; return its refusal."""

    def acting():
        try:
            act()
        except RefusedError as error:
            return error.code
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        Inspection.objects.select_for_update().get(pk=inspection.pk)
        begun = thread.submit(acting)
        while not (waiting() or begun.done()) or datetime.now(UTC) <= minute:
            assert datetime.now(UTC) < minute + LONG
            time.sleep(0.01)
    return begun.result(60)


def test_a_minute_that_came_while_one_waited_is_not_confirmed(signed_off):
    minute = datetime.now(UTC) + SOON
    propose_release(inspection=signed_off, visible_from=minute, by=LEAD)
    refusal = after_the_minute(signed_off, minute, lambda: confirm_release(inspection=signed_off, by=CHIEF))
    assert (refusal, Release.objects.get().confirmed_at) == (Refusal.MINUTE_PAST, None)


def test_what_became_public_while_one_waited_is_not_taken_back(signed_off):
    minute = datetime.now(UTC) + SOON
    propose_release(inspection=signed_off, visible_from=minute, by=LEAD)
    confirm_release(inspection=signed_off, by=CHIEF)
    refusal = after_the_minute(
        signed_off, minute, lambda: take_back_release(inspection=signed_off, why="A slip.", by=LEAD)
    )
    assert (refusal, Release.objects.get().ended_at) == (Life.MINUTE_PASSED, None)
