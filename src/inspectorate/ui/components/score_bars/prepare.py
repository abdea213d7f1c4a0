"""What the template of ``score_bars`` needs beyond its parameters."""

from typing import Any

from inspectorate.ui import levels, scores
from inspectorate.ui.levels import take


def prepare(given: dict[str, Any]) -> dict[str, Any]:
    """Put every score onto the one axis; its bands are those of the first score that has any."""
    own = given["bands"] or next((take(one, "bands") for one in given["scores"] if take(one, "bands")), None)
    shown = levels.read(own)
    rows = [
        {
            "score": score,
            "href": take(one, "href"),
            "total": bool(take(one, "total")),
            "levels": take(one, "bands") or own,
        }
        for one in given["scores"]
        for score in [scores.read(one, own)]
    ]
    known = [row["score"] for row in rows if row["score"].per_cent is not None]
    census = bool(known) and all(score.is_census for score in known)
    return {
        "rows": rows,
        "census": census,
        "shades": scores.shading(shown),
        "words": scores.band_words(shown, None, stacked=True),
        "ticks": scores.ticks(shown),
        "with_bands": any(row["score"].level for row in rows),
        "with_between": not census and any(row["score"].low is not None for row in rows),
        "with_counts": any(row["score"].counts for row in rows),
    }
