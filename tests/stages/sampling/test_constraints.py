"""What the database itself holds true of lists, cases and samples."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from inspectorate.sampling.models import (
    Case,
    CaseList,
    DrawnCase,
    Extension,
    ListUpload,
    Proposal,
    Replacement,
    Sample,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SEED = "b" * 32
DIGEST = "a" * 64


def refused_by(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


@pytest.fixture
def sample(case_list):
    return Sample.objects.create(case_list=case_list, size=2, drawn_at=NOW)


@pytest.fixture
def drawn(sample, case_list):
    cases = case_list.cases.order_by("reference")[:2]
    return [
        DrawnCase.objects.create(sample=sample, case=case, role="drawn", order=n) for n, case in enumerate(cases, 1)
    ]


def test_an_inspection_has_one_list_for_a_kind(case_list):
    again = {"inspection": case_list.inspection, "kind": "case", "version": 2}
    refused_by("sampling_one_list_for_a_kind|UNIQUE", lambda: CaseList.objects.create(**again))


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"kind": ""}, "sampling_list_has_a_kind"),
        ({"seed": SEED}, "sampling_seed_after_the_freeze"),
        ({"frozen_at": NOW, "digest": DIGEST, "seed": "typed"}, "sampling_seed_after_the_freeze"),
        ({"frozen_at": NOW}, "sampling_list_frozen_with_its_digest"),
        ({"digest": DIGEST}, "sampling_list_frozen_with_its_digest"),
        ({"frozen_at": NOW, "digest": "short"}, "sampling_list_frozen_with_its_digest"),
        ({"version": 0}, "sampling_version_from_one|version"),
        ({"none_eligible_at": NOW}, "sampling_none_eligible_with_a_reason"),
        ({"none_eligible_because": "none"}, "sampling_none_eligible_with_a_reason"),
        (
            {"none_eligible_at": NOW, "none_eligible_because": "none", "frozen_at": NOW, "digest": DIGEST},
            "sampling_none_eligible_with_a_reason",
        ),
        ({"superseded_at": NOW}, "sampling_superseded_with_a_reason_before_the_seed"),
        (
            {"superseded_at": NOW, "superseded_because": "x", "frozen_at": NOW, "digest": DIGEST, "seed": SEED},
            "sampling_superseded_with_a_reason_before_the_seed",
        ),
    ],
)
def test_a_list_has_a_kind_a_digest_once_frozen_and_a_seed_only_then(inspection, facts, name):
    refused_by(name, lambda: CaseList.objects.create(**({"inspection": inspection, "kind": "other"} | facts)))


def test_a_frozen_list_may_have_its_seed(inspection):
    CaseList.objects.create(inspection=inspection, kind="other", frozen_at=NOW, digest=DIGEST, seed=SEED)


def test_a_case_stands_once_on_a_list(case_list):
    refused_by(
        "sampling_case_once_on_a_list|UNIQUE", lambda: Case.objects.create(case_list=case_list, reference="C001")
    )


@pytest.mark.parametrize(
    ("facts", "name"),
    [({"reference": ""}, "sampling_case_has_a_reference"), ({"stratum": ""}, "sampling_case_has_a_stratum")],
)
def test_a_case_has_a_reference_and_a_stratum(case_list, facts, name):
    refused_by(name, lambda: Case.objects.create(**({"case_list": case_list, "reference": "X1"} | facts)))


def test_a_list_has_one_sample(sample):
    again = {"case_list": sample.case_list, "size": 3, "drawn_at": NOW}
    refused_by("case_list_id", lambda: Sample.objects.create(**again))


def test_a_sample_is_not_empty(case_list):
    empty = {"case_list": case_list, "size": 0, "drawn_at": NOW}
    refused_by("sampling_sample_is_not_empty", lambda: Sample.objects.create(**empty))


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"order": 1}, "sampling_one_case_at_a_place|UNIQUE"),
        ({"order": 0}, "sampling_order_from_one|order"),
        ({"role": "chosen"}, "sampling_role_is_known"),
    ],
)
def test_a_drawn_case_has_a_place_of_its_own(drawn, case_list, facts, name):
    third = {"sample": drawn[0].sample, "case": case_list.cases.get(reference="C003"), "role": "drawn", "order": 3}
    refused_by(name, lambda: DrawnCase.objects.create(**(third | facts)))


def test_a_case_is_drawn_once(drawn):
    again = {"sample": drawn[0].sample, "case": drawn[0].case, "role": "reserve", "order": 1}
    refused_by("case_id", lambda: DrawnCase.objects.create(**again))


def test_no_case_replaces_itself(drawn):
    own = {"outgoing": drawn[0], "incoming": drawn[0], "reason": "duplicate", "replaced_at": NOW}
    refused_by("sampling_no_case_replaces_itself", lambda: Replacement.objects.create(**own))


def test_a_replacement_has_a_reason(drawn):
    bare = {"outgoing": drawn[0], "incoming": drawn[1], "reason": "", "replaced_at": NOW}
    refused_by("sampling_replacement_has_a_reason", lambda: Replacement.objects.create(**bare))


def test_a_case_that_leaves_without_another_says_why(drawn):
    bare = {"outgoing": drawn[0], "reason": "other", "replaced_at": NOW}
    refused_by("sampling_left_without_another_says_why", lambda: Replacement.objects.create(**bare))


def test_a_version_of_a_list_stands_once_and_a_superseded_one_makes_room(case_list):
    CaseList.objects.update(superseded_at=NOW, superseded_because="wrong")
    again = {"inspection": case_list.inspection, "kind": "case"}
    refused_by("sampling_one_list_of_a_version|UNIQUE", lambda: CaseList.objects.create(**again))
    CaseList.objects.create(**again, version=2)


def test_another_size_than_the_one_worked_out_has_a_reason(case_list):
    other = {"case_list": case_list, "size": 2, "by_rule": 3, "drawn_at": NOW}
    refused_by("sampling_other_size_with_a_reason", lambda: Sample.objects.create(**other))


@pytest.mark.parametrize("facts", [{"why": ""}, {"cases": 0}])
def test_an_extension_has_cases_and_a_reason(sample, facts):
    whole = {"sample": sample, "cases": 1, "why": "more", "extended_at": NOW}
    refused_by("sampling_extension_has_a_reason", lambda: Extension.objects.create(**(whole | facts)))


def test_only_a_case_of_the_reserve_comes_in_by_an_extension(sample, drawn):
    made = Extension.objects.create(sample=sample, cases=1, why="more", extended_at=NOW)
    refused_by(
        "sampling_extended_from_the_reserve",
        lambda: DrawnCase.objects.filter(pk=drawn[0].pk).update(extension=made),
    )


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"file_name": ""}, "sampling_upload_has_a_file_name"),
        ({"digest": "short"}, "sampling_upload_has_a_digest"),
        ({"uploaded_by_id": ""}, "sampling_upload_has_an_uploader"),
    ],
)
def test_an_upload_has_a_name_a_digest_and_somebody_who_did_it(case_list, facts, name):
    whole = {"file_name": "a.csv", "digest": DIGEST, "uploaded_by_kind": "user", "uploaded_by_id": "x"}
    given = {"case_list": case_list, "uploaded_at": NOW, **whole, **facts}
    refused_by(name, lambda: ListUpload.objects.create(**given))


def proposal(drawn, **facts):
    whole = {"why": "flooded", "proposed_at": NOW, "proposed_by_kind": "user", "proposed_by_id": "one"}
    return Proposal.objects.create(**({"drawn_case": drawn[0]} | whole | facts))


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"why": ""}, "sampling_proposal_has_a_reason"),
        ({"drawn_case": None}, "sampling_proposal_is_of_a_case_or_of_more"),
        ({"cases": 3}, "sampling_proposal_is_of_a_case_or_of_more"),
        ({"decision": "agreed"}, "sampling_proposal_decided_by_somebody"),
        ({"decided_at": NOW}, "sampling_proposal_decided_by_somebody"),
        ({"decision": "agreed", "decided_at": NOW, "decided_by_id": "one"}, "sampling_proposal_agreed_by_another"),
    ],
)
def test_a_proposal_has_a_reason_and_is_agreed_to_by_another(drawn, facts, name):
    refused_by(name, lambda: proposal(drawn, **facts))


def test_a_case_has_one_open_proposal(drawn):
    proposal(drawn)
    refused_by("sampling_one_open_proposal_for_a_case|UNIQUE", lambda: proposal(drawn))


def test_a_sample_has_one_open_proposal_to_extend_it(drawn):
    of_more = {"drawn_case": None, "sample": drawn[0].sample, "cases": 2}
    proposal(drawn, **of_more)
    refused_by("sampling_one_open_proposal_to_extend|UNIQUE", lambda: proposal(drawn, **of_more))
