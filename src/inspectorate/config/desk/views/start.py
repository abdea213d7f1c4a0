"""The pages that gather from all stages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from inspectorate.config.desk import navigation

# Shown on the start page so that a reader sees at once what a score looks like here; invented, and said to be.
EXAMPLE = {
    "title": _("Protecting the public"),
    "per_cent": 73,
    "low": 66.2,
    "high": 79.4,
    "sufficient": 438,
    "applicable": 600,
    "cases": 60,
    "band": "good",
    "bands": [
        {"code": "inadequate", "title": _("Inadequate"), "from": 0},
        {"code": "requires_improvement", "title": _("Requires improvement"), "from": 50},
        {"code": "good", "title": _("Good"), "from": 65},
        {"code": "outstanding", "title": _("Outstanding"), "from": 80},
    ],
}


def start_page(request: HttpRequest) -> HttpResponse:
    """Say what this is, who it is for and what to do first; what can be done is what has a page."""
    tasks = [entry for entry in reversed(navigation.MAIN) if navigation.exists(entry.href)]
    return render(request, "desk/start.html", {"example": EXAMPLE, "tasks": tasks})


def accessibility_page(request: HttpRequest) -> HttpResponse:
    """Say how accessible the pages are, how that was tested and what was not."""
    return render(request, "desk/accessibility.html")
