"""A release: proposed by one person, confirmed by another, taken back before its minute and never after."""

from datetime import UTC, datetime, timedelta

import pytest

from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import Refusal as Life
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import NotAllowedError
from inspectorate.publication.actions import confirm_release, propose_release, take_back_release
from inspectorate.publication.forms import MinuteForm
from inspectorate.publication.models import Release
from inspectorate.publication.refusals import Refusal
from inspectorate.publication.registered import financial_year
from inspectorate.record.models import Entry
from inspectorate.register.models import PublishedProgrammeYear
from inspectorate.register.queries import current_results
from inspectorate.reports.actions import agree_to_reopen, ask_to_reopen, send_draft, sign_off_report
from tests.stages.conftest import ASSESSOR, CHIEF, LEAD
from tests.stages.publication.conftest import DAY, MINUTE, YEAR
from tests.stages.reports.conftest import in_days

pytestmark = pytest.mark.django_db
AFTER = MINUTE + timedelta(minutes=1)


def refused(code, action, **given):
    with pytest.raises(RefusedError) as told:
        action(**given)
    assert told.value.code == code


def state(inspection):
    return Inspection.objects.get(pk=inspection.pk).state


def test_a_minute_takes_two_people_and_moves_the_inspection_on(proposed):
    assert state(proposed.inspection) == "signed_off"
    confirm_release(inspection=proposed.inspection, by=CHIEF)
    assert state(proposed.inspection) == "released"
    entries = Entry.objects.filter(stream__kind="inspection").order_by("sequence")
    assert [entry.verb for entry in entries][-2:] == ["release.proposed", "inspection.release"]


def test_whoever_proposed_a_minute_does_not_confirm_it(proposed):
    Release.objects.filter(pk=proposed.pk).update(proposed_by_id=CHIEF[1])
    refused(Refusal.SAME_PERSON, confirm_release, inspection=proposed.inspection, by=CHIEF)
    assert state(proposed.inspection) == "signed_off"


def test_an_inspector_neither_proposes_nor_confirms(signed_off, proposed):
    with pytest.raises(NotAllowedError):
        propose_release(inspection=signed_off, visible_from=MINUTE, by=ASSESSOR)
    with pytest.raises(NotAllowedError):
        confirm_release(inspection=proposed.inspection, by=LEAD)


@pytest.mark.parametrize(
    ("minute", "code"),
    [(MINUTE - timedelta(days=400), Refusal.MINUTE_PAST), (MINUTE + timedelta(days=400), Refusal.MINUTE_FAR)],
)
def test_a_minute_that_has_passed_or_is_far_away_is_refused(signed_off, minute, code):
    refused(code, propose_release, inspection=signed_off, visible_from=minute, by=LEAD)


def test_a_minute_before_the_fieldwork_is_over_is_neither_proposed_nor_confirmed(signed_off, proposed):
    monday = MINUTE.date() - timedelta(MINUTE.weekday())
    weeks = Inspection.objects.filter(pk=signed_off.pk)
    weeks.update(fieldwork_on=monday, fieldwork_weeks=1)
    refused(Refusal.FIELDWORK_TO_COME, confirm_release, inspection=proposed.inspection, by=CHIEF)
    take_back_release(inspection=signed_off, why="Too soon.", by=LEAD)
    sunday = MINUTE + timedelta(6 - MINUTE.weekday())
    refused(Refusal.FIELDWORK_TO_COME, propose_release, inspection=signed_off, visible_from=sunday, by=LEAD)
    propose_release(inspection=signed_off, visible_from=sunday + timedelta(1), by=LEAD)
    confirm_release(inspection=signed_off, by=CHIEF)
    assert state(signed_off) == "released"


def test_an_invented_inspection_is_published_whenever_its_learner_likes(signed_off):
    monday = MINUTE.date() + timedelta(42 - MINUTE.weekday())
    Inspection.objects.filter(pk=signed_off.pk).update(fieldwork_on=monday, invented=True)
    assert propose_release(inspection=signed_off, visible_from=MINUTE, by=LEAD).visible_from == MINUTE


def test_the_time_that_stands_in_the_form_is_accepted_as_it_stands():
    assert MinuteForm({"day": DAY, "minute": str(MinuteForm()["minute"].value())}).is_valid()


def test_a_second_minute_is_not_proposed_beside_the_first(proposed):
    refused(Refusal.ALREADY_PROPOSED, propose_release, inspection=proposed.inspection, visible_from=MINUTE, by=LEAD)


def test_a_minute_that_passed_before_it_was_confirmed_is_refused(proposed):
    refused(Refusal.MINUTE_PAST, confirm_release, inspection=proposed.inspection, by=CHIEF, at=AFTER)


def test_confirming_twice_is_refused_and_changes_nothing(confirmed):
    refused(Refusal.NOTHING_PROPOSED, confirm_release, inspection=confirmed.inspection, by=CHIEF)
    assert Release.objects.count() == 1


def test_the_results_stand_in_the_register_from_the_minute_on(confirmed):
    body, before = confirmed.inspection.body, MINUTE - timedelta(seconds=1)
    assert current_results(at=before).filter(row__body=body).count() == 0
    shown = current_results(at=MINUTE).filter(row__body=body)
    headline = [score for score in confirmed.signed_report.content["results"]["scores"] if score["headline"]]
    assert {(one.measure.code, one.per_cent) for one in shown} == {(s["code"], s["per_cent"]) for s in headline}
    year = PublishedProgrammeYear.objects.get(programme="iaow", year=YEAR)
    assert (year.document, shown[0].address) == ("releases", confirmed.get_absolute_url())


def test_a_release_taken_back_before_its_minute_is_never_seen(confirmed):
    take_back_release(inspection=confirmed.inspection, why="A figure is looked at again.", by=LEAD)
    assert state(confirmed.inspection) == "signed_off"
    assert current_results(at=AFTER).filter(row__body=confirmed.inspection.body).count() == 0
    assert Release.objects.public(AFTER).count() == 0
    propose_release(inspection=confirmed.inspection, visible_from=MINUTE, by=LEAD)
    confirm_release(inspection=confirmed.inspection, by=CHIEF)
    assert Release.objects.public(AFTER).count() == 1


def test_a_proposal_is_taken_back_too(proposed):
    take_back_release(inspection=proposed.inspection, why="Another day suits better.", by=CHIEF)
    assert (state(proposed.inspection), Release.objects.open().count()) == ("signed_off", 0)


def test_taking_back_needs_a_reason_and_something_to_take_back(signed_off):
    refused(Refusal.NOTHING_PROPOSED, take_back_release, inspection=signed_off, why="Why not.", by=LEAD)
    propose_release(inspection=signed_off, visible_from=MINUTE, by=LEAD)
    refused(Refusal.REASON_MISSING, take_back_release, inspection=signed_off, why=" ", by=LEAD)


def test_what_is_public_is_never_taken_back(public):
    refused(Life.MINUTE_PASSED, take_back_release, inspection=public.inspection, why="A slip.", by=LEAD)
    assert Release.objects.public(AFTER).count() == 1


@pytest.mark.parametrize(("month", "year"), [(3, "2026-27"), (4, "2027-28")])
def test_a_financial_year_begins_in_april(month, year):
    assert financial_year(datetime(2027, month, 21, 9, 30, tzinfo=UTC)) == year


def test_the_minute_of_a_report_that_was_signed_again_since_is_not_confirmed(proposed):
    inspection = proposed.inspection
    ask_to_reopen(inspection=inspection, reason="A figure is wrong.", by=LEAD)
    agree_to_reopen(inspection=inspection, by=CHIEF)
    send_draft(inspection=inspection, due_on=in_days(14), by=LEAD)
    sign_off_report(inspection=inspection, by=CHIEF)
    refused(Refusal.NOT_SIGNED, confirm_release, inspection=inspection, by=CHIEF)
    assert state(inspection) == "signed_off"


def test_only_the_minute_that_was_looked_at_is_confirmed(proposed):
    given = {"inspection": proposed.inspection, "by": CHIEF}
    refused(Refusal.NOTHING_PROPOSED, confirm_release, **given, seen="f" * 32)
    assert confirm_release(**given, seen=proposed.public_id).confirmed_at is not None


def test_a_proposed_minute_that_passed_can_be_taken_back_on_its_page(client, people, proposed):
    earlier = datetime.now(UTC) - timedelta(hours=1)
    Release.objects.filter(pk=proposed.pk).update(visible_from=earlier)
    client.force_login(people[LEAD])
    page = client.get(f"{proposed.inspection.get_absolute_url()}release/")
    assert "Take the release back" in page.content.decode()
