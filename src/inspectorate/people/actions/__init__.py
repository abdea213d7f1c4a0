"""Every writing about people: accounts, and what ties somebody to a body or a case."""

from inspectorate.people.actions.accounts import STREAM, add_person, deactivate, give_role, invite, readmit
from inspectorate.people.actions.demonstration import load_demonstration
from inspectorate.people.actions.ties import declare_interest, end_interest, tie_to_body, untie

__all__ = [
    "STREAM",
    "add_person",
    "deactivate",
    "declare_interest",
    "end_interest",
    "give_role",
    "invite",
    "load_demonstration",
    "readmit",
    "tie_to_body",
    "untie",
]
