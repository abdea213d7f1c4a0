"""What is somebody's to do with a report, each list in one query."""

from datetime import UTC, datetime, timedelta

import pytest

from inspectorate.people.access import VISITOR, person_of
from inspectorate.reports.actions import Said, answer_comment, ask_to_reopen, comment_on_draft, sign_off_report
from inspectorate.reports.tasks import tasks_of
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL, OUTSIDER

NOW = datetime.now(UTC)


@pytest.fixture
def titles(django_assert_num_queries):
    def of(name, at=NOW):
        person = person_of(name)
        with django_assert_num_queries(1):
            return [task.title for task in tasks_of(person, at)]

    return of


def test_the_lead_writes_the_report(written, titles):  # noqa: ARG001 - it is there
    assert titles(LEAD) == ["Write the report"]
    assert [titles(other) for other in (ASSESSOR, CHIEF, CONTACT, LOCAL, OUTSIDER)] == [[]] * 5


def test_the_body_checks_the_draft_until_its_last_day(draft, titles):
    person = person_of(CONTACT)
    (task,) = tasks_of(person, NOW)
    assert (task.title, task.due) == ("Check the facts of the draft", draft.due_on)
    assert titles(CONTACT, NOW + timedelta(days=20)) == []
    assert titles(LEAD) == []


def test_the_lead_answers_what_the_body_says(draft, titles):
    comment = comment_on_draft(draft=draft, said=Said("2.1", "It is not so."), by=CONTACT)
    assert titles(LEAD) == ["Answer what the body says of the draft"]
    assert titles(CHIEF, NOW + timedelta(days=20)) == []
    answer_comment(comment=comment, verdict="not_accepted", reason="It is.", by=LEAD)
    assert titles(LEAD) == []


def test_the_chief_signs_off_once_the_last_day_is_over(draft, titles):  # noqa: ARG001 - it is there
    assert titles(CHIEF) == []
    assert titles(CHIEF, NOW + timedelta(days=20)) == ["Sign the report off"]


def test_whoever_did_not_ask_agrees_to_reopen(draft, written, titles):  # noqa: ARG001 - it is there
    sign_off_report(inspection=written, by=CHIEF)
    assert titles(LEAD) == titles(CHIEF) == []
    ask_to_reopen(inspection=written, reason="A name is wrong.", by=LEAD)
    assert titles(LEAD) == []
    assert titles(CHIEF) == ["Agree to reopen the report, or decline"]


def test_a_visitor_has_nothing_to_do():
    assert tasks_of(VISITOR, NOW) == []
