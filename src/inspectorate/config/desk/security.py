"""The security log for whoever watches the doors: narrowed by kind, person, place, number and day; rows and lines."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inspectorate.config.desk.log import LogSearchForm, between, people_named
from inspectorate.people.models import SecurityEvent, User
from inspectorate.ui.words import written_date

HEAD = ("at", "number", "kind", "who", "who_id", "place", "about", "detail")
NOT_KNOWN = _("not known")


class SecuritySearchForm(LogSearchForm):
    """The filters of the security log."""

    kind = forms.ChoiceField(required=False, choices=SecurityEvent.Kind.choices)


def events(form: SecuritySearchForm) -> "QuerySet[SecurityEvent]":
    """Return the lines asked for, the latest first."""
    search = form.search()
    kind = form.cleaned_data.get("kind", "")
    found = SecurityEvent.objects.filter(between(search))
    if search.words:
        words = search.words.strip()
        who = people_named(words).values("public_id")
        texts = Q(number__iexact=words) | Q(place__startswith=words) | Q(detail__icontains=words)
        found = found.filter(texts | Q(about__icontains=words) | Q(who__in=who))
    return (found.filter(kind=kind) if kind else found).order_by("-at", "-pk")


def names_in(found: Iterable[SecurityEvent]) -> dict[str, str]:
    """Return the names of the people in lines, by public id."""
    people = User.objects.filter(public_id__in={one.who for one in found if one.who})
    return {user.public_id: user.full_name for user in people}


def row(one: SecurityEvent, known: dict[str, str]) -> list[Any]:
    """Return a line as a row of the table."""
    at = timezone.localtime(one.at)
    return [
        {"text": f"{written_date(at)}, {at:%H:%M:%S}", "note": one.number},
        {"text": known.get(one.who, one.who[:8]) or NOT_KNOWN, "note": one.place},
        {"text": one.get_kind_display(), "note": ": ".join(part for part in (one.about, one.detail) if part)},
    ]


def line(one: SecurityEvent, known: dict[str, str]) -> list[str]:
    """Return a line as a line of the file, its time in UTC."""
    at = one.at.astimezone(UTC).isoformat()
    return [at, one.number, one.kind, known.get(one.who, ""), one.who, one.place, one.about, one.detail]


def fields(form: SecuritySearchForm) -> list[dict[str, Any]]:
    """Return the filters, each with the value it has now."""
    search = form.search()
    options = [{"value": "", "text": _("All")}, *({"value": c, "text": w} for c, w in SecurityEvent.Kind.choices)]
    kind = {"name": "kind", "kind": "select", "label": _("What"), "options": options}
    days = [
        {"name": name, "kind": "date", "label": label, "value": day.isoformat() if day else ""}
        for name, label, day in (("first", _("From"), search.first), ("last", _("To"), search.last))
    ]
    words = {"name": "q", "kind": "search", "label": _("Person, place, page or number"), "value": search.words}
    return [words, kind | {"value": form.cleaned_data.get("kind", "")}, *days]
