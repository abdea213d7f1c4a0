"""What the template of ``bands`` needs beyond its parameters."""

from typing import Any

from django.utils.html import strip_tags

from inspectorate.ui import levels, scores, words


def prepare(given: dict[str, Any]) -> dict[str, Any]:
    """Put the bands onto the axis, and into one sentence."""
    shown = levels.read(given["levels"])
    parts = [f"{strip_tags(words.in_language(level.title))} {level.start}–{level.end}" for level in shown]
    return {
        "bands": scores.shading(shown),
        "words": scores.band_words(shown, None, stacked=True),
        "ticks": scores.ticks(shown),
        "sentence": ", ".join(parts),
    }
