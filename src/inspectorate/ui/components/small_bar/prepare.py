"""What the template of ``small_bar`` needs beyond its parameters."""

from typing import Any

from inspectorate.ui import scores


def prepare(given: dict[str, Any]) -> dict[str, Any]:
    """Put the share and its interval onto the axis."""
    low, high = given["low"], given["high"]
    known = None not in (given["per_cent"], low, high) and low != high
    return {
        "length": None if given["per_cent"] is None else scores.place(given["per_cent"]),
        "ends": {"from": scores.place(low), "to": scores.place(high)} if known else None,
        "above": known and low < given["per_cent"],
    }
