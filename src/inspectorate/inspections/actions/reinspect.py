"""Arranging the reinspection of an inspection whose result is out."""

from django.db import transaction

from inspectorate.inspections.actions.advance import require_in
from inspectorate.inspections.actions.arrange import NewInspection, NewModule, arrange_inspection
from inspectorate.inspections.dates import reinspection_monday
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.queries import newest_edition
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.standards.queries import shelf

PUBLISHED = ("released", "closed")


@transaction.atomic
def arrange_reinspection(*, inspection: Inspection, by: tuple[str, str]) -> Inspection:
    """Arrange the reinspection of a published inspection: same body, same providers, about a year later.

    It is judged by the newest edition of the same programme that is not a draft. Refused: a result that is not out; a
    reinspection that there is already, unless it was cancelled.
    """
    held = Inspection.objects.select_for_update(of=("self",)).select_related("body").get(pk=inspection.pk)
    require_in(inspection=held, action="followup.manage", by=by)
    if held.state not in PUBLISHED:
        sentence = "Only what is published is reinspected: release the result first, or resume this inspection."
        raise RefusedError(Refusal.NOT_PUBLISHED, sentence)
    if held.reinspections.exclude(state="cancelled").exists():
        sentence = "A reinspection has been arranged already: the overview leads to it."
        raise RefusedError(Refusal.REINSPECTED, sentence)
    return arrange_inspection(inspection=_prefilled(held), by=by)


def _prefilled(held: Inspection) -> NewInspection:
    """Return the reinspection as it would be arranged."""
    newest = newest_edition(held.modules.order_by("pk").values_list("edition", flat=True)[0])
    providers = [provider.body for provider in held.inspected_providers.select_related("body")]
    edition = shelf.held(newest).edition
    return NewInspection(
        title=f"Reinspection of {held.title}"[:200],
        modules=[NewModule(newest, code) for code in edition.modules],
        body=held.body,
        area=held.area,
        providers=providers,
        reinspects=held,
        nation=held.nation,
        fieldwork_on=reinspection_monday(held),
        fieldwork_weeks=held.fieldwork_weeks,
        invented=held.invented,
    )
