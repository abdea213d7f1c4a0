"""Arranging an inspection: what it visits, which edition judges each module, whose work it looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from inspectorate.inspections.models import InspectedProvider, Inspection, Module, TeamMember, TeamRole
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.methodology import editions
from inspectorate.people.access import require
from inspectorate.people.models import Role
from inspectorate.record.actions import append
from inspectorate.register.models import Body, Nation


@dataclass(frozen=True)
class NewModule:
    """A module and the code of the edition that judges it; ``partner`` names who leads it where that is not us."""

    edition: str
    code: str = "main"
    partner: str = ""


@dataclass(frozen=True)
class NewInspection:
    """What is known of an inspection when it is arranged: it visits either a body or an area.

    ``nation`` is that of the body unless given; ``fieldwork_on`` is a Monday, and may be set later.
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


@transaction.atomic
def arrange_inspection(*, inspection: NewInspection, by: tuple[str, str]) -> Inspection:
    """Arrange an inspection and pin the edition of each module by the digest that it has now.

    Refused: no title; neither or both of body and area; no module, or one twice; a week that does not begin on a
    Monday. Raises methodology's Refused where there is no such edition. The body that is visited counts as a provider.
    A lead inspector who arranges it leads it.
    """
    person = require(by, "inspection.arrange")
    _refuse_unfit(inspection)
    arranged = Inspection.objects.create(
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
    )
    modules = Module.objects.bulk_create(_pinned(arranged, module) for module in inspection.modules)
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
        payload={
            "title": arranged.title,
            "body": inspection.body.public_id if inspection.body else None,
            "area": arranged.area,
            "parent": inspection.parent.public_id if inspection.parent else None,
            "reinspects": inspection.reinspects.public_id if inspection.reinspects else None,
            "focus": arranged.focus,
            "nation": arranged.nation,
            "fieldwork_on": arranged.fieldwork_on.isoformat() if arranged.fieldwork_on else None,
            "fieldwork_weeks": arranged.fieldwork_weeks,
            "providers": [body.public_id for body in bodies.values()],
            "modules": [
                {"code": m.code, "edition": m.edition, "digest": m.edition_digest, "partner": m.partner}
                for m in modules
            ],
        },
    )
    return arranged


def _refuse_unfit(inspection: NewInspection) -> None:
    if not inspection.title.strip():
        raise RefusedError(Refusal.TITLE_MISSING, "An inspection needs a title: give the one people will know it by.")
    if (inspection.body is None) == (not inspection.area.strip()):
        sentence = "An inspection visits either one body or one area: name the one or the other."
        raise RefusedError(Refusal.BODY_OR_AREA, sentence)
    if inspection.fieldwork_on and inspection.fieldwork_on.isoweekday() != 1:
        raise RefusedError(Refusal.NOT_A_MONDAY, "A fieldwork week begins on a Monday: give the day of that Monday.")
    codes = [module.code for module in inspection.modules]
    if not codes:
        raise RefusedError(Refusal.MODULE_MISSING, "An inspection is judged by an edition: name one module at least.")
    if len(set(codes)) < len(codes):
        raise RefusedError(Refusal.MODULE_TWICE, "A module stands there twice: give each module a code of its own.")


def _pinned(inspection: Inspection, module: NewModule) -> Module:
    digest = editions.load(module.edition).digest
    return Module(
        inspection=inspection, code=module.code, edition=module.edition, edition_digest=digest, partner=module.partner
    )


def _nation_of(body: Body) -> str:
    return body.nation if body.nation in (Nation.ENGLAND, Nation.WALES) else Nation.ENGLAND.value
