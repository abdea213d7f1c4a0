"""Whose evidence a person sees and writes: of several bodies, a contact that of their own alone, inspectors all."""

from inspectorate.inspections.models import Inspection
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.people.access import NotAllowedError, Person
from inspectorate.register.models import Body


def bodies_seen_by(person: Person, inspection: Inspection) -> list[Body]:
    """Return the inspected bodies whose evidence a person may know of, by name."""
    every = Body.objects.filter(inspected_in__inspection=inspection).order_by("name", "pk")
    return list(every.filter(public_id__in=person.works_for) if person.is_contact else every)


def body_written_for(person: Person, inspection: Inspection, body: Body | None) -> Body:
    """Return the body that a person writes for: the one named, or the only one there is.

    Refused: a body that they do not speak for; several, and none of them named.
    """
    theirs = bodies_seen_by(person, inspection)
    if body is not None and body not in theirs:
        raise NotAllowedError(f"You do not speak for {body}: ask its own contact to write its evidence.")
    found = [body] if body is not None else theirs
    if len(found) != 1:
        names = ", ".join(str(one) for one in found)
        raise RefusedError(Refusal.BODY_UNCLEAR, f"Say for which body this is, of those you speak for: {names}.")
    return found[0]
