"""The rule for small numbers (``small-numbers@1``): what may be said in public of few cases.

A figure that rests on fewer than five cases can tell about one person, so it is not shown. Where the parts of a whole
are shown beside that whole, a single hidden part could be worked out by taking the others away from the total: then the
next smallest part is hidden too. Inside the inspectorate nothing is hidden. Source: ``docs/reference/methods.md``,
"small-numbers@1"; the threshold is this project's choice, to be verified by whoever publishes.
"""

from collections.abc import Mapping

RULE = "small-numbers@1"
FEWEST = 5
"""Cases on which a public figure must rest."""


def shown(cases: int | None) -> bool:
    """Say whether a figure that rests on so many cases may be shown; None (no case counted) has nothing to hide."""
    return cases is None or cases == 0 or cases >= FEWEST


def hidden_parts(cases: Mapping[str, int]) -> frozenset[str]:
    """Return the parts of a whole that may not be shown beside it, given the cases of each.

    Parts without any case are shown as such and protect nothing. A tie is settled by name, so that every page and file
    hides the same part.
    """
    hidden = {part for part, count in cases.items() if not shown(count)}
    if len(hidden) != 1:
        return frozenset(hidden)
    others = sorted((count, part) for part, count in cases.items() if part not in hidden and count)
    return frozenset(hidden | {part for _, part in others[:1]})
