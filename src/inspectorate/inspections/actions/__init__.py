"""Every writing to inspections, by verb."""

from inspectorate.inspections.actions.advance import advance, require_in
from inspectorate.inspections.actions.arrange import NewInspection, NewModule, arrange_inspection
from inspectorate.inspections.actions.team import join_team, leave_team

__all__ = [
    "NewInspection",
    "NewModule",
    "advance",
    "arrange_inspection",
    "join_team",
    "leave_team",
    "require_in",
]
