"""What the template of ``score_bar`` needs beyond its parameters."""

from typing import Any

from inspectorate.ui import scores


def prepare(given: dict[str, Any]) -> dict[str, Any]:
    """Put the score into words and onto the axis."""
    score = scores.read(given["score"], given["bands"])
    return {
        "score": score,
        "shades": scores.shading(score.levels),
        "words": scores.band_words(score.levels, score.level, stacked=False),
        "ticks": scores.ticks(score.levels),
    }
