"""What the database itself holds true of inspections."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from inspectorate.inspections.models import InspectedProvider, Inspection, Module, MovedDate

pytestmark = pytest.mark.django_db
DIGEST = "a" * 64


def refused_by(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def test_an_inspection_has_a_title(trust):
    refused_by("inspections_inspection_has_a_title", lambda: Inspection.objects.create(title="", body=trust))


def test_an_inspection_visits_a_body_or_an_area(trust):
    both = {"title": "T", "body": trust, "area": "Moors"}
    refused_by("inspections_visits_a_body_or_an_area", lambda: Inspection.objects.create(title="T"))
    refused_by("inspections_visits_a_body_or_an_area", lambda: Inspection.objects.create(**both))


def test_an_inspection_is_not_its_own_parent(inspection):
    def own():
        Inspection.objects.filter(pk=inspection.pk).update(parent=inspection)

    refused_by("inspections_not_its_own_parent", own)


def test_the_state_of_an_inspection_is_one_of_its_life(trust):
    refused_by("inspections_state_is_known", lambda: Inspection.objects.create(title="T", body=trust, state=""))


def test_the_furthest_state_of_an_inspection_is_one_in_which_nothing_waits(trust):
    for wrong in ("deferred", "nowhere"):
        new = {"title": "T", "body": trust, "reached": wrong}
        refused_by("inspections_reached_is_known", lambda new=new: Inspection.objects.create(**new))


def test_a_module_has_one_edition(inspection):
    again = {"inspection": inspection, "code": "main", "edition": "fji/2013", "edition_digest": DIGEST}
    refused_by("inspections_one_edition_for_a_module|UNIQUE", lambda: Module.objects.create(**again))


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"code": ""}, "inspections_module_has_a_code"),
        ({"edition": ""}, "inspections_module_has_an_edition"),
        ({"edition_digest": "short"}, "inspections_module_has_a_digest"),
    ],
)
def test_a_module_has_code_edition_and_digest(inspection, changed, name):
    facts = {"inspection": inspection, "code": "partner", "edition": "fji/2013", "edition_digest": DIGEST}
    refused_by(name, lambda: Module.objects.create(**(facts | changed)))


def test_a_provider_is_named_once(inspection, trust):
    again = {"inspection": inspection, "body": trust}
    refused_by("inspections_provider_named_once|UNIQUE", lambda: InspectedProvider.objects.create(**again))


def test_one_form_arranges_one_inspection(trust):
    def arranged():
        return Inspection.objects.create(title="T", body=trust, sent_id="f" * 32)

    arranged()
    refused_by("inspections_one_inspection_from_a_form|UNIQUE", arranged)


def test_an_inspection_is_reinspected_once(trust, inspection):
    def arranged():
        return Inspection.objects.create(title="T", body=trust, reinspects=inspection)

    arranged()
    refused_by("inspections_reinspected_once|UNIQUE", arranged)


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"reason": ""}, "inspections_moved_date_has_a_reason"),
        ({"code": ""}, "inspections_moved_date_has_a_code"),
        ({}, "inspections_date_stands_in_one_place|UNIQUE"),
    ],
)
def test_a_moved_date_has_code_and_reason_and_stands_in_one_place(inspection, changed, name):
    facts = {"inspection": inspection, "code": "draft", "on": date(2027, 1, 4), "reason": "R"}
    MovedDate.objects.create(**facts, moved_at=timezone.now())
    refused_by(name, lambda: MovedDate.objects.create(**(facts | changed), moved_at=timezone.now()))
