"""What the pages about clearances and training show: how each person stands, and what is asked for from when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspectorate.inspections.clearances import BEFORE_THE_END
from inspectorate.inspections.models import TeamMember
from inspectorate.inspections.queries import editions_of
from inspectorate.people.gate import latest_requirements, standing
from inspectorate.people.models import Clearance, Requirement, Role, User
from inspectorate.people.needed import CHILDREN, EDITION, Kind, programmes
from inspectorate.ui.words import written_date

HOLDS, ENDING, ENDED, MISSING = "holds", "ending", "ended", "missing"
STATES: dict[str, tuple[str | Promise, str]] = {
    HOLDS: (_("Holds"), "plain"),
    ENDING: (_("Ends soon"), "care"),
    ENDED: (_("Ended"), "stop"),
    MISSING: (_("Missing"), "stop"),
}
CSV_HEAD = ("public_id", "name", "role", "kind", "edition", "state", "got_on", "expires_on", "evidence")
WHEN = {"always": _("every case"), CHILDREN: _("the cases of children"), EDITION: _("cases judged by that edition")}


@dataclass(frozen=True)
class Line:
    """How somebody stands with one kind, for one edition where it is for one."""

    user: User
    kind: Kind
    edition: str
    state: str
    clearance: Clearance | None

    @property
    def what(self) -> str:
        """The kind in words, with its edition."""
        return self.kind.named(self.edition)


def state_of(clearance: Clearance | None, today: date) -> str:
    """Return how something stands on a day: it ends soon within the days of the warning."""
    if clearance is None:
        return MISSING
    if clearance.expires_on < today:
        return ENDED
    return ENDING if clearance.expires_on <= today + timedelta(days=programmes().warn_days) else HOLDS


def lines_of(users: Iterable[User]) -> list[Line]:
    """Return how people stand: the latest of what each holds, and what their role and their teams ask for beside it.

    Two queries, and one for each inspection under way whose editions were not asked for before.
    """
    users, today, found = list(users), timezone.localdate(), []
    latest: dict[tuple[int, str, str], Clearance] = {}
    for one in standing().filter(user__in=users).order_by("expires_on", "pk"):
        latest[one.user_id, one.kind, one.edition] = one
    judged = _editions_of(users)
    for user in users:
        for kind in programmes().kinds.values():
            for edition in _asked(user, kind, latest, judged[user.pk]):
                held = latest.get((user.pk, kind.code, edition))
                found.append(Line(user, kind, edition, state_of(held, today), held))
    return found


def _asked(user: User, kind: Kind, latest: Iterable[tuple[int, str, str]], judged: set[str]) -> list[str]:
    held = {edition for key, code, edition in latest if (key, code) == (user.pk, kind.code)}
    mine = user.role in kind.roles
    return sorted(held | ((judged if kind.when == EDITION else {""}) if mine else set()))


def _editions_of(users: Iterable[User]) -> dict[int, set[str]]:
    members = TeamMember.objects.filter(
        user__in=users, left_at__isnull=True, inspection__state__in=BEFORE_THE_END
    ).values_list("user", "inspection__public_id")
    found: dict[int, set[str]] = defaultdict(set)
    for user, inspection in members:
        found[user] |= {edition for _, edition in editions_of(inspection)}
    return found


def everybody() -> list[User]:
    """Return whoever is here and has a role of which something is asked, by name."""
    roles = {role for kind in programmes().kinds.values() for role in kind.roles}
    return list(User.objects.filter(is_active=True, role__in=roles).order_by("last_name", "first_name", "pk"))


@dataclass(frozen=True)
class Search:
    """What is asked of the list: a name, a kind, a state."""

    words: str = ""
    kind: str = ""
    state: str = ""

    def finds(self, line: Line) -> bool:
        """Say whether a line is asked for."""
        name = line.user.full_name.casefold()
        named = all(word in name for word in self.words.casefold().split())
        return named and self.kind in ("", line.kind.code) and self.state in ("", line.state)


def row(line: Line) -> list[Any]:
    """Return a line as a row of the list."""
    words, tone = STATES[line.state]
    who = {"text": line.user.full_name, "href": reverse("desk:clearances_of", args=[line.user.public_id])}
    who["note"] = Role(line.user.role).label
    held = line.clearance
    return [
        who,
        line.what,
        {"component": "tag", "text": words, "tone": tone},
        written_date(held.got_on) if held else "",
        written_date(held.expires_on) if held else "",
    ]


def csv_line(line: Line) -> list[str]:
    """Return a line as a line of the file."""
    held = line.clearance
    facts = [held.got_on.isoformat(), held.expires_on.isoformat(), held.evidence] if held else ["", "", ""]
    return [line.user.public_id, line.user.full_name, line.user.role, line.kind.code, line.edition, line.state, *facts]


def fields(search: Search) -> list[dict[str, Any]]:
    """Return the filters, each with the value it has now."""
    kinds = [{"value": kind.code, "text": kind.title} for kind in programmes().kinds.values()]
    states = [{"value": code, "text": words} for code, (words, _tone) in STATES.items()]
    kinds, states = ([{"value": "", "text": _("Any")}, *options] for options in (kinds, states))
    return [
        {"name": "q", "kind": "search", "label": _("Name"), "value": search.words},
        {"name": "kind", "kind": "select", "label": _("What"), "value": search.kind, "options": kinds},
        {
            "name": "state",
            "kind": "select",
            "label": _("How it stands"),
            "value": search.state,
            "options": states,
        },
    ]


@dataclass(frozen=True)
class Recorded:
    """One thing that was written down of somebody, with who did so, and how it stands."""

    clearance: Clearance
    what: str
    state: str | Promise
    tone: str
    by: str
    withdrawn: str


def recorded(user: User) -> list[Recorded]:
    """Return all that was written down of somebody, the latest first, withdrawn or not. Two queries."""
    rows = list(user.clearances.select_related("withdrawal").order_by("-expires_on", "-pk"))
    ids = {one.recorded_by_id for one in rows} | {one.withdrawal.withdrawn_by_id for one in rows if _gone(one)}
    names = {one.public_id: one.full_name for one in User.objects.filter(public_id__in=ids)}
    return [_recorded(one, names) for one in rows]


def _gone(one: Clearance) -> bool:
    return hasattr(one, "withdrawal")


def _recorded(one: Clearance, names: dict[str, str]) -> Recorded:
    kind = programmes().kinds.get(one.kind)
    words, tone = (_("Withdrawn"), "plain") if _gone(one) else STATES[state_of(one, timezone.localdate())]
    withdrawn = ""
    if _gone(one):
        who = names.get(one.withdrawal.withdrawn_by_id, "the system")
        withdrawn = f"{written_date(one.withdrawal.withdrawn_at)}, {who}: {one.withdrawal.why}"
    by = names.get(one.recorded_by_id, "the system")
    return Recorded(one, kind.named(one.edition) if kind else one.kind, words, tone, by, withdrawn)


@dataclass(frozen=True)
class Asked:
    """A kind, and from when it is asked for: the latest word that somebody said of it."""

    kind: Kind
    requirement: Requirement | None
    by: str

    @property
    def when(self) -> str | Promise:
        """For which cases it is asked."""
        return WHEN[self.kind.when]

    @property
    def roles(self) -> str:
        """Of whom it is asked, in words."""
        return ", ".join(Role(role).label.lower() for role in self.kind.roles)

    @property
    def is_asked(self) -> bool:
        """Whether it is asked for today."""
        from_ = self.requirement.asked_from if self.requirement else None
        return from_ is not None and from_ <= timezone.localdate()


def asked_for() -> list[Asked]:
    """Return every kind with the latest word on it. Two queries."""
    said = {one.kind: one for one in latest_requirements()}
    names = {
        one.public_id: one.full_name
        for one in User.objects.filter(public_id__in={row.set_by_id for row in said.values()})
    }
    found = []
    for kind in programmes().kinds.values():
        row = said.get(kind.code)
        found.append(Asked(kind, row, names.get(row.set_by_id, "the system") if row else ""))
    return found


def unsaid() -> int:
    """Return of how many kinds nobody has said anything yet."""
    known = set(Requirement.objects.values_list("kind", flat=True))
    return len(set(programmes().kinds) - known)
