"""Setting an inspection aside and taking it up again; and its reinspection."""

import pytest
from django.utils import timezone

from inspectorate.inspections.actions import arrange_reinspection, set_aside
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.refusals import Refusal
from inspectorate.methodology.lifecycle import Refusal as LifeRefusal
from inspectorate.people.access import NotAllowedError
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, OUTSIDER
from tests.stages.inspections.asked import in_state, monday_in, refused, verbs

pytestmark = pytest.mark.django_db
WHY = "The service has burned down."


@pytest.mark.parametrize(
    ("state", "verb", "aside"),
    [
        ("arranged", "defer", "deferred"),
        ("fieldwork", "defer", "deferred"),
        ("drafting", "withhold", "withheld"),
        ("signed_off", "withhold", "withheld"),
        ("announced", "cancel", "cancelled"),
        ("checking", "cancel", "cancelled"),
    ],
)
def test_an_inspection_is_set_aside_and_goes_on_where_it_was(inspection, state, verb, aside):
    put = set_aside(inspection=in_state(inspection, state), verb=verb, why=WHY, by=LEAD)
    assert (put.state, put.state_before) == (aside, state)
    back = set_aside(inspection=put, verb="resume", why="It is rebuilt.", by=CHIEF)
    assert (back.state, back.state_before) == (state, "")
    assert verbs(inspection)[-2:] == [f"inspection.{verb}", "inspection.resume"]


def test_a_notice_that_is_withdrawn_takes_it_from_the_body(inspection):
    put = set_aside(inspection=in_state(inspection, "announced"), verb="withdraw_notice", why=WHY, by=LEAD)
    assert (put.state, put.announced_at) == ("arranged", None)


@pytest.mark.parametrize("verb", ["defer", "cancel"])
def test_setting_aside_takes_a_reason(inspection, verb):
    with refused(LifeRefusal.REASON_MISSING):
        set_aside(inspection=inspection, verb=verb, why=" ", by=LEAD)


@pytest.mark.parametrize(("state", "verb"), [("arranged", "withhold"), ("released", "cancel"), ("arranged", "resume")])
def test_a_verb_that_does_not_start_here_is_refused(inspection, state, verb):
    with refused(LifeRefusal.NOT_FROM_HERE):
        set_aside(inspection=in_state(inspection, state), verb=verb, why=WHY, by=LEAD)


def test_no_other_verb_comes_in_by_this_door(inspection):
    with refused(Refusal.NOT_AN_ASIDE):
        set_aside(inspection=inspection, verb="announce", why=WHY, by=LEAD)


@pytest.mark.parametrize("by", [ASSESSOR, OUTSIDER, CONTACT])
def test_nobody_but_the_lead_and_the_chief_sets_aside(inspection, by):
    with pytest.raises(NotAllowedError):
        set_aside(inspection=inspection, verb="defer", why=WHY, by=by)


@pytest.fixture
def published(inspection):
    return in_state(inspection, "released")


@pytest.mark.parametrize("state", ["released", "closed"])
def test_a_reinspection_is_arranged_from_a_published_inspection(inspection, trust, state):
    new = arrange_reinspection(inspection=in_state(inspection, state), by=LEAD)
    assert (new.reinspects, new.state, new.body, new.title) == (
        *(inspection, "arranged", trust),
        "Reinspection of Westmoor 2013",
    )
    assert [module.edition for module in new.modules.all()] == ["iaow/2013"]
    assert [provider.body for provider in new.inspected_providers.all()] == [trust]


def test_a_reinspection_is_judged_by_the_newest_edition_that_is_no_draft(published):
    published.modules.update(edition="probation/2018")
    new = arrange_reinspection(inspection=published, by=CHIEF)
    assert new.modules.get().edition == "probation/2019"


def test_nothing_is_reinspected_before_its_result_is_out(inspection):
    with refused(Refusal.NOT_PUBLISHED):
        arrange_reinspection(inspection=inspection, by=LEAD)


def test_there_is_one_reinspection_until_it_is_cancelled(published):
    first = arrange_reinspection(inspection=published, by=LEAD)
    with refused(Refusal.REINSPECTED):
        arrange_reinspection(inspection=published, by=CHIEF)
    set_aside(inspection=first, verb="cancel", why=WHY, by=LEAD)
    arrange_reinspection(inspection=published, by=LEAD)
    with refused(Refusal.REINSPECTED):
        set_aside(inspection=first, verb="resume", why="After all.", by=LEAD)
    assert Inspection.objects.get(pk=first.pk).state == "cancelled"


@pytest.mark.parametrize("by", [ASSESSOR, OUTSIDER, CONTACT])
def test_others_do_not_arrange_a_reinspection(published, by):
    with pytest.raises(NotAllowedError):
        arrange_reinspection(inspection=published, by=by)


def test_a_reinspection_has_its_week_where_the_day_is_still_to_come(published):
    kept = {"code": "publication", "title": {"en": "P"}, "why": "w", "edition": "iaow/2013", "note": None}
    day = monday_in(-40).isoformat()
    dates = [kept | {"to_verify": "", "on": day, "until": day}]
    new = arrange_reinspection(inspection=in_state(published, "released", dates=dates), by=LEAD)
    assert new.fieldwork_on == monday_in(12)
    assert new.fieldwork_on > timezone.localdate()
