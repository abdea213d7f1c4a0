"""In which states of an inspection its report may be written, and its draft spoken of."""

from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.reports.refusals import Refusal, RefusedError

WRITING = ("fieldwork", "rating", "drafting")
"""The states in which people write; the draft is sent from the last of them."""
SIGNED = ("signed_off", "released", "closed")
WAYS = {
    "checking": "Correct the draft first: it then goes back to be written.",
    "signed_off": "Ask to reopen the report first: that takes two people.",
    "released": "The report is public: what is wrong is corrected in the open.",
    "closed": "The report is public: what is wrong is corrected in the open.",
}


def refuse_unless_written(inspection: Inspection) -> None:
    """Refuse a change to the report where it is not being written."""
    if inspection.state not in WRITING:
        state = INSPECTION.state(inspection.state).title.lower()
        way = WAYS.get(inspection.state, "It can be written from fieldwork on, until the draft is sent.")
        raise RefusedError(Refusal.NOT_OPEN, f"The report is not being written now: the inspection is {state}. {way}")


def is_signed(inspection: Inspection) -> bool:
    """Whether the report is signed off, or was when the inspection was set aside."""
    return inspection.state in SIGNED or inspection.state_before in SIGNED


def refuse_if_signed(inspection: Inspection) -> None:
    """Refuse to speak of a draft once the report is signed off."""
    if is_signed(inspection):
        sentence = "The report is signed off: what was said of the draft stays. Write to the lead inspector."
        raise RefusedError(Refusal.NOT_OPEN, sentence)
