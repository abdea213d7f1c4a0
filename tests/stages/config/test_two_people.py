"""What takes two people, done at the same moment from connections of their own: one result, one plain refusal.

Each act goes through the same five rounds, on whichever database the tests run.
"""

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from inspectorate.inspections.actions import take_export
from inspectorate.inspections.models import Export, Inspection
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import GRAVE, RULES
from inspectorate.people.models import Role, User
from inspectorate.people.two import ACTS as TITLES
from inspectorate.people.two import SAME_PERSON
from inspectorate.record.models import Entry
from tests.stages.config.two_people import ACTS, SECOND_CHIEF, Exporting
from tests.stages.conftest import CHIEF, LEAD

SOURCE = Path(__file__).parents[3] / "src/inspectorate"
WAIT = 60


def told(deed):
    """Return "done", or the code of the refusal; anything else is an error."""
    try:
        deed()
    except RefusedError as error:
        return str(error.code)
    finally:
        connection.close()
    return "done"


def at_once(*deeds):
    """Return what became of each deed, all from threads that wait for each other."""
    start = Barrier(len(deeds))

    def do(deed):
        start.wait(WAIT)
        return told(deed)

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [future.result(WAIT) for future in [threads.submit(do, deed) for deed in deeds]]


def role(name, role_):
    User.objects.filter(public_id=name[1]).update(role=role_)


def two_second_people(act):
    found = sorted(at_once(lambda: act.agree(CHIEF), lambda: act.agree(SECOND_CHIEF)))
    assert (found[0], found[1] != "done", act.stands()) == ("done", True, True)
    return 1


def one_person_in_two_tabs(act):
    found = sorted(at_once(lambda: act.agree(CHIEF), lambda: act.agree(CHIEF)))
    assert (found[0], found[1] != "done", act.stands()) == ("done", True, True)
    return 1


def whoever_asked_agrees_too(act):
    """They have become chief inspector meanwhile, and could agree to anybody else's."""
    role(LEAD, Role.CHIEF_INSPECTOR)
    assert told(lambda: act.agree(LEAD)) == SAME_PERSON
    assert not act.stands()
    own, other = at_once(lambda: act.agree(LEAD), lambda: act.agree(CHIEF))
    role(LEAD, Role.LEAD_INSPECTOR)
    assert (own != "done", other, act.stands()) == (True, "done", True)
    return 1


def the_right_is_lost_while_they_wait(act):
    """The second person presses, and waits for whoever holds the inspection: who takes their role away."""
    pressing = Event()

    def agree():
        pressing.set()
        return told(lambda: act.agree(SECOND_CHIEF))

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            Inspection.objects.select_for_update().get(pk=act.inspection.pk)
            pressed = threads.submit(agree)
            assert pressing.wait(WAIT)
            role(SECOND_CHIEF, Role.NONE)
        found = pressed.result(WAIT)
    role(SECOND_CHIEF, Role.CHIEF_INSPECTOR)
    assert (found, act.stands()) == ("not-allowed", False)
    return 0


def taken_back_while_another_agrees(act):
    before = act.done()
    back, agreed = at_once(act.withdraw, lambda: act.agree(CHIEF))
    if agreed == "done":  # it was agreed to first: it stands, or was then taken back as a whole
        assert act.stands() == (back != "done")
    else:
        assert (back, act.stands()) == ("done", False)
    return act.done() - before


ROUNDS = (
    two_second_people,
    one_person_in_two_tabs,
    whoever_asked_agrees_too,
    the_right_is_lost_while_they_wait,
    taken_back_while_another_agrees,
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ACTS, ids=lambda kind: kind.__name__)
def test_two_people_at_the_same_moment_are_one_result_and_one_plain_refusal(kind):
    act, times = kind(), 0
    for round_ in ROUNDS:
        act.ask()
        assert not act.stands()
        times += round_(act)
        assert act.done() == times, f"{round_.__name__}: it took effect as often as it was agreed to, and no more"
        act.again()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_was_agreed_to_is_taken_once_from_two_tabs():
    act = Exporting()
    act.ask()
    act.agree(CHIEF)
    held = Export.objects.get()
    found = sorted(at_once(*[lambda: take_export(export=held, by=LEAD)] * 2))
    assert found == ["done", "export-taken"]
    assert Entry.objects.filter(verb="export.taken").count() == 1


def test_every_such_act_has_its_rules_and_agreeing_to_it_is_grave():
    for act in TITLES.values():
        assert act.asks in RULES
        assert act.agrees in GRAVE


def test_every_such_act_refuses_whoever_asked_in_the_one_place():
    asked = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "require_second":
                asked.add(node.args[0].value)
    assert asked == set(TITLES)
