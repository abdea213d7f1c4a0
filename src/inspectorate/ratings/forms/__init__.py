"""The forms of this stage: handing in a file, and deciding on ratings."""

from inspectorate.ratings.forms.deciding import Decide, Judge, Propose, Reason
from inspectorate.ratings.forms.handing_in import MOST, ChooseEdition, HandIn, SheetAsked, chosen_before

__all__ = ["MOST", "ChooseEdition", "Decide", "HandIn", "Judge", "Propose", "Reason", "SheetAsked", "chosen_before"]
