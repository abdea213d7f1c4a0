"""Whoever keeps the register, and what was published, is asked for their right, whichever door they come by."""

from datetime import UTC, datetime

import pytest

from inspectorate.people.access import NotAllowedError
from inspectorate.register import actions
from inspectorate.register.actions import NewBody
from inspectorate.register.models import Body
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 1, tzinfo=UTC).date()
NEW = NewBody("Eastmoor", kind="probation_trust", nation="england", invented=True)
ACTS = {
    "register_body": lambda _, by: actions.register_body(body=NEW, by=by),
    "add_ldu": lambda body, by: actions.add_ldu(body=body, name="North", by=by),
    "rename_body": lambda body, by: actions.rename_body(body=body, name="Other", on=DAY, by=by),
    "end_body": lambda body, by: actions.end_body(body=body, on=DAY, by=by, why="Closed."),
    "merge_bodies": lambda body, by: actions.merge_bodies(bodies=[body], into=NEW, on=DAY, by=by),
    "split_body": lambda body, by: actions.split_body(body=body, into=[NEW], on=DAY, by=by),
    "withdraw_results": lambda _, by: actions.withdraw_results(results=[], why="x", by=by),
    "hide_results": lambda _, by: actions.hide_results(results=[], hidden=True, why="x", by=by),
    "open_programme_year": lambda _, by: actions.open_programme_year(shape=None, by=by),
    "record_result": lambda body, by: actions.record_result(body=body, result=None, by=by),
    "add_measures": lambda _, by: actions.add_measures(programme_year=None, measures=[], by=by),
    "load_published_record": lambda _, by: actions.load_published_record(by=by),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("by", [ASSESSOR, LOCAL, CONTACT, ("user", "somebody-unknown"), ("visitor", "anonymous")])
def test_nobody_else_keeps_the_register(trust, act, by):
    with pytest.raises(NotAllowedError):
        ACTS[act](trust, by)


@pytest.mark.parametrize("act", ["open_programme_year", "record_result", "add_measures", "load_published_record"])
def test_a_lead_inspector_records_nothing_as_published(trust, act):
    with pytest.raises(NotAllowedError):
        ACTS[act](trust, LEAD)


@pytest.mark.parametrize("by", [CHIEF, LEAD, ("system", "operator")])
def test_chief_lead_and_the_command_line_enter_a_body(people, by):  # noqa: ARG001 - they are there
    assert actions.register_body(body=NEW, by=by) == Body.objects.get(name="Eastmoor")


def test_each_act_of_the_register_is_tried():
    assert set(ACTS) == {name for name in actions.__all__ if name[0].islower()}
