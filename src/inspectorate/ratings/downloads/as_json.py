"""JSON: the results under the names that ``inspectorate score --json`` promises, and where they come from."""

import json
from collections.abc import Mapping
from typing import Any

from inspectorate.ratings.downloads import IncompleteError


def make(data: Mapping[str, Any]) -> bytes:
    """Return plain values as JSON; raise IncompleteError where what is read back differs from what was put in."""
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    if json.loads(content) != data:
        raise IncompleteError("What was written as JSON reads back differently.")
    return content
