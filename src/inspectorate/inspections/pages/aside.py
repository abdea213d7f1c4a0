"""What happens when an inspection is set aside, in words."""

from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import INSPECTION

WHAT_HAPPENS = {
    "withdraw_notice": "The body no longer sees it. Week, team and dates stay, and it can be announced again.",
    "defer": "It waits until somebody resumes it, and goes on where it was.",
    "withhold": "Nothing of it is published until somebody resumes it, and it goes on where it was.",
    "cancel": "It does not take place. It can be resumed if it takes place after all.",
    "resume": "It goes on where it was when it was set aside.",
}
KEPT = (
    "Everything that was entered is kept: lists, samples, assessments, ratings and drafts. It can be read and exported."
)
TOLD = {
    "withdraw_notice": "Tell the body yourself: nothing is sent from here. A letter that went out stays on record.",
    "defer": "Dates stay as they were worked out. Once it goes on, set a new fieldwork week where this one has passed.",
    "withhold": "Whoever is waiting for the report has to be told: nothing is sent from here.",
    "cancel": "The team, and the body if it knows of the inspection, have to be told: nothing is sent from here.",
    "resume": "Look at the dates afterwards: some may have passed.",
}


def happens(inspection: Inspection, verb: str) -> list[str]:
    """Return what happens to an inspection by a verb, sentence by sentence."""
    sentences = [WHAT_HAPPENS[verb]]
    if verb == "resume":
        sentences.append(f"That is: {INSPECTION.state(inspection.state_before).title.lower()}.")
    return [*sentences, KEPT, TOLD[verb]]
