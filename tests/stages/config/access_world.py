"""The small world in which the access matrix asks for every page: two inspections, and somebody of every kind.

Made straight in the database, with what each page needs to answer; ``PARAMETERS`` says what stands in an address.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from inspectorate.fieldwork.models import Allocation
from inspectorate.inspections.models import InspectedProvider, Inspection, Module, TeamMember
from inspectorate.methodology import editions
from inspectorate.people.access import INTEREST, LEADS, OVERSEES, OWN_BODY, OWN_CASE, SIGNED, TEAM
from inspectorate.people.models import Role, Tie, User
from inspectorate.record.ids import new_public_id
from inspectorate.register.models import Body
from inspectorate.sampling.models import Case, CaseList, DrawnCase, Sample
from tests.stages.cleared import ask_for_everything, hold_everything

PROGRAMME, YEAR = "iaow", "2013"
EDITION = f"{PROGRAMME}/{YEAR}"
OWN, OTHER, OUT = "own", "other", "out"
"""The inspection that is one's own, another's, and one of the own body whose result is out."""
BEGAN = datetime.now(UTC) - timedelta(days=1)
ABSENT = "0" * 32
"""A thing that is not there. The rule is asked before it is looked for, so an answer of 404 means: you may."""


@dataclass(frozen=True)
class Kind:
    """Somebody of a kind: the role, and what ties them to the inspection that is their own."""

    role: str
    ties: frozenset[str] = frozenset()
    part: str = ""
    signed_in: bool = True
    out: frozenset[str] | None = None
    """What ties them to the inspection that is out; None where it is to them as any other's."""
    lacks: bool = False
    """Without the training in the edition, so that no case opens to them."""
    tie: str = ""
    """How they are tied to the own body, where not as INTEREST and OWN_BODY are."""


KINDS = {
    "visitor": Kind("", signed_in=False),
    "chief inspector": Kind(Role.CHIEF_INSPECTOR),
    "lead inspector": Kind(Role.LEAD_INSPECTOR, frozenset({LEADS, TEAM, OWN_CASE}), "lead"),
    "inspector": Kind(Role.INSPECTOR, frozenset({TEAM, OWN_CASE}), "inspector"),
    "inspector without training": Kind(Role.INSPECTOR, frozenset({TEAM, OWN_CASE}), "inspector", lacks=True),
    "inspector with an interest": Kind(Role.INSPECTOR, frozenset({TEAM, INTEREST}), "inspector"),
    "local assessor": Kind(Role.LOCAL_ASSESSOR, frozenset({TEAM, OWN_CASE}), "local_assessor"),
    "inspector who worked there": Kind(Role.INSPECTOR, frozenset({TEAM, INTEREST}), "inspector", tie="worked_for"),
    "local assessor of that body": Kind(
        Role.LOCAL_ASSESSOR, frozenset({TEAM, INTEREST}), "local_assessor", tie="works_for"
    ),
    "body contact": Kind(Role.BODY_CONTACT, frozenset({OWN_BODY}), out=frozenset({OWN_BODY})),
    "overseeing body": Kind(Role.OVERSEER, out=frozenset({OVERSEES}), tie="oversees"),
    "publications staff": Kind(Role.PUBLICATIONS, out=frozenset({SIGNED})),
    "auditor": Kind(Role.AUDITOR),
    "administrator": Kind(Role.ADMINISTRATOR),
    "somebody without a role": Kind(Role.NONE),
    "somebody who left": Kind(Role.INSPECTOR, frozenset({TEAM}), "inspector", signed_in=False),
}


class Browser(Client):
    """A client that keeps nothing of how a page was made: the test client copies the context of every template."""

    def request(self, **request: Any) -> Any:
        """Answer a request as the server would, and follow no cookie that it sets."""
        return self.handler(self._base_environ(**request))


@dataclass
class World:
    """The two inspections, and everybody with a browser of their own."""

    inspections: dict[str, Inspection] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Browser] = field(default_factory=dict)
    cases: dict[tuple[str, str], Case] = field(default_factory=dict)
    """By whose own inspection it is, and by kind of person: the case that is allocated to them."""


def make_world() -> World:
    """Make it all."""
    world = World()
    ask_for_everything()
    for where in (OWN, OTHER):
        body = Body.objects.create(name=f"Body of {where}", kind="probation_trust", nation="england", invented=True)
        world.inspections[where] = _inspection(where, body)
    world.inspections[OUT] = _inspection(OUT, world.inspections[OWN].body)
    Inspection.objects.filter(pk=world.inspections[OUT].pk).update(state="released", public_from=BEGAN)
    for kind, about in KINDS.items():
        world.clients[kind] = Browser()
        if about.role:
            _person(world, kind, about)
    left = world.users["somebody who left"]
    left.is_active = False
    left.save()
    return world


def _inspection(where: str, body: Body) -> Inspection:
    made = Inspection.objects.create(
        title=f"Inspection of {where}",
        body=body,
        state="fieldwork",
        announced_at=BEGAN,
        fieldwork_on=BEGAN.date() + timedelta(days=7 - BEGAN.weekday()),
        invented=True,
    )
    InspectedProvider.objects.create(inspection=made, body=body)
    digest = editions.load(EDITION).digest
    Module.objects.create(inspection=made, edition=EDITION, edition_digest=digest)
    frozen = {"frozen_at": BEGAN, "digest": digest, "seed": ABSENT}
    case_list = CaseList.objects.create(inspection=made, kind="case", **frozen)
    Sample.objects.create(case_list=case_list, size=20, by_rule=20, drawn_at=BEGAN)
    return made


def _person(world: World, kind: str, about: Kind) -> None:
    name = new_public_id()
    user = User.objects.create(username=name, first_name=kind, email=f"{name}@example.org", role=about.role)
    own = world.inspections[OWN]
    world.users[kind] = user
    if not about.lacks:
        hold_everything(user, EDITION)
    world.clients[kind].force_login(user)
    if about.part:
        TeamMember.objects.create(inspection=own, user=user, role=about.part, joined_at=BEGAN)
    kind_of_tie = about.tie or ("works_for" if OWN_BODY in about.ties else "family" if INTEREST in about.ties else "")
    if kind_of_tie:
        given = {"subject_kind": "body", "subject_id": own.body.public_id, "declared_at": BEGAN}
        Tie.objects.create(user=user, kind=kind_of_tie, **given)
    for where in world.inspections:
        case_list = world.inspections[where].case_lists.get()
        case = Case.objects.create(case_list=case_list, reference=f"{kind}-{where}".replace(" ", "-"))
        world.cases[where, kind] = case
        DrawnCase.objects.create(sample=case_list.sample, case=case, role="drawn", order=case_list.cases.count())
        if where == OWN and OWN_CASE in about.ties:
            Allocation.objects.create(case=case, assessor=user, allocated_at=BEGAN)


@dataclass(frozen=True)
class Asking:
    """One request: who asks, in which of the two inspections."""

    world: World
    kind: str
    where: str


def _own_tie(asking: Asking) -> str:
    return _tie(asking.world.users.get(asking.kind) or asking.world.users["inspector"])


def _tie(user: User) -> str:
    tie, _ = Tie.objects.get_or_create(
        user=user, kind="other", subject_kind="body", subject_id=ABSENT, defaults={"declared_at": BEGAN}
    )
    return tie.public_id


PARAMETERS: dict[str, Callable[[Asking], Any] | str | int] = {
    # what it is called in the address -> how to find one, or one that is not there
    "public_id": lambda asking: asking.world.inspections[asking.where].public_id,
    "user_id": lambda asking: asking.world.users["local assessor"].public_id,
    "upkeep:run_again.code": "expiry",
    # second factors and sessions of one's own, which nobody in this small world has
    "key": ABSENT,
    "session": ABSENT,
    "token": ABSENT,
    "hold": ABSENT,
    "tie_id": _own_tie,
    "desk:untie.tie_id": lambda asking: _tie(asking.world.users["local assessor"]),
    "member": lambda asking: (
        asking.world.inspections[asking.where].team.values_list("public_id", flat=True).first() or ABSENT
    ),
    "case": lambda asking: asking.world.cases[asking.where, _with_case(asking)].public_id,
    "kind": "case",
    "module": "main",
    "form": "csv",
    "verb": "defer",
    # an edition and a standard of it, as the pages of evidence name them
    "programme": PROGRAMME,
    "year": YEAR,
    "standard": ABSENT,
    # made by work that this small world does not hold
    "number": ABSENT,
    "code": ABSENT,
    "attachment": ABSENT,
    "upload": ABSENT,
    "proposal": ABSENT,
    "move": ABSENT,
    "paragraph": ABSENT,
    "comment_id": ABSENT,
    "row_id": ABSENT,
    "alarm": ABSENT,
    "export_id": ABSENT,
    "clearance": ABSENT,
}
"""Where a name means different things in two routes, ``"name of the route.name"`` comes before the name alone."""


def any_address(route: Any, asking: Asking) -> str:
    """Return an address of a route; what this small world does not know stands for something that is not there."""
    found = {name: PARAMETERS.get(f"{route.name}.{name}", PARAMETERS.get(name, ABSENT)) for name in route.parameters}
    return reverse(route.name, kwargs={name: one(asking) if callable(one) else one for name, one in found.items()})


def _with_case(asking: Asking) -> str:
    return asking.kind if asking.kind in asking.world.users else "inspector"
