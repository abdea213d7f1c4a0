"""Releasing a signed report: a minute is proposed, confirmed by a second person, or taken back before it comes."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from inspectorate.inspections.actions import advance, require_in
from inspectorate.inspections.dates import fieldwork_over_on
from inspectorate.inspections.models import Inspection
from inspectorate.people.access import require
from inspectorate.people.two import require_second
from inspectorate.publication.models import Release
from inspectorate.publication.queries import open_release
from inspectorate.publication.refusals import Refusal, RefusedError
from inspectorate.publication.registered import body_results, measures_of, shape_of, table_of, visit_of
from inspectorate.record.actions import append
from inspectorate.record.models import Entry
from inspectorate.record.names import ERASED
from inspectorate.register.actions import (
    NewResult,
    add_measures,
    hide_results,
    open_programme_year,
    record_result,
    withdraw_results,
)
from inspectorate.register.models import PublishedProgrammeYear, PublishedResult
from inspectorate.reports.queries import signed_report
from inspectorate.ui.words import written_date

BECAME_PUBLIC = "release.became_public"
FURTHEST = timedelta(days=366)
"""A minute further away than this is a slip of the pen."""


@transaction.atomic
def propose_release(
    *, inspection: Inspection, visible_from: datetime, by: tuple[str, str], at: datetime | None = None
) -> Release:
    """Propose the minute from which the signed report is public.

    Refused: no signed report; a minute that has passed, or is more than a year away; a release that is proposed or
    confirmed already.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    now = at or datetime.now(UTC)  # once it is locked: a minute may come while one waits
    require_in(inspection=held, action="release.propose", by=by)
    signed = signed_report(held)
    if held.state != "signed_off" or signed is None:
        raise RefusedError(Refusal.NOT_SIGNED, "There is no signed report yet: have the report signed off first.")
    if open_release(held):
        raise RefusedError(Refusal.ALREADY_PROPOSED, "A minute is proposed already: take that back first.")
    if visible_from <= now:
        raise RefusedError(Refusal.MINUTE_PAST, "That minute has passed: choose one that is still to come.")
    if visible_from > now + FURTHEST:
        raise RefusedError(Refusal.MINUTE_FAR, "That is more than a year away: check the year.")
    _refuse_before_fieldwork_is_over(held, visible_from, by)
    release = Release.objects.create(
        inspection=held,
        signed_report=signed,
        visible_from=visible_from,
        proposed_at=now,
        proposed_by_kind=by[0],
        proposed_by_id=by[1],
    )
    told = {"visible_from": visible_from.isoformat(), "signed_report": signed.public_id, "digest": signed.digest}
    append(stream=held.name, by=by, verb="release.proposed", subject=release.name, payload=told)
    return release


@transaction.atomic
def confirm_release(
    *, inspection: Inspection, by: tuple[str, str], at: datetime | None = None, seen: str = ""
) -> Release:
    """Confirm the proposed minute, and record the results in the register to be seen from that minute on.

    ``seen`` names the release that the person looked at. Refused: nothing proposed, or another than that; a report that
    was reopened and signed again since; the person who proposed it; a minute that has passed meanwhile.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    now = at or datetime.now(UTC)  # once it is locked: a minute may come while one waits
    person = require_in(inspection=held, action="release.confirm", by=by)
    release = _proposed(held)
    if seen and seen != release.public_id:
        sentence = "Another minute has been proposed since you opened the page: look at it, then confirm it."
        raise RefusedError(Refusal.NOTHING_PROPOSED, sentence)
    if signed_report(held) != release.signed_report:
        sentence = "The report was signed again since this minute was proposed: take it back and propose it anew."
        raise RefusedError(Refusal.NOT_SIGNED, sentence)
    if by[0] != "system":
        require_second("release", asked_by=(release.proposed_by_kind, release.proposed_by_id), by=person)
    if release.visible_from <= now:
        raise RefusedError(Refusal.MINUTE_PAST, "The proposed minute has passed: take it back and propose another.")
    _refuse_before_fieldwork_is_over(held, release.visible_from, by)
    release.confirmed_at, release.confirmed_by_kind, release.confirmed_by_id = now, *by
    release.results = [result.public_id for result in _record(release, by)]
    release.save(update_fields=["confirmed_at", "confirmed_by_kind", "confirmed_by_id", "results"])
    advance(
        inspection=held,
        verb="release",
        by=by,
        holds={"minute_given", "second_person"},
        payload={"release": release.public_id, "visible_from": release.visible_from.isoformat()},
    )
    return release


def _refuse_before_fieldwork_is_over(inspection: Inspection, minute: datetime, by: tuple[str, str]) -> None:
    """Refuse a minute that comes before the weeks of the fieldwork are over; an invented inspection may be quicker."""
    over_on = fieldwork_over_on(inspection)
    if inspection.invented or by[0] == "system" or over_on is None or timezone.localdate(minute) >= over_on:
        return
    sentence = (
        f"Fieldwork is planned until the end of the week before {written_date(over_on)}: nothing is published before "
        "it is over. Choose a minute from that day on."
    )
    raise RefusedError(Refusal.FIELDWORK_TO_COME, sentence)


def _proposed(inspection: Inspection) -> Release:
    release = open_release(inspection)
    if release is None or release.confirmed_at is not None:
        raise RefusedError(Refusal.NOTHING_PROPOSED, "There is no minute to confirm: have one proposed first.")
    return release


def _record(release: Release, by: tuple[str, str]) -> list[PublishedResult]:
    """Record the results of a release in the register, each to be seen from its minute on."""
    inspection, results = release.inspection, release.signed_report.content["results"]
    shape = shape_of(inspection, results, release.visible_from)
    year = PublishedProgrammeYear.objects.filter(programme=shape.programme, year=shape.year).first()
    if year is None:
        year = open_programme_year(shape=shape, by=by)
    else:
        add_measures(programme_year=year, measures=measures_of(results), by=by)
    recorded = []
    for found in body_results(inspection, results):
        for measure, (per_cent, rating) in found.values.items():
            result = NewResult(
                programme=shape.programme,
                year=shape.year,
                measure=measure,
                table=table_of(inspection),
                visit=visit_of(inspection),
                per_cent=per_cent,
                rating=rating,
                visible_from=release.visible_from,
                inspected_on=inspection.fieldwork_on,
                address=release.get_absolute_url(),
            )
            recorded.append(record_result(body=found.body, result=result, by=by))
    return recorded


@transaction.atomic
def take_back_release(*, inspection: Inspection, why: str, by: tuple[str, str], at: datetime | None = None) -> Release:
    """Take back a proposed or confirmed minute before it comes; nothing of it was ever seen.

    Refused: no reason; nothing proposed; where it is public by now.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    now = at or datetime.now(UTC)  # once it is locked: a minute may come while one waits
    require_in(inspection=held, action="release.take_back", by=by)
    release = open_release(held)
    if release is None:
        raise RefusedError(Refusal.NOTHING_PROPOSED, "No minute is proposed: there is nothing to take back.")
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say why the release is taken back.")
    release_is_confirmed = release.confirmed_at is not None
    if release_is_confirmed:
        holds = {"minute_to_come"} if release.visible_from > now else set()
        advance(inspection=held, verb="take_back", by=by, holds=holds, why=why, payload={"release": release.public_id})
        results = PublishedResult.objects.filter(public_id__in=release.results)
        withdraw_results(results=list(results), why=why.strip(), by=by)
    release.ended_at, release.ended_because = now, why.strip()
    release.save(update_fields=["ended_at", "ended_because"])
    if not release_is_confirmed:
        append(stream=held.name, by=by, verb="release.withdrawn", subject=release.name, payload={}, why=why.strip())
    return release


@transaction.atomic
def take_down_release(*, inspection: Inspection, why: str, by: tuple[str, str], at: datetime | None = None) -> Release:
    """Take down what is public, at once: page, files, lists and the register show it no more, and say that it is down.

    One person is enough, for every minute counts. Refused: no reason; what is not public yet; what is down already.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    now = at or datetime.now(UTC)  # once it is locked: its minute may come while one waits
    require_in(inspection=held, action="release.take_down", by=by)
    release = _released(held, now)
    if release.taken_down_at is not None:
        raise RefusedError(Refusal.DOWN_ALREADY, "It is taken down already: nobody sees it now.")
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say why it is taken down.")
    release.taken_down_at, release.taken_down_because = now, why.strip()
    release.taken_down_by_kind, release.taken_down_by_id = by
    return _is_down(release, by, why.strip())


@transaction.atomic
def put_up_release(*, inspection: Inspection, why: str, by: tuple[str, str], at: datetime | None = None) -> Release:
    """Put up again what was taken down: the same report, at the same address.

    Refused: no reason; what is not down; whoever took it down, for publishing takes two people.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    now = at or datetime.now(UTC)
    require_in(inspection=held, action="release.put_up", by=by)
    release = _released(held, now)
    if release.taken_down_at is None:
        raise RefusedError(Refusal.NOT_DOWN, "It is not taken down: everybody sees it now.")
    if (release.taken_down_by_kind, release.taken_down_by_id) == by and by[0] != "system":
        sentence = "You took it down yourself: it takes a second person to put it up again. Ask another."
        raise RefusedError(Refusal.SAME_PERSON, sentence)
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say why it is put up again.")
    release.taken_down_at, release.taken_down_because = None, ""
    release.taken_down_by_kind = release.taken_down_by_id = ""
    return _is_down(release, by, why.strip())


def _released(inspection: Inspection, now: datetime) -> Release:
    """Return the release of an inspection that has become public."""
    release = open_release(inspection)
    if release is None or release.confirmed_at is None or release.visible_from > now:
        raise RefusedError(Refusal.NOT_PUBLIC, "It is not public: before its minute a release is taken back.")
    return release


def _is_down(release: Release, by: tuple[str, str], why: str) -> Release:
    """Keep whether a release is down, hide or show its results in the register, and write that down."""
    down = release.taken_down_at is not None
    release.save(update_fields=["taken_down_at", "taken_down_because", "taken_down_by_kind", "taken_down_by_id"])
    results = PublishedResult.objects.filter(public_id__in=release.results)
    hide_results(results=list(results), hidden=down, why=why, by=by)
    verb = "release.taken_down" if down else "release.put_up"
    append(stream=release.inspection.name, by=by, verb=verb, subject=release.name, payload={}, why=why)
    return release


@transaction.atomic
def note_what_became_public(*, by: tuple[str, str], at: datetime | None = None) -> list[Release]:
    """Write down each release whose minute has come and that is not written down yet; return them.

    They are public by the clock alone; this says so in the record of the inspection, once.
    """
    require(by, "system.run")
    said = Entry.objects.filter(verb=BECAME_PUBLIC, subject_kind="release", subject_id=OuterRef("public_id"))
    waiting = Release.objects.released(at or datetime.now(UTC)).filter(~Exists(said)).select_related("inspection")
    noted = list(waiting.order_by("inspection__public_id"))
    for release in noted:
        told = {"visible_from": release.visible_from.isoformat()}
        append(stream=release.inspection.name, by=by, verb=BECAME_PUBLIC, subject=release.name, payload=told)
    return noted


@transaction.atomic
def forget_why_ended(*, inspection: Inspection, by: tuple[str, str]) -> int:
    """Erase why minutes were withdrawn and reports taken down, once that is due; return how many reasons."""
    require(by, "privacy.erase")
    held = Release.objects.filter(inspection=inspection)
    erased = held.exclude(ended_because="").update(ended_because=ERASED)
    erased += held.exclude(taken_down_because="").update(taken_down_because=ERASED)
    append(stream=inspection.name, by=by, verb="releases.erased", subject=inspection.name, payload={"reasons": erased})
    return erased
