"""The overview of an inspection: what is next, its dates, team, modules and kin."""

from collections.abc import Iterable
from typing import Any

from inspectorate.inspections.asking import Asked
from inspectorate.inspections.dates import dates_of
from inspectorate.inspections.models import Inspection, Module
from inspectorate.inspections.next_step import next_step, ways_aside
from inspectorate.inspections.pages import dates as shown_dates
from inspectorate.inspections.pages.listing import edition_title
from inspectorate.inspections.queries import current_team, kin_of
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import CONTACT
from inspectorate.ui.words import written_date

DONE = {
    "arranged": ("It is arranged", "Name the team, look at the dates, then announce it to the body."),
    "reinspection": ("The reinspection is arranged", "Look at its week, its edition and its team."),
    "withdraw_notice": ("The notice is withdrawn", "The body no longer sees this inspection."),
    "defer": ("It is deferred", "Everything that was entered is kept; it goes on where it was."),
    "withhold": ("It is withheld", "Nothing of it is published until it is resumed."),
    "cancel": ("It is cancelled", "Everything that was entered is kept, and can be exported."),
    "lead": (
        "The inspection has a new lead",
        "Whoever led it until now sees what their part in the team lets them see.",
    ),
    "resume": ("It goes on", "It stands where it was before it was set aside."),
}
"""What is said once after something was done, by the word in the address."""
HIDDEN_FROM_THE_BODY = "not yet known to the body"


def overview(asked: Asked) -> dict[str, Any]:
    """Return what the overview shows this person."""
    inspection = asked.inspection
    dates = dates_of(inspection)
    kin = kin_of(inspection, asked.person)
    done = DONE.get(asked.request.GET.get("done", ""))
    return {
        "done": {"title": done[0], "text": done[1]} if done else None,
        "step": next_step(inspection, asked.may),
        "missing": _missing(asked),
        "aside": ways_aside(inspection, asked.may),
        "facts": _facts(inspection),
        "dates": shown_dates.table(dates),
        "coming": shown_dates.next_of(dates),
        "team": [_member(member) for member in current_team(inspection)],
        "modules": [_module(module) for module in inspection.modules.order_by("pk")],
        "providers": [provider.body for provider in inspection.inspected_providers.select_related("body")],
        "kin": kin,
        "may_plan": asked.may("inspection.plan"),
        "may_reinspect": _may_reinspect(asked, kin),
        "may_export": asked.may("inspection.export"),
        "for_the_body": asked.person.role == CONTACT,
    }


def _may_reinspect(asked: Asked, kin: dict[str, Any]) -> bool:
    published = asked.inspection.state in ("released", "closed")
    return published and asked.may("followup.manage") and not kin["reinspected"]


def _missing(asked: Asked) -> list[dict[str, str]]:
    """Return what has to be done before an arranged inspection can be announced, for those who can do it."""
    inspection = asked.inspection
    if inspection.state != "arranged" or not asked.may("inspection.plan"):
        return []
    home, missing = inspection.get_absolute_url(), []
    if not inspection.team.filter(left_at__isnull=True, role="lead").exists():
        missing.append({"text": "Name its lead inspector", "href": f"{home}team/lead/"})
    if inspection.fieldwork_on is None:
        missing.append({"text": "Set the fieldwork week", "href": f"{home}dates/#week"})
    return missing


def _facts(inspection: Inspection) -> list[dict[str, Any]]:
    weeks = f"{inspection.fieldwork_weeks} week{'' if inspection.fieldwork_weeks == 1 else 's'}"
    body = inspection.body
    rows: list[dict[str, Any]] = [
        {"key": "Body", "value": body.full_name, "link": body.get_absolute_url()}
        if body
        else {"key": "Area", "value": inspection.area},
        {"key": "Nation", "value": inspection.get_nation_display()},
        {
            "key": "Fieldwork",
            "value": f"{weeks} from {written_date(inspection.fieldwork_on)}" if inspection.fieldwork_on else "not set",
        },
    ]
    if inspection.focus:
        rows.append({"key": "Focus", "value": inspection.focus})
    told = written_date(inspection.announced_at) or HIDDEN_FROM_THE_BODY
    rows.append({"key": "Announced", "value": told})
    if inspection.state_before:
        rows.append({"key": "Goes on from", "value": INSPECTION.state(inspection.state_before).title})
    return rows


def _member(member: Any) -> dict[str, str]:
    return {"name": member.user.full_name, "role": member.get_role_display(), "since": written_date(member.joined_at)}


def _module(module: Module) -> dict[str, str]:
    programme, year = module.edition.split("/")
    return {
        "code": module.code,
        "edition": edition_title(module.edition),
        "href": f"/editions/{programme}/{year}/",
        "digest": module.edition_digest,
        "partner": module.partner,
        "reason": module.reason,
    }


def linked(inspections: Iterable[Inspection]) -> list[dict[str, str]]:
    """Return inspections as links, each with its state."""
    return [
        {"text": one.title, "href": one.get_absolute_url(), "state": INSPECTION.state(one.state).title}
        for one in inspections
    ]
