"""Every writing of this stage: files that are handed in, and the ratings of inspections."""

from inspectorate.ratings.actions.files import erase, erase_expired, hand_in, keep, load_invented
from inspectorate.ratings.actions.forget import forget_references
from inspectorate.ratings.actions.judge import JUDGED_IN, rate_standard
from inspectorate.ratings.actions.panel import decide_move, propose_move, withdraw_move
from inspectorate.ratings.actions.reasoning import forget_reasoning
from inspectorate.ratings.actions.settle import reopen_ratings, settle_ratings

__all__ = [
    "JUDGED_IN",
    "decide_move",
    "erase",
    "erase_expired",
    "forget_reasoning",
    "forget_references",
    "hand_in",
    "keep",
    "load_invented",
    "propose_move",
    "rate_standard",
    "reopen_ratings",
    "settle_ratings",
    "withdraw_move",
]
