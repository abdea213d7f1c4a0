"""JSON: the results under the names that ``inspectorate score --json`` promises, and where they come from."""

import json
from collections.abc import Mapping
from typing import Any

from inspectorate.ratings.downloads import IncompleteError
from inspectorate.ratings.models import ScoredFile


def make(data: Mapping[str, Any]) -> bytes:
    """Return plain values as JSON; raise IncompleteError where what is read back differs from what was put in."""
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    if json.loads(content) != data:
        raise IncompleteError("What was written as JSON reads back differently.")
    return content


def origin(file: ScoredFile) -> dict[str, Any]:
    """Return what a file is, and the digests of what was handed in."""
    listing = {"name": file.case_list_name, "sha256": file.case_list_digest} if file.case_list_name else None
    return {
        "title": file.title,
        "invented": file.invented,
        "handed_in": file.created_at.isoformat(),
        "answers": {"name": file.answers_name, "sha256": file.answers_digest},
        "case_list": listing,
    }
