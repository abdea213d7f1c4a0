"""How the record names things, and how it refuses.

A name is (kind, public id): two strings, never a foreign key, so that the record outlives whatever it speaks of.
"""

import re
from typing import NamedTuple

from inspectorate.methodology.refusals import RefusedError

__all__ = ["ERASED", "ID_LENGTH", "KIND_LENGTH", "STREAM_ID_LENGTH", "Name", "RefusedError", "checked_name"]

ERASED = "(erased)"
"""What stands where something was written that had to go."""
KIND_LENGTH = 30  # characters
STREAM_ID_LENGTH = 64  # characters; shorter than other ids, because the name of an entry holds that of its stream
ID_LENGTH = 120  # characters

_KIND = re.compile(r"[a-z][a-z0-9-]*")
_ID = re.compile(r"[!-~]+")  # visible ASCII: an id is read aloud, typed and compared, never a sentence


class Name(NamedTuple):
    """A thing or a person: ``Name("inspection", "9f…")``; a plain pair of strings does as well."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


def checked_name(pair: tuple[str, str], what: str, *, longest_id: int = ID_LENGTH) -> Name:
    """Return ``pair`` as a Name, or refuse; ``what`` is the word for it in the sentence ("subject")."""
    try:
        name = Name(*pair)
    except TypeError:
        name = Name("", "")
    if not all(isinstance(part, str) for part in name) or not _KIND.fullmatch(name.kind) or not _ID.fullmatch(name.id):
        raise RefusedError(
            "name",
            f"The {what} {pair!r} is no name: give a pair (kind, public id), the kind in small letters, digits and "
            "dashes, the id in visible ASCII characters without spaces.",
        )
    if len(name.kind) > KIND_LENGTH or len(name.id) > longest_id:
        raise RefusedError(
            "name-length",
            f"The {what} {name} is too long: a kind has at most {KIND_LENGTH} characters and this id {longest_id}.",
        )
    return name
