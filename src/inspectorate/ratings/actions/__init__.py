"""Every writing of this stage: files that are handed in, and the ratings of inspections."""

from inspectorate.ratings.actions.files import erase, erase_expired, hand_in, keep, load_invented

__all__ = ["erase", "erase_expired", "hand_in", "keep", "load_invented"]
