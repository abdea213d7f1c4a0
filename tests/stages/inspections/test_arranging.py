"""Arranging an inspection."""

from datetime import date, timedelta

import pytest

from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection
from inspectorate.inspections.dates import dates_of
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.methodology import editions
from inspectorate.methodology.faults import Refused
from inspectorate.record.models import Entry
from tests.stages.conftest import LEAD
from tests.stages.inspections.asked import monday_in, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def test_an_inspection_pins_its_edition_by_the_digest(inspection):
    module = inspection.modules.get()
    assert (module.edition, module.edition_digest) == ("iaow/2013", editions.load("iaow/2013").digest)


def test_the_body_visited_is_a_provider(inspection, trust):
    assert [provider.body for provider in inspection.inspected_providers.all()] == [trust]


def test_a_region_has_its_units_and_a_partner_may_lead_a_module(trust, inspection, lead):
    modules = [NewModule("iaow/2013"), NewModule("fji/2013", code="health", partner="Another inspectorate")]
    new = NewInspection(title="The Moors", modules=modules, area="The Moors", providers=[trust], focus="Court work")
    region = arrange_inspection(inspection=new, by=lead)
    part = NewInspection(title="Unit", modules=modules[:1], body=trust, parent=region)
    arrange_inspection(inspection=part, by=lead)
    assert [part.title for part in region.parts.all()] == ["Unit"]
    assert region.modules.get(code="health").partner == "Another inspectorate"
    assert inspection.parent is None


def test_arranging_leaves_one_entry_in_the_record(inspection):
    entries = Entry.objects.filter(stream__kind="inspection", stream__public_id=inspection.public_id)
    assert [entry.verb for entry in entries if entry.subject_kind == "inspection"] == ["inspection.arranged"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": " "}, Refusal.TITLE_MISSING),
        ({"area": ""}, Refusal.BODY_OR_AREA),
        ({"modules": []}, Refusal.MODULE_MISSING),
        ({"modules": [NewModule("iaow/2013"), NewModule("fji/2013")]}, Refusal.MODULE_TWICE),
    ],
)
def test_an_unfit_inspection_is_refused_by_name(lead, changed, code):
    facts = {"title": "The Moors", "modules": [NewModule("iaow/2013")], "area": "The Moors"}
    with pytest.raises(RefusedError) as refused:
        arrange_inspection(inspection=NewInspection(**(facts | changed)), by=lead)
    assert refused.value.code == code


def test_an_edition_that_is_not_there_is_refused(lead):
    new = NewInspection(title="The Moors", modules=[NewModule("iaow/1913")], area="The Moors")
    with pytest.raises(Refused):
        arrange_inspection(inspection=new, by=lead)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"fieldwork_on": monday_in(10) + timedelta(2)}, Refusal.NOT_A_MONDAY),
        ({"fieldwork_on": monday_in(-3)}, Refusal.WEEK_PAST),
        ({"fieldwork_on": monday_in(-1), "fieldwork_weeks": 1}, Refusal.WEEK_PAST),
        ({"fieldwork_weeks": 4}, Refusal.WEEKS_UNFIT),
    ],
)
def test_a_week_that_cannot_be_is_refused(lead, trust, changed, code):
    facts = {"title": "Westmoor", "modules": [NewModule("iaow/2013")], "body": trust}
    with pytest.raises(RefusedError) as refused:
        arrange_inspection(inspection=NewInspection(**(facts | changed)), by=lead)
    assert refused.value.code == code


@pytest.mark.parametrize(("invented", "by"), [(True, LEAD), (False, ("system", "demonstration"))])
def test_what_is_invented_or_put_in_by_the_system_may_lie_in_the_past(trust, invented, by):
    facts = {"title": "Westmoor", "modules": [NewModule("iaow/2013")], "body": trust, "invented": invented}
    arranged = arrange_inspection(inspection=NewInspection(**facts, fieldwork_on=date(2013, 4, 22)), by=by)
    assert dates_of(arranged)[0].on == date(2013, 2, 11)


def test_an_optional_module_keeps_its_reason(trust, lead):
    optional = NewModule("fji/2013", code="interventions", reason="Reoffending rose to 41 per cent.")
    new = NewInspection(title="Westmoor", modules=[NewModule("fji/2013"), optional], body=trust)
    arranged = arrange_inspection(inspection=new, by=lead)
    assert arranged.modules.get(code="interventions").reason == "Reoffending rose to 41 per cent."


def test_one_form_sent_twice_arranges_one_inspection(trust, lead):
    new = NewInspection(title="Westmoor", modules=[NewModule("iaow/2013")], body=trust, sent_id="f" * 32)
    first, again = (arrange_inspection(inspection=new, by=lead) for _ in range(2))
    assert first == again
    assert Inspection.objects.count() == 1
    assert verbs(first) == ["inspection.arranged"]
