"""Rating a standard by judgement: each version is added, and the latest counts."""

from datetime import UTC, datetime

from django.db import transaction

from inspectorate.inspections.actions import require_in
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.bands import Level
from inspectorate.ratings.inspected import section_of
from inspectorate.ratings.intake import edition_of
from inspectorate.ratings.models import Judgement
from inspectorate.ratings.refusals import Refusal, RefusedError
from inspectorate.ratings.resting import MAIN, rests_on
from inspectorate.record.actions import append

JUDGED_IN = ("sampled", "fieldwork", "rating")
"""The states in which people rate what no case can answer."""


@transaction.atomic
def rate_standard(
    *, inspection: Inspection, standard: str, rating: str, reason: str, by: tuple[str, str], module: str = MAIN
) -> Judgement:
    """Rate a standard that people rate without cases; an empty ``rating`` takes back the one that is there.

    Refused: before the sample is drawn or once the ratings are settled; a standard or a rating that the edition lacks;
    no reason. The same rating with the same reason as before is not written twice.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held, action="ratings.judge", by=by)
    if held.state not in JUDGED_IN:
        sentence = "Standards are rated once the sample is drawn and until the ratings are settled: reopen these first."
        raise RefusedError(Refusal.NOT_NOW, sentence)
    level = _level(held, module, standard, rating)
    if not reason.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Write the reasons for this rating: they are printed with it.")
    versions = Judgement.objects.filter(inspection=held, module=module, standard=standard).order_by("-number")
    last = versions.first()
    code = level.code if level else ""
    if last and (last.rating, last.reason) == (code, reason.strip()):
        return last
    judgement = Judgement.objects.create(
        inspection=held,
        module=module,
        standard=standard,
        number=last.number + 1 if last else 1,
        rating=code,
        reason=reason.strip(),
        judged_by_kind=by[0],
        judged_by_id=by[1],
        judged_by_name=person.full_name,
        judged_at=datetime.now(UTC),
    )
    told = {"module": module, "standard": standard, "number": judgement.number, "rating": code}
    subject = ("judgement", judgement.public_id)
    append(stream=held.name, by=by, verb="standard.rated", subject=subject, payload=told, why=judgement.reason)
    return judgement


def _level(inspection: Inspection, module: str, standard: str, rating: str) -> Level | None:
    """Return the level of that code, None for an empty one; refuse what the edition lacks."""
    section = section_of(rests_on(inspection), module)
    edition = edition_of(section.edition) if section else None
    plan = edition.plan.of_modules({*edition.modules, *section.modules}) if edition and section else None
    step = next((step for step in plan.by_people() if step.code == standard), None) if plan else None
    if step is None or step.bands is None:
        sentence = f"No standard '{standard}' is rated by people here: choose one of those on the page of the ratings."
        raise RefusedError(Refusal.STANDARD_UNKNOWN, sentence)
    if not rating:
        return None
    level = next((level for level in step.bands.levels if level.code == rating), None)
    if level is None:
        known = ", ".join(str(level.title) for level in step.bands.levels)
        raise RefusedError(Refusal.RATING_UNKNOWN, f"'{rating}' is no rating of {standard}: choose one of {known}.")
    return level
