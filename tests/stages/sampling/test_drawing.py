"""From a list to a sample, in this order and no other: frozen, seeded, drawn."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.conf import settings

from inspectorate.inspections.models import Inspection
from inspectorate.methodology.sampling.draw import Listed, draw
from inspectorate.people.access import NotAllowedError
from inspectorate.record.models import Entry
from inspectorate.sampling.actions import (
    ListedCase,
    draw_sample,
    enter_list,
    freeze_list,
    make_seed,
    settle_list,
    settle_sample,
)
from inspectorate.sampling.models import CaseList, DrawnCase, ListUpload, Sample
from inspectorate.sampling.refusals import Refusal, RefusedError
from tests.stages.conftest import ASSESSOR, CHIEF, OUTSIDER

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def seeded(announced, long_list, lead):  # noqa: ARG001 - a list is frozen once the body knows of the inspection
    freeze_list(case_list=long_list, by=lead)
    return make_seed(case_list=long_list, by=lead)


def refused(code, action, **arguments):
    with pytest.raises(RefusedError) as told:
        action(**arguments)
    assert told.value.code == code
    return told.value.sentence


def test_the_sample_is_the_one_that_anybody_draws_from_list_and_seed(seeded, lead):
    sample = draw_sample(case_list=seeded, by=lead)
    listed = [Listed(case.reference, "case", case.stratum) for case in seeded.cases.all()]
    again = draw(listed, seeded.seed, 50)
    rows = DrawnCase.objects.filter(sample=sample).order_by("role", "order").values_list("role", "case__reference")
    expected = [("drawn", one.case) for one in again.drawn] + [("reserve", one.case) for one in again.reserve]
    assert list(rows) == expected
    assert seeded.digest == again.digest


def test_the_script_of_the_docs_draws_what_the_database_holds(seeded, lead, tmp_path):
    draw_sample(case_list=seeded, by=lead)
    path = tmp_path / "cases.csv"
    rows = [f"{case.reference},case,{case.stratum}" for case in seeded.cases.order_by("?")]
    path.write_text("\n".join(["case,kind,stratum", *rows]), encoding="utf-8")
    words = [
        sys.executable,
        str(settings.CHECKOUT / "docs/reference/redraw.py"),
        str(path),
        seeded.seed,
        "50",
        "strata",
    ]
    printed = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    for line, stratum in zip(printed, ("high", "low"), strict=False):
        in_it = DrawnCase.objects.filter(case__stratum=stratum).order_by("order").values_list("role", "case__reference")
        drawn = " ".join(case for role, case in in_it if role == "drawn")
        reserve = " ".join(case for role, case in in_it if role == "reserve")
        assert line == f"{stratum}: drawn {drawn} | reserve {reserve}"
    assert printed[-1] == seeded.digest


def test_each_step_leaves_one_entry_in_the_record(seeded, lead):
    draw_sample(case_list=seeded, by=lead)
    entries = Entry.objects.filter(subject_kind="case-list").order_by("sequence")
    assert [entry.verb for entry in entries] == [
        "case-list.entered",
        "case-list.frozen",
        "case-list.seeded",
        "sample.drawn",
    ]


def test_the_last_draw_moves_the_inspection_on(seeded, lead):
    draw_sample(case_list=seeded, by=lead)
    assert Inspection.objects.get().state == "sampled"
    assert Entry.objects.order_by("sequence").last().verb == "inspection.settle_sample"


def test_no_step_can_be_taken_before_the_one_before_it(announced, case_list, lead):  # noqa: ARG001 - as above
    refused(Refusal.NOT_FROZEN, make_seed, case_list=case_list, by=lead)
    refused(Refusal.NO_SEED, draw_sample, case_list=case_list, by=lead)


def test_no_step_is_taken_twice(seeded, lead):
    refused(Refusal.ALREADY_FROZEN, freeze_list, case_list=seeded, by=lead)
    refused(Refusal.SEED_MADE, make_seed, case_list=seeded, by=lead)
    draw_sample(case_list=seeded, by=lead)
    Inspection.objects.update(state="announced")
    refused(Refusal.ALREADY_DRAWN, draw_sample, case_list=seeded, by=lead)


def test_nothing_is_frozen_before_the_body_knows_and_nothing_after_the_draw(case_list, lead):
    sentence = refused(Refusal.NOT_NOW, freeze_list, case_list=case_list, by=lead)
    assert "announce it first" in sentence
    Inspection.objects.update(state="sampled")
    assert "drawn" in refused(Refusal.NOT_NOW, freeze_list, case_list=case_list, by=lead)
    Inspection.objects.update(state="deferred", state_before="announced")
    assert "resume it first" in refused(Refusal.NOT_NOW, freeze_list, case_list=case_list, by=lead)


def test_only_the_lead_freezes_and_draws(announced, case_list):  # noqa: ARG001 - as above
    for by in (ASSESSOR, CHIEF, OUTSIDER):
        for action in (freeze_list, make_seed, draw_sample):
            with pytest.raises(NotAllowedError):
                action(case_list=case_list, by=by)


def test_an_empty_list_is_not_frozen(announced, lead):
    empty = CaseList.objects.create(inspection=announced, kind="case")
    refused(Refusal.LIST_EMPTY, freeze_list, case_list=empty, by=lead)
    refused(Refusal.LIST_EMPTY, settle_list, case_list=empty, by=lead)


def test_a_list_that_changed_since_it_was_looked_at_is_not_frozen(announced, case_list, lead):  # noqa: ARG001 - as above
    refused(Refusal.LIST_CHANGED, freeze_list, case_list=case_list, by=lead, digest="a" * 64)


def test_the_freeze_erases_the_rows_that_waited_to_be_mended(announced, case_list, lead):  # noqa: ARG001 - as above
    kept = {"file_name": "list.csv", "digest": "a" * 64, "faulty_rows": [{"row": 2}], "faults": [{"row": 2}]}
    by = {"uploaded_by_kind": "user", "uploaded_by_id": "x"}
    ListUpload.objects.create(case_list=case_list, uploaded_at=NOW, **kept, **by)
    freeze_list(case_list=case_list, by=lead)
    upload = ListUpload.objects.get()
    assert (upload.faulty_rows, upload.faults) == ([], [{"row": 2}])


def test_the_steps_are_taken_in_one_go_and_taken_up_where_they_stopped(announced, long_list, lead):  # noqa: ARG001 - as above
    freeze_list(case_list=long_list, by=lead)
    digest = CaseList.objects.get().digest
    made = settle_list(case_list=long_list, by=lead)
    assert (made.size, made.by_rule, made.size_because) == (50, 50, "")
    assert CaseList.objects.get().digest == digest
    refused(Refusal.NOT_NOW, settle_list, case_list=long_list, by=lead)


def test_a_size_outside_the_limits_of_the_edition_is_refused_before_anything_is_frozen(announced, long_list, lead):  # noqa: ARG001 - as above
    sentence = refused(Refusal.SIZE_UNFIT, settle_list, case_list=long_list, by=lead, size=10, why="few people")
    assert "choose from 50 to 60" in sentence
    refused(Refusal.REASON_MISSING, settle_list, case_list=long_list, by=lead, size=55)
    assert CaseList.objects.get().frozen_at is None


def test_another_size_within_the_limits_takes_a_reason_that_is_kept(announced, long_list, lead):  # noqa: ARG001 - as above
    made = settle_list(case_list=long_list, by=lead, size=55, why="a second unit asked to be looked at")
    assert (made.size, made.by_rule, made.size_because) == (55, 50, "a second unit asked to be looked at")
    assert made.drawn_cases.filter(role="drawn").count() == 55


def test_an_inspection_whose_lists_are_settled_can_be_moved_on_by_hand(seeded, lead):
    refused("lists-open", settle_sample, inspection=seeded.inspection, by=lead)
    draw_sample(case_list=seeded, by=lead)
    Inspection.objects.update(state="announced")
    settle_sample(inspection=seeded.inspection, by=lead)
    assert Inspection.objects.get().state == "sampled"


@pytest.mark.parametrize(
    ("kind", "references", "code"),
    [
        ("court", ["A1"], Refusal.KIND_UNKNOWN),
        ("case", [], Refusal.LIST_EMPTY),
        ("case", ["A1", " A1"], Refusal.REFERENCE_TWICE),
        ("case", ["=A1"], Refusal.REFERENCE_UNFIT),
    ],
)
def test_an_unfit_list_is_refused_by_name(inspection, lead, kind, references, code):
    cases = [ListedCase(reference) for reference in references]
    refused(code, enter_list, inspection=inspection, kind=kind, cases=cases, by=lead)


def test_a_second_list_of_a_kind_is_refused(case_list, lead):
    cases = [ListedCase("A1")]
    refused(Refusal.KIND_LISTED, enter_list, inspection=case_list.inspection, kind="case", cases=cases, by=lead)


def test_the_shared_sample_is_of_all_twelve_cases(sample):
    assert (Sample.objects.get(), sample.size) == (sample, 12)
