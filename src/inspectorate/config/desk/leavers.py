"""What somebody who works here no more still holds in an inspection: cases, and what waits for a second person."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Value
from django.urls import reverse
from django.utils import timezone

from inspectorate.fieldwork.models import Allocation, FieldworkReopening
from inspectorate.fieldwork.queries import WRITABLE, assessors_of, held_in, visible_sample
from inspectorate.inspections.models import Export, Inspection, TeamMember
from inspectorate.inspections.queries import leavers
from inspectorate.people.access import Person
from inspectorate.people.models import User
from inspectorate.publication.models import Release
from inspectorate.ratings.models import PanelMove
from inspectorate.reports.models import Reopening
from inspectorate.sampling.models import Proposal
from inspectorate.ui.words import written_date

WAITING = {
    "fieldwork": ("That fieldwork be reopened", "fieldwork:reopen_fieldwork"),
    "report": ("That the report be reopened", "reports:reopen"),
    "rating": ("That a rating be moved", "inspection_ratings:ratings"),
    "release": ("A minute of publication", "publication:release"),
    "sample": ("A change of the sample", "sampling:samples"),
    "export": ("An export of everything", "desk:export"),
}
"""What somebody may have asked for that waits for a second person, and where that is agreed to or declined."""


@dataclass(frozen=True)
class Leaver:
    """One who is in the team and works here no more."""

    member: TeamMember
    why: str
    open_cases: list[Allocation]
    kept_cases: list[Allocation]
    hidden: int
    waiting: list[dict[str, str]]
    people: list[User]


def leavers_of(inspection: Inspection, person: Person) -> list[Leaver]:
    """Return everybody in the team who works here no more, with what they hold; cases as this person may see them."""
    members = list(leavers().filter(inspection=inspection).select_related("user").order_by("pk"))
    gone = {member.user_id for member in members}
    held = list(held_in(inspection, gone)) if gone else []
    seen = set(visible_sample(person, inspection).values_list("pk", flat=True)) if held else set()
    asked = _asked(inspection, [member.user for member in members])
    people = [user for user in assessors_of(inspection) if user.pk not in gone] if gone else []
    found = []
    for member in members:
        own = [one for one in held if one.assessor_id == member.user_id]
        shown = [one for one in own if one.case_id in seen]
        found.append(
            Leaver(
                member=member,
                why=_why(member.user),
                open_cases=[one for one in shown if _is_open(one)],
                kept_cases=[one for one in shown if not _is_open(one)],
                hidden=len(own) - len(shown),
                waiting=[
                    {"text": WAITING[what][0], "href": reverse(WAITING[what][1], args=[inspection.public_id])}
                    for what, who in asked
                    if who == member.user.public_id
                ],
                people=people,
            )
        )
    return found


def _is_open(one: Allocation) -> bool:
    state: str = one.state  # type: ignore[attr-defined] - added by the query
    return state in ("", *WRITABLE)


def _why(user: User) -> str:
    if not user.is_active:
        return "Their account is closed."
    if user.until is not None and user.until < timezone.localdate():
        return f"Their last day was {written_date(user.until)}."
    return f"They are {user.get_role_display().lower()} now, which is no part in this team."


def _asked(inspection: Inspection, users: list[User]) -> list[tuple[str, str]]:
    """Return what these people asked for that waits for a second person, each with who asked, in one query."""
    ids = [user.public_id for user in users]
    if not ids:
        return []

    def named(what: str, found: Any, who: str) -> Any:
        kind = Value(what, output_field=CharField())
        return found.filter(**{f"{who}__in": ids}).order_by().annotate(what=kind).values_list("what", who)

    waiting = [
        named("report", Reopening.objects.filter(report__inspection=inspection, decision=""), "asked_by_id"),
        named("rating", PanelMove.objects.filter(inspection=inspection, state="proposed"), "proposed_by_id"),
        named(
            "release",
            Release.objects.open().filter(inspection=inspection, confirmed_at__isnull=True),
            "proposed_by_id",
        ),
        named(
            "sample",
            Proposal.objects.filter(decision="", drawn_case__sample__case_list__inspection=inspection),
            "proposed_by_id",
        ),
        named(
            "sample", Proposal.objects.filter(decision="", sample__case_list__inspection=inspection), "proposed_by_id"
        ),
        named(
            "export",
            Export.objects.filter(
                inspection=inspection, taken_at__isnull=True, ended_at__isnull=True, expires_at__gt=timezone.now()
            ),
            "asked_by__public_id",
        ),
    ]
    first = named("fieldwork", FieldworkReopening.objects.filter(inspection=inspection, decision=""), "asked_by_id")
    return sorted(first.union(*waiting))
