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
from inspectorate.people.actions.clearances import (
    NewClearance,
    record_clearance,
    require_all,
    require_kind,
    withdraw_clearance,
)
from inspectorate.people.actions.demonstration import load_demonstration, load_demonstration_clearances
from inspectorate.people.actions.factors import (
    add_app,
    add_passkey,
    keep_codes,
    make_codes,
    offer_reset,
    remove_factor,
    reset_factors,
    use_code,
)
from inspectorate.people.actions.forgetting import (
    forget_interests_in,
    forget_person,
    forget_readings,
    forget_security_events,
)
from inspectorate.people.actions.identity import link_identity
from inspectorate.people.actions.readings import note_case_opened, note_readings
from inspectorate.people.actions.sessions import end_other_sessions, end_session, end_sessions_of
from inspectorate.people.actions.ties import declare_interest, end_interest, tie_to_body, tie_to_team, untie

__all__ = [
    "STREAM",
    "Footing",
    "NewClearance",
    "add_app",
    "add_passkey",
    "add_person",
    "deactivate",
    "declare_interest",
    "end_interest",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "forget_interests_in",
    "forget_person",
    "forget_readings",
    "forget_security_events",
    "give_role",
    "invite",
    "keep_codes",
    "link_identity",
    "load_demonstration",
    "load_demonstration_clearances",
    "make_codes",
    "note_case_opened",
    "note_readings",
    "offer_reset",
    "readmit",
    "record_clearance",
    "remove_factor",
    "require_all",
    "require_kind",
    "reset_factors",
    "set_footing",
    "tie_to_body",
    "tie_to_team",
    "untie",
    "use_code",
    "withdraw_clearance",
]
