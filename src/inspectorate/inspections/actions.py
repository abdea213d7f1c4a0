"""Arranging an inspection: what it visits, which edition judges each module, whose work it looks at."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from inspectorate.inspections.models import InspectedProvider, Inspection, Module
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.methodology import editions
from inspectorate.record.actions import append
from inspectorate.register.models import Body


@dataclass(frozen=True)
class NewModule:
    """A module and the code of the edition that judges it; ``partner`` names who leads it where that is not us."""

    edition: str
    code: str = "main"
    partner: str = ""


@dataclass(frozen=True)
class NewInspection:
    """What is known of an inspection when it is arranged: it visits either a body or an area."""

    title: str
    modules: Sequence[NewModule]
    body: Body | None = None
    area: str = ""
    providers: Sequence[Body] = ()
    parent: Inspection | None = None
    focus: str = ""


@transaction.atomic
def arrange_inspection(*, inspection: NewInspection, by: tuple[str, str]) -> Inspection:
    """Arrange an inspection and pin the edition of each module by the digest that it has now.

    Refused: no title; neither or both of body and area; no module, or one twice. Raises methodology's Refused where
    there is no such edition. The body that is visited counts as a provider.
    """
    _refuse_unfit(inspection)
    arranged = Inspection.objects.create(
        title=inspection.title.strip(),
        body=inspection.body,
        area=inspection.area.strip(),
        parent=inspection.parent,
        focus=inspection.focus.strip(),
    )
    modules = Module.objects.bulk_create(_pinned(arranged, module) for module in inspection.modules)
    visited = [inspection.body] if inspection.body else []
    bodies = {body.pk: body for body in (*visited, *inspection.providers)}
    InspectedProvider.objects.bulk_create(InspectedProvider(inspection=arranged, body=body) for body in bodies.values())
    subject = ("inspection", arranged.public_id)
    append(
        stream=subject,
        by=by,
        verb="inspection.arranged",
        subject=subject,
        payload={
            "title": arranged.title,
            "body": inspection.body.public_id if inspection.body else None,
            "area": arranged.area,
            "parent": inspection.parent.public_id if inspection.parent else None,
            "focus": arranged.focus,
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
