"""While evidence is open: the states in which it is given and marked, and which version is still the one that holds."""

from inspectorate.inspections.models import EvidenceVersion, Inspection
from inspectorate.inspections.refusals import Refusal, RefusedError

OPEN = ("announced", "sampled", "fieldwork", "rating")
"""The states of an inspection in which a body gives evidence and the lead marks it."""


def open_inspection(inspection: Inspection) -> Inspection:
    """Return the inspection locked; refuse where evidence is neither given nor marked any more, or not yet."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    refuse_closed(held)
    return held


def refuse_closed(inspection: Inspection) -> None:
    """Refuse where evidence is neither given nor marked any more, or not yet."""
    if inspection.state not in OPEN:
        sentence = (
            "Evidence is given and marked from the announcement until the ratings are settled, and not while an "
            "inspection is set aside. What was given is kept. Ask the lead inspector if something has to be added."
        )
        raise RefusedError(Refusal.EVIDENCE_CLOSED, sentence)


def refuse_superseded(version: EvidenceVersion) -> None:
    """Refuse where a later version has been given: what holds now is that one."""
    later = EvidenceVersion.objects.filter(
        inspection_id=version.inspection_id,
        body_id=version.body_id,
        edition=version.edition,
        standard=version.standard,
        number__gt=version.number,
        given=True,
    )
    if later.exists():
        sentence = "The body has given a later version of this: look at that one, then say what you make of it."
        raise RefusedError(Refusal.SUPERSEDED, sentence)
