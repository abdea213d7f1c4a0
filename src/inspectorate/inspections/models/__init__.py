"""What inspections hold: the inspection with its modules, providers and team."""

from inspectorate.inspections.models.inspection import (
    DIGEST_LENGTH,
    InspectedProvider,
    Inspection,
    Module,
    TeamMember,
    TeamRole,
)

__all__ = ["DIGEST_LENGTH", "InspectedProvider", "Inspection", "Module", "TeamMember", "TeamRole"]
