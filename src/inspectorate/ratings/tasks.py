"""What is somebody's to do about ratings: a move of the panel that waits for a second person."""

from datetime import datetime

from inspectorate.inspections.queries import visible_to
from inspectorate.people.access import CHIEF, Person
from inspectorate.people.tasks import Task
from inspectorate.ratings.models import PanelMove

WAITING = PanelMove.State.PROPOSED


def tasks_of(person: Person, at: datetime) -> list[Task]:  # noqa: ARG001 - every stage is asked alike
    """Return the moves that this person may decide, in one query; settling itself is a step of the inspection."""
    if person.role != CHIEF:
        return []
    seen = visible_to(person).filter(state="rating")
    moves = PanelMove.objects.filter(state=WAITING, inspection__in=seen).select_related("inspection")
    return [
        Task(
            f"Confirm or decline the move of {move.standard}",
            move.inspection.title,
            move.get_absolute_url(),
            note=f"Proposed by {move.proposed_by_name}",
        )
        for move in moves.order_by("proposed_at", "pk")
        if (move.proposed_by_kind, move.proposed_by_id) != person.name
    ]
