"""Reports as the database holds them: what is written, recommended, drafted, commented on and signed."""

from inspectorate.reports.models.checking import Answer, Comment, Correction, Draft
from inspectorate.reports.models.signing import Reopening, SignedReport
from inspectorate.reports.models.writing import Recommendation, SectionVersion

__all__ = [
    "Answer",
    "Comment",
    "Correction",
    "Draft",
    "Recommendation",
    "Reopening",
    "SectionVersion",
    "SignedReport",
]
