"""What the database itself holds true of releases."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from inspectorate.publication.models import Release
from tests.stages.publication.conftest import MINUTE

pytestmark = pytest.mark.django_db
BEFORE = MINUTE - timedelta(days=1)


def refused_by(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"confirmed_at": BEFORE}, "publication_confirmed_by_somebody"),
        (
            {"confirmed_at": BEFORE, "confirmed_by_kind": "user", "confirmed_by_id": "a-lead-inspector"},
            "takes_two_people",
        ),
        (
            {"confirmed_at": MINUTE + timedelta(days=1), "confirmed_by_kind": "user", "confirmed_by_id": "another"},
            "publication_confirmed_before_its_minute",
        ),
        ({"ended_at": BEFORE}, "publication_ended_with_a_reason"),
        (
            {
                "confirmed_at": BEFORE,
                "confirmed_by_kind": "user",
                "confirmed_by_id": "another",
                "ended_at": MINUTE + timedelta(days=1),
                "ended_because": "Too late.",
            },
            "publication_public_is_never_taken_back",
        ),
    ],
)
def test_a_release_that_cannot_be_is_refused(proposed, changed, name):
    refused_by(name, lambda: Release.objects.filter(pk=proposed.pk).update(**changed))


def test_an_inspection_has_one_open_release(proposed):
    again = {
        "inspection": proposed.inspection,
        "signed_report": proposed.signed_report,
        "visible_from": MINUTE,
        "proposed_at": BEFORE,
        "proposed_by_kind": "user",
        "proposed_by_id": "somebody",
    }
    refused_by("publication_one_open_release|UNIQUE", lambda: Release.objects.create(**again))
