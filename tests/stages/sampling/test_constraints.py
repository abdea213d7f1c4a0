"""What the database itself holds true of lists, cases and samples."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from inspectorate.sampling.models import Case, CaseList, DrawnCase, Replacement, Sample

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
    again = {"inspection": case_list.inspection, "kind": "case"}
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
