"""Arranging an inspection: what it visits, which edition judges each module, whose work it looks at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import IntegrityError, transaction

from inspectorate.inspections.dates import dates_for, refuse_week
from inspectorate.inspections.models import InspectedProvider, Inspection, Module, TeamMember, TeamRole
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.methodology import editions
from inspectorate.methodology.editions import Edition
from inspectorate.people.access import Person, require
from inspectorate.people.models import Role
from inspectorate.record.actions import append
from inspectorate.register.models import Body, Nation
from inspectorate.register.queries import barred_bodies
from inspectorate.standards.queries import shelf


@dataclass(frozen=True)
class NewModule:
    """A module and the code of the edition that judges it; ``partner`` names who leads it where that is not us.

    ``reason`` says why this inspection has it, where the edition lets one choose.
    """

    edition: str
    code: str = "main"
    partner: str = ""
    reason: str = ""


@dataclass(frozen=True)
class NewInspection:
    """What is known of an inspection when it is arranged: it visits either a body or an area.

    ``nation`` is that of the body unless given; ``fieldwork_on`` is a Monday, and may be set later. ``sent_id`` is made
    with the form, so that one that is sent twice arranges one inspection.
    """

    title: str
    modules: Sequence[NewModule]
    body: Body | None = None
    area: str = ""
    providers: Sequence[Body] = ()
    parent: Inspection | None = None
    reinspects: Inspection | None = None
    focus: str = ""
    nation: str = ""
    fieldwork_on: date | None = None
    fieldwork_weeks: int = 1
    invented: bool = False
    sent_id: str = ""


def arrange_inspection(*, inspection: NewInspection, by: tuple[str, str]) -> Inspection:
    """Arrange an inspection, pin the edition of each module by the digest that it has now, and work out its dates.

    Refused: no title; neither or both of body and area; no module, or one twice; a week that does not begin on a
    Monday, fieldwork of no or more than three weeks, or one that is over (unless it is invented, or the system does
    it); an interest in a body of it. Raises methodology's Refused where there is no such edition.

    The body that is visited counts as a provider. A lead inspector who arranges it leads it. What was sent already
    comes back as the one there is.
    """
    try:
        return _arranged(inspection, by)
    except IntegrityError:
        there = Inspection.objects.filter(sent_id=inspection.sent_id).first() if inspection.sent_id else None
        if there is None:
            raise
        return there


@transaction.atomic
def _arranged(inspection: NewInspection, by: tuple[str, str]) -> Inspection:
    person = require(by, "inspection.arrange")
    _refuse_unfit(inspection)
    _refuse_interest(inspection, person)
    refuse_week(inspection.fieldwork_on, inspection.fieldwork_weeks, free=inspection.invented or by[0] == "system")
    edition_of = cache(_edition)
    arranged = Inspection(
        title=inspection.title.strip(),
        body=inspection.body,
        area=inspection.area.strip(),
        parent=inspection.parent,
        reinspects=inspection.reinspects,
        focus=inspection.focus.strip(),
        nation=inspection.nation or (_nation_of(inspection.body) if inspection.body else Nation.ENGLAND),
        fieldwork_on=inspection.fieldwork_on,
        fieldwork_weeks=inspection.fieldwork_weeks,
        invented=inspection.invented,
        sent_id=inspection.sent_id or None,
    )
    used = list(dict.fromkeys(module.edition for module in inspection.modules))
    arranged.dates = dates_for(arranged, [edition_of(code) for code in used])
    arranged.save(force_insert=True)
    modules = Module.objects.bulk_create(_pinned(arranged, module, edition_of) for module in inspection.modules)
    visited = [inspection.body] if inspection.body else []
    bodies = {body.pk: body for body in (*visited, *inspection.providers)}
    InspectedProvider.objects.bulk_create(InspectedProvider(inspection=arranged, body=body) for body in bodies.values())
    if person.user and person.role == Role.LEAD_INSPECTOR:
        TeamMember.objects.create(
            inspection=arranged, user=person.user, role=TeamRole.LEAD, joined_at=datetime.now(UTC)
        )
    append(
        stream=arranged.name,
        by=by,
        verb="inspection.arranged",
        subject=arranged.name,
        payload=_told(arranged, modules, list(bodies.values())),
    )
    return arranged


def _edition(code: str) -> Edition:
    """Return an edition as it stands on the disk now; raise methodology's Refused where there is none."""
    try:
        return shelf.held(code).edition
    except shelf.UnknownError:
        return editions.load(code)


def _told(arranged: Inspection, modules: Sequence[Module], bodies: Sequence[Body]) -> dict[str, Any]:
    """Return what the record keeps of an arrangement."""
    return {
        "title": arranged.title,
        "body": arranged.body.public_id if arranged.body else None,
        "area": arranged.area,
        "parent": arranged.parent.public_id if arranged.parent else None,
        "reinspects": arranged.reinspects.public_id if arranged.reinspects else None,
        "focus": arranged.focus,
        "nation": arranged.nation,
        "fieldwork_on": arranged.fieldwork_on.isoformat() if arranged.fieldwork_on else None,
        "fieldwork_weeks": arranged.fieldwork_weeks,
        "providers": [body.public_id for body in bodies],
        "modules": [
            {
                "code": module.code,
                "edition": module.edition,
                "digest": module.edition_digest,
                "partner": module.partner,
                "reason": module.reason,
            }
            for module in modules
        ],
    }


def _refuse_unfit(inspection: NewInspection) -> None:
    if not inspection.title.strip():
        raise RefusedError(Refusal.TITLE_MISSING, "An inspection needs a title: give the one people will know it by.")
    if (inspection.body is None) == (not inspection.area.strip()):
        sentence = "An inspection visits either one body or one area: name the one or the other."
        raise RefusedError(Refusal.BODY_OR_AREA, sentence)
    codes = [module.code for module in inspection.modules]
    if not codes:
        raise RefusedError(Refusal.MODULE_MISSING, "An inspection is judged by an edition: name one module at least.")
    if len(set(codes)) < len(codes):
        raise RefusedError(Refusal.MODULE_TWICE, "A module stands there twice: give each module a code of its own.")


def _refuse_interest(inspection: NewInspection, person: Person) -> None:
    barred = barred_bodies(person)
    for body in (inspection.body, *inspection.providers):
        if body and body.public_id in barred:
            sentence = f"You have declared an interest in {body}: somebody else has to arrange this inspection."
            raise RefusedError(Refusal.HAS_AN_INTEREST, sentence)


def _pinned(inspection: Inspection, module: NewModule, edition_of: Callable[[str], Edition]) -> Module:
    return Module(
        inspection=inspection,
        code=module.code,
        edition=module.edition,
        edition_digest=edition_of(module.edition).digest,
        partner=module.partner,
        reason=module.reason.strip(),
    )


def _nation_of(body: Body) -> str:
    return body.nation if body.nation in (Nation.ENGLAND, Nation.WALES) else Nation.ENGLAND.value
