"""The line of a body: what it was before and has become. An interest in a body holds for its whole line."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from inspectorate.people.access import Person
from inspectorate.people.models import Tie
from inspectorate.register.models import LocalDeliveryUnit, Succession

BARRED, OPEN_TEAMS = "barred_bodies", "open_teams"


def line_of(bodies: Collection[str]) -> frozenset[str]:
    """Return these bodies, by public id, with every body that they came from and every body that came after them.

    What split off beside one is not of its line. One query; none where no body is given.
    """
    if not bodies:
        return frozenset()
    before, after = defaultdict(set), defaultdict(set)
    for old, new in Succession.objects.values_list("before__public_id", "after__public_id"):
        before[new].add(old)
        after[old].add(new)
    return frozenset(bodies) | _reached(bodies, before) | _reached(bodies, after)


def _reached(bodies: Iterable[str], steps: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(bodies)
    while waiting:
        new = steps.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found)


def barred_bodies(person: Person) -> frozenset[str]:
    """Return the public ids of the bodies from which an interest bars a person: those tied to them, with their lines.

    A body contact is not barred from the body they speak for. Asked once for as long as a person asks.
    """
    if BARRED not in person.worked_out:
        person.worked_out[BARRED] = line_of(person.interests("body")) - person.own_bodies
    return person.worked_out[BARRED]


def open_teams(person: Person) -> frozenset[str]:
    """Return the teams whose cases a local assessor may see of a body they work for, where its programme bars by team.

    Each is ``public id of the body:name of the team``: every living team of the body but their own. None where their
    own team is not known, or another interest bars from that body. Asked once for as long as a person asks.
    """
    if OPEN_TEAMS not in person.worked_out:
        person.worked_out[OPEN_TEAMS] = _open_teams(person) if person.teams else frozenset()
    return person.worked_out[OPEN_TEAMS]


def _open_teams(person: Person) -> frozenset[str]:
    others = {id_ for tie, kind, id_ in person.ties if kind == "body" and tie != Tie.Kind.WORKS_FOR}
    bodies = person.works_for - line_of(others)
    units = list(
        LocalDeliveryUnit.objects.filter(body__public_id__in=bodies, ended_on__isnull=True).values_list(
            "body__public_id", "public_id", "name"
        )
    )
    known = {body for body, id_, _ in units if id_ in person.teams}
    return frozenset(f"{body}:{name}" for body, id_, name in units if body in known and id_ not in person.teams)


def team_bodies(person: Person) -> frozenset[str]:
    """Return the bodies of which a local assessor is kept from their own team alone, where the programme says so."""
    return frozenset(one.partition(":")[0] for one in open_teams(person))
