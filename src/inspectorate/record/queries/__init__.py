"""Readings of the record: the entries about something, the head, and whether it all holds."""

from inspectorate.record.faults import Fault, Verdict
from inspectorate.record.queries.reading import (
    ERASE,
    entries_in,
    entries_of,
    head_at,
    last_seal,
    name_of,
    unsealed_streams,
)
from inspectorate.record.queries.verifying import verify, verify_stream

__all__ = [
    "ERASE",
    "Fault",
    "Verdict",
    "entries_in",
    "entries_of",
    "head_at",
    "last_seal",
    "name_of",
    "unsealed_streams",
    "verify",
    "verify_stream",
]
