"""From a list to a sample, in this order and no other."""

import pytest

from inspectorate.methodology.sampling.draw import Listed, draw
from inspectorate.record.models import Entry
from inspectorate.sampling.actions import ListedCase, draw_sample, enter_list, freeze_list, make_seed
from inspectorate.sampling.models import DrawnCase
from inspectorate.sampling.refusals import Refusal, RefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded(case_list, lead):
    freeze_list(case_list=case_list, by=lead)
    return make_seed(case_list=case_list, by=lead)


def refused(code, action, **arguments):
    with pytest.raises(RefusedError) as told:
        action(**arguments)
    assert told.value.code == code


def test_the_sample_is_the_one_that_anybody_draws_from_list_and_seed(seeded, lead):
    sample = draw_sample(case_list=seeded, size=6, by=lead)
    listed = [Listed(case.reference, "case", case.stratum) for case in seeded.cases.all()]
    again = draw(listed, seeded.seed, 6)
    rows = DrawnCase.objects.filter(sample=sample).order_by("role", "order").values_list("role", "case__reference")
    expected = [("drawn", one.case) for one in again.drawn] + [("reserve", one.case) for one in again.reserve]
    assert list(rows) == expected
    assert seeded.digest == again.digest


def test_each_step_leaves_one_entry_in_the_record(seeded, lead):
    draw_sample(case_list=seeded, size=6, by=lead)
    entries = Entry.objects.filter(subject_kind="case-list").order_by("sequence")
    assert [entry.verb for entry in entries] == [
        "case-list.entered",
        "case-list.frozen",
        "case-list.seeded",
        "sample.drawn",
    ]


def test_no_step_can_be_taken_before_the_one_before_it(case_list, lead):
    refused(Refusal.NOT_FROZEN, make_seed, case_list=case_list, by=lead)
    refused(Refusal.NO_SEED, draw_sample, case_list=case_list, size=2, by=lead)


def test_no_step_is_taken_twice(seeded, lead):
    draw_sample(case_list=seeded, size=2, by=lead)
    refused(Refusal.ALREADY_FROZEN, freeze_list, case_list=seeded, by=lead)
    refused(Refusal.SEED_MADE, make_seed, case_list=seeded, by=lead)
    refused(Refusal.ALREADY_DRAWN, draw_sample, case_list=seeded, size=2, by=lead)


@pytest.mark.parametrize(
    ("kind", "references", "code"),
    [
        ("court", ["A1"], Refusal.KIND_UNKNOWN),
        ("case", [], Refusal.LIST_EMPTY),
        ("case", ["A1", " A1"], Refusal.REFERENCE_TWICE),
    ],
)
def test_an_unfit_list_is_refused_by_name(inspection, lead, kind, references, code):
    cases = [ListedCase(reference) for reference in references]
    refused(code, enter_list, inspection=inspection, kind=kind, cases=cases, by=lead)


def test_a_second_list_of_a_kind_is_refused(case_list, lead):
    cases = [ListedCase("A1")]
    refused(Refusal.KIND_LISTED, enter_list, inspection=case_list.inspection, kind="case", cases=cases, by=lead)
