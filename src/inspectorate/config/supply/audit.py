"""Whether a package has a known flaw, asked of a feed; and never "clean" where the feed did not answer for every one.

The feed is an address that answers as OSV's ``/v1/querybatch`` does: one result for each query, in their order. There
is none by default: an installation that cannot reach one says "not checked", which is not the same as clean.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from inspectorate.config.supply.locked import Pin

CLEAN, FLAWED, NOT_CHECKED = "clean", "flawed", "not checked"
PATIENCE = 20
MOST_BYTES = 20 * 2**20


@dataclass(frozen=True, slots=True)
class Audit:
    """What came of it: the verdict, why it was not checked ("" if it was), and the flaws of each package."""

    verdict: str
    why: str = ""
    checked: int = 0
    flaws: tuple[tuple[str, tuple[str, ...]], ...] = ()


def audit(pins: Sequence[Pin], feed: str, *, patience: float = PATIENCE) -> Audit:
    """Ask the feed of every package."""
    if not feed:
        return Audit(NOT_CHECKED, "no feed of known flaws is set: give --feed, or set INSPECTORATE_ADVISORIES")
    try:
        results = _asked(pins, feed, patience)
        flaws = tuple(
            (f"{pin.name} {pin.version}", _ids(one)) for pin, one in zip(pins, results, strict=True) if _ids(one)
        )
    except (OSError, URLError, ValueError, TypeError, KeyError, AttributeError) as error:
        return Audit(NOT_CHECKED, f"the feed did not answer for every package ({error})")
    return Audit(FLAWED if flaws else CLEAN, "", len(pins), flaws)


class _StayHere(HTTPRedirectHandler):
    """Follows nobody: an answer from another address is none."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Refuse; what was answered then counts as an error."""


def _asked(pins: Sequence[Pin], feed: str, patience: float) -> list[dict[str, Any]]:
    if not feed.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise ValueError("its address must begin with https://")
    queries = [{"package": {"name": pin.name, "ecosystem": "PyPI"}, "version": pin.version} for pin in pins]
    body = json.dumps({"queries": queries}).encode()
    request = Request(feed, body, {"Content-Type": "application/json"})  # noqa: S310 - looked at above
    with build_opener(_StayHere).open(request, timeout=patience) as answer:
        told = json.loads(answer.read(MOST_BYTES))
    results = told["results"]
    if not isinstance(results, list) or len(results) != len(pins):
        raise ValueError(f"{len(pins)} packages were asked for, and it answered something else")
    if any(not isinstance(one, dict) or one.get("next_page_token") for one in results):
        raise ValueError("an answer is not whole")
    return results


def _ids(result: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(flaw["id"]) for flaw in result.get("vulns", []))
