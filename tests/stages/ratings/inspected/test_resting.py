"""What scores rest on: the digest is another when, and only when, something that is scored is another."""

import pytest
from django.db import connection

from inspectorate.fieldwork.actions import append_entries
from inspectorate.fieldwork.models import Entry
from inspectorate.methodology.faults import Refused
from inspectorate.ratings.queries import scored_inspection
from inspectorate.ratings.resting import rests_on, since
from inspectorate.sampling.models import DrawnCase, Replacement

from .conftest import AT, SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(adult):
    return lambda: rests_on(adult.inspection)


def send(assessment, *entries):
    """Let entries come in as they may while an assessment is written, and put it back where it stood."""
    before = assessment.state
    for state in ("begun", before):
        type(assessment).objects.filter(pk=assessment.pk).update(state=state)
        if state == "begun":
            assert append_entries(assessment=assessment, entries=entries, by=SYSTEM).refused == ()


def replaced(reference):
    """Let the first case of the reserve come in for one."""
    out = DrawnCase.objects.get(case__reference=reference)
    come = DrawnCase.objects.filter(role="reserve", case__stratum=out.case.stratum).order_by("order").first()
    return Replacement.objects.create(outgoing=out, incoming=come, reason="moved_away", replaced_at=AT)


def test_it_is_read_in_one_query(adult, django_assert_num_queries):
    adult.accept()
    with django_assert_num_queries(1):
        found = rests_on(adult.inspection)
    assert (found.accepted, found.sampled, found.is_provisional) == (6, 6, False)
    assert list(found.pinned) == ["main"]


def test_accepting_and_returning_change_it_and_accepting_again_brings_it_back(adult, now):
    first, *others = adult.assessments
    adult.accept(*others)
    without = now()
    adult.accept(first)
    whole = now()
    assert whole.digest != without.digest
    assert since(without.as_data(), whole.as_data()) == ["1 assessment was accepted since"]
    adult.put("returned", first)
    assert now().digest == without.digest
    assert since(whole.as_data(), now().as_data()) == ["1 assessment was returned since"]
    adult.accept(first)
    assert now().digest == whole.digest


def test_an_entry_that_comes_in_changes_it_and_one_that_came_before_does_not(adult, now):
    adult.accept()
    assessment = next(iter(adult.assessments.values()))
    before = now().digest
    held = Entry.objects.filter(assessment=assessment, question="D01", part="answer").get()
    correction = adult.entry("D01", "not_applicable", supersedes=held.public_id)
    send(assessment, correction)
    after = now().digest
    assert after != before
    send(assessment, correction)
    assert now().digest == after
    send(assessment, adult.entry("D01", "", part="note", text="Seen in the plan of March."))
    assert now().digest != after  # the evidence behind a score is another


def test_work_that_does_not_count_changes_nothing(adult, now):
    first, *others = adult.assessments
    adult.accept(*others)
    before = now().digest
    send(adult.assessments[first], adult.entry("D01", "", part="reasons"))
    adult.put("submitted", first)
    assert now().digest == before


def test_a_replaced_case_no_longer_counts_and_says_so(adult, now):
    adult.accept()
    before = now()
    replaced(next(iter(adult.assessments)))
    after = now()
    assert (after.accepted, after.sampled) == (5, 6)
    assert since(before.as_data(), after.as_data()) == ["1 case of the sample was replaced since"]
    assert scored_inspection(adult.inspection).cases == 5


def test_scores_are_worked_out_once_and_never_remembered_across_a_change(adult, django_assert_num_queries):
    first, *others = adult.assessments
    adult.accept(*others)
    scored = scored_inspection(adult.inspection)
    assert (scored.cases, scored.listed) == (5, 30)
    with django_assert_num_queries(1):
        assert scored_inspection(adult.inspection) is scored
    adult.accept(first)
    assert scored_inspection(adult.inspection).cases == 6


def test_an_inspection_without_an_accepted_case_has_results_without_figures(adult):
    scored = scored_inspection(adult.inspection)
    assert scored.cases == 0
    assert {result.per_cent for result in scored.shares} == {None}


def test_an_accepted_assessment_that_cannot_be_scored_refuses_the_score(adult):
    adult.accept()
    assessment = next(iter(adult.assessments.values()))
    send(assessment, adult.entry("D01", "sufficient"))
    with pytest.raises(Refused):
        scored_inspection(adult.inspection)


def test_the_database_finds_what_scores_rest_on_by_its_indexes(adult, django_assert_num_queries):
    adult.accept()
    with django_assert_num_queries(1) as asked:
        rests_on(adult.inspection)
    sql = asked.captured_queries[0]["sql"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        lines = [str(row[-1]) for row in cursor.fetchall()]
    entries = [line for line in lines if "fieldwork_entry" in line]
    assert entries
    assert not any("Seq Scan" in line or line.startswith("SCAN") for line in entries), lines
