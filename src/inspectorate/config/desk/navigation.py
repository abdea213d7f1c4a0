"""What stands around every page: the product's own entries, each shown as soon as its page exists."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

ENTRIES = (
    ("/bodies/", _("Bodies")),
    ("/programmes/", _("Programmes")),
    ("/editions/", _("Editions")),
    ("/score/", _("Score a file")),
)


@cache
def exists(path: str) -> bool:
    """Say whether the product answers at this address."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every page its navigation; the entry under which the page stands is marked as current."""
    entries = [
        {"href": path, "text": text, "current": request.path.startswith(path)} for path, text in ENTRIES if exists(path)
    ]
    return {"navigation": entries}
