"""What a letter rests on, as plain data, and what differs between two letters, in sentences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from inspectorate.inspections.dates import dates_of
from inspectorate.inspections.evidence.standards import Judged
from inspectorate.inspections.letters.numbered import day, days
from inspectorate.inspections.models import InspectedProvider, Inspection, TeamMember, TeamRole
from inspectorate.standards.queries.sentences import joined

Facts = dict[str, Any]


def facts_of(inspection: Inspection, judged: list[Judged]) -> Facts:
    """Return everything about an inspection that its letter says, in three queries at most."""
    providers = InspectedProvider.objects.filter(inspection=inspection).select_related("body").order_by("body__name")
    lead = TeamMember.objects.filter(inspection=inspection, role=TeamRole.LEAD, left_at__isnull=True)
    led_by = lead.select_related("user").first()
    return {
        "title": inspection.title,
        "to": inspection.body.full_name if inspection.body else inspection.area,
        "is_area": inspection.body is None,
        "invented": inspection.invented,
        "focus": inspection.focus,
        "editions": [{"code": one.held.code, "title": one.held.edition.title.en} for one in judged],
        "providers": [one.body.full_name for one in providers],
        "lead": {"name": led_by.user.full_name, "email": led_by.user.email} if led_by else None,
        "fieldwork_on": inspection.fieldwork_on.isoformat() if inspection.fieldwork_on else None,
        "fieldwork_weeks": inspection.fieldwork_weeks,
        "dates": [
            {"code": one.code, "title": one.title["en"], "on": one.on.isoformat(), "until": one.until.isoformat()}
            for one in dates_of(inspection)
        ],
    }


def date_among(facts: Mapping[str, Any], *codes: str, end: bool = False) -> str:
    """Return the first of these dates that the facts have, written; empty where there is none."""
    found = {one["code"]: one for one in facts["dates"]}
    for code in codes:
        if code in found:
            return day(date.fromisoformat(found[code]["until" if end else "on"]))
    return ""


def span(one: Mapping[str, str]) -> str:
    """Write the day or days of one date."""
    return days(date.fromisoformat(one["on"]), date.fromisoformat(one["until"]))


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Say what differs between the facts of two letters, one sentence each; empty where nothing does."""
    return [
        *_dates(before, now),
        *_lead(before["lead"], now["lead"]),
        *_plain("The focus", before["focus"], now["focus"]),
        *_plain("The title of the inspection", before["title"], now["title"]),
        *_plain("What is inspected", before["to"], now["to"]),
        *_listed("The providers whose work is seen", before["providers"], now["providers"]),
        *_listed("The editions", *([one["code"] for one in facts["editions"]] for facts in (before, now))),
    ]


def _dates(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    old = {one["code"]: one for one in before["dates"]}
    new = {one["code"]: one for one in now["dates"]}
    moved = [
        f"{one['title']}: {span(one)}, not {span(old[code])}."
        for code, one in new.items()
        if code in old and span(one) != span(old[code])
    ]
    added = [f"{one['title']}: {span(one)}, which is new." for code, one in new.items() if code not in old]
    gone = [f"{one['title']}: no longer on {span(one)}." for code, one in old.items() if code not in new]
    return [*moved, *added, *gone]


def _lead(before: Mapping[str, str] | None, now: Mapping[str, str] | None) -> list[str]:
    if before == now or now is None:
        return []
    if before and before["name"] == now["name"]:
        return [f"The address of the lead inspector: {now['email'] or 'none'}, not {before['email'] or 'none'}."]
    was = f", not {before['name']}" if before else ""
    return [f"The lead inspector: {now['name']}{was}."]


def _plain(what: str, before: str, now: str) -> list[str]:
    return [] if before == now else [f"{what}: {now or 'none'}, not {before or 'none'}."]


def _listed(what: str, before: list[str], now: list[str]) -> list[str]:
    return [] if before == now else [f"{what}: {joined(now) or 'none'}, not {joined(before) or 'none'}."]
