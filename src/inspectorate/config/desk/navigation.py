"""What stands around every page: the product's own entries, each shown as soon as its page exists."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspectorate.people.access import role_may


@dataclass(frozen=True, slots=True)
class Entry:
    """One address with the words that lead to it; ``task`` and ``says`` are for the start page."""

    href: str
    text: str | Promise
    task: str | Promise = ""
    says: str | Promise = ""


MAIN = (
    Entry(
        "/results/",
        _("Results"),
        _("Read what was found"),
        _("The result of each inspection, from its minute of publication on: how good, how sure, how it came about."),
    ),
    Entry(
        "/bodies/",
        _("Bodies"),
        _("Look up a body"),
        _("What was found at each visit to a trust, a team or an area, and what became of it since."),
    ),
    Entry(
        "/programmes/",
        _("Programmes"),
        _("See the results of a programme"),
        _("Every published score of one inspection programme, side by side, to sort, compare and download."),
    ),
    Entry(
        "/editions/",
        _("Editions"),
        _("Read the standards"),
        _("What good looks like: every question, its guidance, and how answers become scores and ratings."),
    ),
    Entry(
        "/score/",
        _("Score a file"),
        _("Score a file"),
        _("Judgements on a sample of cases go in; scores, intervals and ratings come out, with every step shown."),
    ),
)
FOR_PEOPLE = (Entry("/inspections/", _("Inspections")),)
"""What stands before the rest for whoever has signed in and may have to do with an inspection."""
INVENTED = _("Demonstration: people, cases and running inspections are invented.")
FOOT = (
    Entry("/method/", _("How it is worked out")),
    Entry("/source/", _("Source code")),
    Entry("/accessibility/", _("Accessibility")),
    Entry("/record/", _("The record")),
)


@cache
def exists(path: str) -> bool:
    """Say whether the product answers at this address."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def shown(entries: tuple[Entry, ...], here: str) -> list[dict[str, Any]]:
    """Return the entries whose pages exist; the one under which this page stands is marked as current."""
    return [
        {"href": entry.href, "text": entry.text, "current": here.startswith(entry.href)}
        for entry in entries
        if exists(entry.href)
    ]


def who(request: HttpRequest) -> dict[str, Any] | None:
    """Return the name and role of whoever has signed in; asks the database nothing for a visitor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return {"name": user.full_name, "role": user.get_role_display()}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every page its navigation, who has signed in, the links at its foot and the line on what is invented."""
    signed_in = who(request)
    lists = signed_in and role_may(request.user.role, "inspection.list")
    return {
        "navigation": shown((*FOR_PEOPLE, *MAIN) if lists else MAIN, request.path),
        "signed_in": signed_in,
        "footer_links": shown(FOOT, request.path),
        "banner": INVENTED if settings.DEMONSTRATION else "",
    }
