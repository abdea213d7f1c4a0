"""The clearances and training of a team: what somebody lacks today, and what ends before its fieldwork does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from inspectorate.inspections.models import Inspection, TeamMember, TeamRole
from inspectorate.inspections.queries import editions_of
from inspectorate.people.access import Person, persons_of_users
from inspectorate.people.gate import in_words, lacking
from inspectorate.people.models import User
from inspectorate.people.needed import Lack, programmes
from inspectorate.people.tasks import Task

BEFORE_THE_END = ("arranged", "announced", "sampled", "fieldwork")
"""The states in which cases are still to be assessed; nobody is reminded of what is over."""
MINE = "/people/me/clearances/"


@dataclass(frozen=True)
class Standing:
    """What somebody lacks for an inspection today, and what ends before its fieldwork does, with the day."""

    lacks: tuple[Lack, ...]
    ends: tuple[tuple[Lack, date], ...]

    @property
    def told(self) -> str:
        """All of it in words; nothing where nothing is wrong."""
        now = [in_words(one) for one in self.lacks]
        soon = [f"{in_words(one).split(' (ended')[0]}, which ends on {_day(on)}" for one, on in self.ends]
        return "; ".join([*now, *soon])


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def last_day_of_fieldwork(inspection: Inspection) -> date | None:
    """Return the Friday of the last week of fieldwork; None where no week is set."""
    if inspection.fieldwork_on is None:
        return None
    return inspection.fieldwork_on + timedelta(weeks=inspection.fieldwork_weeks, days=-3)


def standing_in(person: Person, inspection: Inspection, today: date) -> Standing:
    """Return how somebody stands in an inspection: by the editions of all its modules, whatever their cases say."""
    if not person.asked:
        return Standing((), ())
    editions = dict.fromkeys(edition for _, edition in editions_of(inspection.public_id))
    last = max(last_day_of_fieldwork(inspection) or today, today)
    now = dict.fromkeys(one for edition in editions for one in lacking(person, edition, on=today))
    then = dict.fromkeys(one for edition in editions for one in lacking(person, edition, on=last))
    missing = {(one.kind, one.edition) for one in now}
    ends = ((one, one.ended_on) for one in then if (one.kind, one.edition) not in missing)
    return Standing(tuple(now), tuple((one, on) for one, on in ends if on is not None))


def lacking_in(inspection: Inspection, users: Iterable[User]) -> dict[int, str]:
    """Return in words, by key, what some people lack in an inspection or will before it is done. One query."""
    today = timezone.localdate()
    people = persons_of_users(users)
    told = {key: standing_in(person, inspection, today).told for key, person in people.items()}
    return {key: words for key, words in told.items() if words}


def clearance_tasks(person: Person) -> list[Task]:
    """Return what somebody has to see to: of their own, and, where they lead, of their team. Three queries at most."""
    if person.user is None or not person.asked:
        return []
    today = timezone.localdate()
    members = TeamMember.objects.filter(left_at__isnull=True).select_related("user")
    teams = (
        Inspection.objects.filter(team__user=person.user, team__left_at__isnull=True, state__in=BEFORE_THE_END)
        .prefetch_related(Prefetch("team", queryset=members, to_attr="here"))
        .order_by("fieldwork_on", "pk")
    )
    inspections = list(teams)
    led = [one for one in inspections if any(_leads(member, person) for member in one.here)]  # type: ignore[attr-defined]
    people = persons_of_users(member.user for one in led for member in one.here if member.user_id != person.user.pk)  # type: ignore[attr-defined]
    own = [*_renewals(person, today), *(task for one in inspections if (task := _own(person, one, today)))]
    return own + [
        task
        for one in led
        for member in one.here  # type: ignore[attr-defined]
        if member.user_id in people and (task := _of_member(people[member.user_id], one, today))
    ]


def _leads(member: TeamMember, person: Person) -> bool:
    return person.user is not None and member.user_id == person.user.pk and member.role == TeamRole.LEAD


def _renewals(person: Person, today: date) -> list[Task]:
    """Return what ends within the days of the warning, unless something newer of the kind goes on."""
    latest: dict[tuple[str, str], date] = {}
    for one in person.held:
        if one.expires_on is not None:
            key = (one.kind, one.edition)
            latest[key] = max(latest.get(key, one.expires_on), one.expires_on)
    kinds, warned = programmes().kinds, timedelta(days=programmes().warn_days)
    return [
        Task(f"Renew: {kinds[kind].named(edition)}", "It ends, and cases do not open without it", MINE, ends)
        for (kind, edition), ends in sorted(latest.items(), key=lambda one: one[1])
        if kind in person.asked and person.role in kinds[kind].roles and today <= ends <= today + warned
    ]


def _own(person: Person, inspection: Inspection, today: date) -> Task | None:
    lacks = standing_in(person, inspection, today).lacks
    if not lacks:
        return None
    words = " and ".join(in_words(one) for one in lacks)
    return Task("Get what you need before your cases open", inspection.title, MINE, inspection.fieldwork_on, words)


def _of_member(person: Person, inspection: Inspection, today: date) -> Task | None:
    """Return the warning about somebody of the team: at once where something lacks, else as soon as the days begin."""
    found = standing_in(person, inspection, today)
    within = today + timedelta(days=programmes().warn_days)
    soon = tuple((one, on) for one, on in found.ends if on <= within)
    told = Standing(found.lacks, soon).told
    if not told:
        return None
    what = "cannot open cases" if found.lacks else "will not be able to open cases for long"
    due = today if found.lacks else min(on for _, on in soon)
    return Task(f"{person.full_name} {what}", inspection.title, f"{inspection.get_absolute_url()}team/", due, told)
