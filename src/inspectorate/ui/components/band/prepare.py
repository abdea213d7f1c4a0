"""What the template of ``band`` needs beyond its parameters."""

from typing import Any

from inspectorate.ui import levels


def prepare(given: dict[str, Any]) -> dict[str, Any]:
    """Find the level among the bands; its shape is a flight of steps, filled up to it."""
    code = given["code"]
    level = levels.named(code, given["levels"]) if code else None
    title = given["title"] or (level.title if level else levels.take(code, "title")) or code
    rising = (
        [
            {"x": 1 + 6 * step, "y": 15 - height, "height": height, "filled": step <= level.rank}
            for step, height in enumerate(range(4, 4 + 3 * level.of, 3))
        ]
        if level
        else []
    )
    return {
        "title": title,
        "tone": level.tone if level else "plain" if title else "none",
        "steps": rising,
        "width": 6 * len(rising) + 1,
    }
