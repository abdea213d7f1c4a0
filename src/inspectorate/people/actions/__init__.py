"""Every writing about people: accounts, and what ties somebody to a body or a case."""

from inspectorate.people.actions.accounts import (
    STREAM,
    Footing,
    add_person,
    deactivate,
    give_role,
    invite,
    readmit,
    set_footing,
)
from inspectorate.people.actions.demonstration import load_demonstration
from inspectorate.people.actions.readings import note_case_opened, note_readings
from inspectorate.people.actions.ties import declare_interest, end_interest, tie_to_body, untie

__all__ = [
    "STREAM",
    "Footing",
    "add_person",
    "deactivate",
    "declare_interest",
    "end_interest",
    "give_role",
    "invite",
    "load_demonstration",
    "note_case_opened",
    "note_readings",
    "readmit",
    "set_footing",
    "tie_to_body",
    "untie",
]
