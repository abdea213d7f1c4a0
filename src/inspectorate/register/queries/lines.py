"""The line of a body: what it was before and has become. An interest in a body holds for its whole line."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from inspectorate.people.access import Person
from inspectorate.register.models import Succession

BARRED = "barred_bodies"


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
