"""Every writing to inspections, by verb."""

from inspectorate.inspections.actions.advance import advance, require_in
from inspectorate.inspections.actions.arrange import NewInspection, NewModule, arrange_inspection
from inspectorate.inspections.actions.give import Written, answer_challenge, give_evidence, save_evidence
from inspectorate.inspections.actions.mark import mark_evidence
from inspectorate.inspections.actions.team import join_team, leave_team

__all__ = [
    "NewInspection",
    "NewModule",
    "Written",
    "advance",
    "answer_challenge",
    "arrange_inspection",
    "give_evidence",
    "join_team",
    "leave_team",
    "mark_evidence",
    "require_in",
    "save_evidence",
]
