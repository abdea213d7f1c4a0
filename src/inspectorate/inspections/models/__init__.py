"""What inspections hold: the inspection with modules, providers, team and dates; its letters; what the body gives."""

from inspectorate.inspections.models.evidence import Attachment, ChallengeAnswer, EvidenceFile, EvidenceVersion, Mark
from inspectorate.inspections.models.exports import Export
from inspectorate.inspections.models.inspection import (
    DIGEST_LENGTH,
    InspectedProvider,
    Inspection,
    Module,
    MovedDate,
    TeamMember,
    TeamRole,
)
from inspectorate.inspections.models.letters import Letter

__all__ = [
    "DIGEST_LENGTH",
    "Attachment",
    "ChallengeAnswer",
    "EvidenceFile",
    "EvidenceVersion",
    "Export",
    "InspectedProvider",
    "Inspection",
    "Letter",
    "Mark",
    "Module",
    "MovedDate",
    "TeamMember",
    "TeamRole",
]
