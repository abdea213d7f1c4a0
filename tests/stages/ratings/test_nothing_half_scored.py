"""Whatever is wrong with one answer in the database refuses the score, naming case and question."""

from datetime import UTC, datetime

import pytest

from inspectorate.fieldwork.actions import append_entries, begin_assessment
from inspectorate.fieldwork.journal import NewEntry
from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.methodology.faults import FaultCode, Refused
from inspectorate.ratings.tallies_sql import score_from_database

pytestmark = pytest.mark.django_db
ASSESSOR, SYSTEM = ("user", "an-assessor"), ("system", "tests")
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def scored(store, scope):
    """Return a scope of three cases that can be scored."""
    _, inspection = store("iaow/2013", {"case": 3}, {"case": 6})
    found = scope("iaow/2013", inspection)
    score_from_database(found)
    return found


@pytest.fixture
def held(scored):
    """Return the current answer to D01 in one of the cases."""
    return Entry.objects.filter(assessment__in=scored.assessments(), question="D01", part="answer").latest("sequence")


def write(assessment, number, question, value, **changed):
    entry = NewEntry(f"{number:032x}", "a-laptop", number, question, AT, value, **changed)
    # In life nothing is written once it is accepted; a score must be safe whatever stands there.
    Assessment.objects.filter(pk=assessment.pk).update(state="begun")
    assert append_entries(assessment=assessment, entries=[entry], by=SYSTEM).refused == ()
    Assessment.objects.filter(pk=assessment.pk).update(state="accepted")
    return entry


def faults(scope):
    with pytest.raises(Refused) as refused:
        score_from_database(scope)
    return [(fault.code, fault.file.split(", ")[-1], fault.column) for fault in refused.value.faults]


def named(held):
    return f"case {held.assessment.case.reference}"


def test_a_lone_conflict_refuses_the_score_until_a_person_decides(scored, held):
    before = score_from_database(scored)
    other = write(held.assessment, 10**9, "D01", "not_sufficient")
    assert faults(scored) == [(FaultCode.REPEATED_ANSWER, named(held), "D01")]
    decision = write(held.assessment, 10**9 + 1, "D01", held.value, supersedes=held.public_id)
    assert faults(scored) == [(FaultCode.REPEATED_ANSWER, named(held), "D01")]
    write(held.assessment, 10**9 + 2, "D01", held.value, supersedes=other.id, decides=decision.id)
    assert score_from_database(scored) == before


def test_an_answer_taken_back_beside_another_is_a_conflict_too(scored, held):
    write(held.assessment, 10**9, "D01", "")
    assert faults(scored) == [(FaultCode.REPEATED_ANSWER, named(held), "D01")]


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [
        ("D01", "perhaps", FaultCode.OUTSIDE_OPTIONS),
        ("D01", "", FaultCode.UNANSWERED),
    ],
)
def test_an_answer_that_cannot_be_scored_refuses_the_score(scored, held, question, value, code):
    write(held.assessment, 10**9, question, value, supersedes=held.public_id)
    assert faults(scored) == [(code, named(held), question)]


def test_a_question_that_the_edition_lacks_refuses_the_score(scored, held):
    write(held.assessment, 10**9, "Z99", "sufficient")
    assert faults(scored) == [(FaultCode.UNKNOWN_QUESTION, named(held), "Z99")]


def test_a_reason_that_the_question_lacks_refuses_the_score(scored, held):
    write(held.assessment, 10**9, "O11", "no_such_reason", part="reasons")
    assert (FaultCode.UNKNOWN_REASON, named(held), "O11") in faults(scored)


def test_an_assessment_without_answers_refuses_the_score(scored, accept):
    left = scored.cases().exclude(assessments__in=scored.assessments()).first()
    accept(begin_assessment(case=left, assessor=ASSESSOR, by=SYSTEM))
    assert {(code, where) for code, where, _ in faults(scored)} == {(FaultCode.UNANSWERED, f"case {left.reference}")}


def test_an_assessment_in_another_version_of_the_edition_refuses_the_score(scored):
    Assessment.objects.filter(pk=scored.assessments()[0].pk).update(edition_digest="a" * 64)
    assert faults(scored) == [(FaultCode.CHANGED_AFTER_ADOPTION, "assessments", None)]


def test_an_answer_to_what_was_not_asked_refuses_the_score(scored):
    form = scored.edition.form
    routed = next(q for q in form.kinds[0].questions if q.asked_when)
    answered = Entry.objects.filter(question=routed.code, part="answer").values("assessment")
    without = scored.assessments().exclude(pk__in=answered).first()
    if without is None:  # asked of every case that was invented: take the fact away that routes it
        pytest.fail("The invented cases no longer leave out the first routed question: choose another seed.")
    write(without, 10**9, routed.code, routed.options[0].code)
    assert (FaultCode.ROUTED_OUT, f"case {without.case.reference}", routed.code) in faults(scored)
