"""The exported head: the few numbers that leave the system, so that what is inside can be held against them."""

import json
import re
from typing import Any, TypedDict, cast

from inspectorate.record import standalone
from inspectorate.record.names import RefusedError

HEAD_FORMAT = "head@1"
_DIGITS = re.compile(r"[0-9a-f]{64}")


class Head(TypedDict):
    """What an exported head says; plain values, ready for JSON.

    ``at`` is when it was exported; ``seals`` how many links the master chain had and ``head`` the hash of the last;
    ``streams`` and ``entries`` count what those seals cover; ``digest`` covers the sealed head of each stream.
    """

    format: str
    at: str
    entries: int
    streams: int
    seals: int
    head: str
    digest: str


def read_head(text: str, key: str = "") -> Head:
    """Return the head that ``text`` holds; raise RefusedError with a sentence when it holds none.

    It may be a signed head, as a file or as the printed line: its signature must hold, and be of ``key`` if one is
    given. A head without a signature is read as well, but not where a key is given.
    """
    if "signed-head@1" in text or "inspectorate-head@1" in text or key:
        try:
            text = json.dumps(standalone.read_head(text, key)[0])
        except standalone.NotVerified as reason:
            raise RefusedError("head-signature", str(reason)) from None
    try:
        data = json.loads(text)
    except ValueError as error:
        raise RefusedError("head", f"This is no JSON ({error}): give the file that 'record head' wrote.") from None
    if not isinstance(data, dict) or set(data) != set(Head.__annotations__):
        words = ", ".join(Head.__annotations__)
        raise RefusedError(
            "head", f"This is no head: it must have exactly {words}. Give the file that 'record head' wrote."
        )
    if data["format"] != HEAD_FORMAT:
        raise RefusedError(
            "head-format", f"Its format is {data['format']!r}, not {HEAD_FORMAT!r}: use a later release."
        )
    _refuse_values(data)
    return cast("Head", data)


def _refuse_values(data: dict[str, Any]) -> None:
    for field in ("entries", "streams", "seals"):
        if type(data[field]) is not int or data[field] < 0:
            raise RefusedError("head", f"Its {field} is {data[field]!r}, not a count: fetch the head again.")
    for field in ("head", "digest"):
        if not isinstance(data[field], str) or not _DIGITS.fullmatch(data[field]):
            raise RefusedError("head", f"Its {field} is not 64 small hexadecimal digits: fetch the head again.")
    if not isinstance(data["at"], str):
        raise RefusedError("head", "Its time is no text: fetch the head again.")
