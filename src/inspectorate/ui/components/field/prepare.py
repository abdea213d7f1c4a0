"""What the template of ``field`` needs beyond its parameters."""

from itertools import groupby
from typing import Any


def prepare(given: dict[str, Any]) -> dict[str, Any]:
    """Name the parts of the field, so that hint and error are heard with it."""
    own = given["id"] or f"field-{given['name']}"
    parts = [f"{own}-{part}" for part in ("hint", "error") if given[part]]
    chosen = given["value"] if isinstance(given["value"], list | tuple) else [given["value"]]
    options = [
        {
            **option,
            "id": f"{own}-{place}" if place else own,
            "selected": option.get("selected") or (option.get("value") in chosen and given["value"] != ""),
        }
        for place, option in enumerate(given["options"] or [])
    ]
    groups = [
        {"text": text, "options": list(together)}
        for text, together in groupby(options, key=lambda option: option.get("group", ""))
    ]
    return {"id": own, "described_by": " ".join(parts), "options": options, "groups": groups}
