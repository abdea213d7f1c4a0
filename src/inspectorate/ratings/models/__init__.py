"""What this stage keeps: files that were handed in to be scored, and the ratings of inspections."""

from inspectorate.ratings.models.files import HELD_FOR, LONGEST_TITLE, Held, RefusedFile, ScoredFile
from inspectorate.ratings.models.inspections import Judgement, PanelMove, Settlement

__all__ = [
    "HELD_FOR",
    "LONGEST_TITLE",
    "Held",
    "Judgement",
    "PanelMove",
    "RefusedFile",
    "ScoredFile",
    "Settlement",
]
