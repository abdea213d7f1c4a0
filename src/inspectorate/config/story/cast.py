"""Who takes part in a scene: the invented bodies it visits, and the invented people with their ties to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from inspectorate.config.story.scenes import SCENES, InventedBody, Scene
from inspectorate.people.actions import tie_to_body
from inspectorate.people.models import Role, User
from inspectorate.register.actions import NewBody, add_ldu, register_body
from inspectorate.register.models import Body

PROVENANCE = "Invented for the demonstration."
EMPLOYER = InventedBody("Holmbeck", "youth_offending_team", "england", "Vale")
"""Where the local assessors work; it is never inspected here."""


@dataclass(frozen=True)
class Cast:
    """The people and bodies of one scene."""

    bodies: Sequence[Body]
    chief: User
    lead: User
    inspectors: Sequence[User]
    local: User
    contact: User


def cast_for(scene: Scene, people: Sequence[User], by: tuple[str, str]) -> Cast:
    """Return the cast of a scene out of the invented people; bodies and ties that are not there yet are made."""
    of = {role: [user for user in people if user.role == role] for role in Role.values}
    turn = crc32(scene.title.encode())
    bodies = [_body(body, scene.ldus, by) for body in scene.bodies]
    contacts = of[Role.BODY_CONTACT]
    contact = contacts[0 if scene.bodies[0].nation == "wales" else 1]
    for body in bodies:
        for one in (contact, *of[Role.OVERSEER]):
            _tie(one, body, by)
    employer = _body(EMPLOYER, (), by)
    for local in of[Role.LOCAL_ASSESSOR]:
        _tie(local, employer, by)
    leads = of[Role.LEAD_INSPECTOR]
    inspectors = of[Role.INSPECTOR]
    return Cast(
        bodies=bodies,
        chief=of[Role.CHIEF_INSPECTOR][0],
        lead=leads[0] if scene in SCENES[:7] else leads[1],
        inspectors=(inspectors[0], inspectors[1 + turn % (len(inspectors) - 1)]),
        local=of[Role.LOCAL_ASSESSOR][turn % 2],
        contact=contact,
    )


def _body(body: InventedBody, ldus: Sequence[str], by: tuple[str, str]) -> Body:
    found = Body.objects.filter(name=body.name, kind=body.kind, invented=True).first()
    if found:
        return found
    new = NewBody(body.name, body.kind, body.nation, body.region, invented=True, provenance=PROVENANCE)
    made = register_body(body=new, by=by)
    for name in ldus:
        add_ldu(body=made, name=name, by=by)
    return made


def _tie(user: User, body: Body, by: tuple[str, str]) -> None:
    if not user.ties.filter(subject_kind="body", subject_id=body.public_id, ended_at__isnull=True).exists():
        tie_to_body(user=user, body=body.public_id, by=by)
