"""What the template of ``filter_bar`` needs beyond its parameters."""

from typing import Any


def prepare(given: dict[str, Any]) -> dict[str, Any]:
    """Make the fields small, and say how many of them narrow the list."""
    fields = [field | {"compact": True, "id": f"filter-{field['name']}"} for field in given["fields"]]
    return {"fields": fields, "active": sum(1 for field in fields if field.get("value"))}
