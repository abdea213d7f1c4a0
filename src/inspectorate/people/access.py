"""Who may do what: one table, action by role and relation, and the questions that are asked of it.

The table is asked by queries (what is shown), by actions (what is done) and by pages (what is offered), so that they
agree. In which state a thing may be done is another question: see ``methodology.lifecycle``.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.gate import LACKS, OPENS, Loaded, load, not_open
from inspectorate.people.models import Role, Tie, User
from inspectorate.people.needed import Held

CHIEF, LEAD, INSPECTOR, LOCAL, CONTACT = (
    Role.CHIEF_INSPECTOR.value,
    Role.LEAD_INSPECTOR.value,
    Role.INSPECTOR.value,
    Role.LOCAL_ASSESSOR.value,
    Role.BODY_CONTACT.value,
)
OVERSEER, PUBLISHER, AUDITOR, ADMIN = (
    Role.OVERSEER.value,
    Role.PUBLICATIONS.value,
    Role.AUDITOR.value,
    Role.ADMINISTRATOR.value,
)
NO_ROLE = Role.NONE.value
"""Somebody with an account and no role yet: they find their own desk, and what each role may do."""
NOBODY, SYSTEM = "nobody", "system"

ANY = ""
"""No relation is needed."""
LEADS, TEAM, OWN_CASE, OWN_BODY, SELF = "leads", "team", "own_case", "own_body", "self"
OVERSEES, SIGNED = "oversees", "signed"
INTEREST = "interest"
"""Bars from everything that is about one inspection or case."""

RELATIONS = {
    LEADS: "leads the inspection",
    TEAM: "is in its team",
    OWN_CASE: "the case is allocated to them",
    OWN_BODY: "works for the body that is inspected",
    OVERSEES: "oversees the body that is inspected, once its result is out",
    SIGNED: "may read it once the report is signed off",
    SELF: "it is about themselves",
}


@dataclass(frozen=True)
class Rule:
    """One action: what it is in words, and each role with the relation that lets it."""

    title: str
    allowed: frozenset[tuple[str, str]]


def _rule(title: str, *pairs: tuple[str, str]) -> Rule:
    return Rule(title, frozenset(pairs))


_CHIEF = (CHIEF, ANY)
_LEAD = (LEAD, LEADS)
_TEAM = ((LEAD, TEAM), (INSPECTOR, TEAM))
_ALL_TEAM = (*_TEAM, (LOCAL, TEAM))
_BODY = (CONTACT, OWN_BODY)
_OVERSEER, _PUBLISHER = (OVERSEER, OVERSEES), (PUBLISHER, SIGNED)
_WITH_INSPECTIONS = tuple((role, ANY) for role in (CHIEF, LEAD, INSPECTOR, LOCAL, CONTACT, OVERSEER, PUBLISHER))
_EVERY_ROLE = (*_WITH_INSPECTIONS, (AUDITOR, ANY), (ADMIN, ANY))
_EVERYBODY = (*_EVERY_ROLE, (NO_ROLE, ANY))
_OWN_CASE = ((LEAD, OWN_CASE), (INSPECTOR, OWN_CASE), (LOCAL, OWN_CASE))

RULES: dict[str, Rule] = {
    # one's own desk
    "desk.read": _rule("See what is mine to do", *_EVERYBODY),
    "account.own": _rule("See one's own account, and change one's own password", *_EVERYBODY),
    "access.read": _rule("Read who may do what, and why", *_EVERYBODY),
    "people.declare": _rule("Declare an interest of one's own", *((role, SELF) for role, _ in _EVERY_ROLE)),
    "people.read": _rule(
        "See who works here, and the interests declared", _CHIEF, (LEAD, ANY), (AUDITOR, ANY), (ADMIN, ANY)
    ),
    # An administrator gives no role that sees cases: see ``people.actions.accounts``.
    "people.manage": _rule("Add people, give them their role, and close accounts", _CHIEF, (ADMIN, ANY)),
    "people.tie": _rule("Write down for whom people work and what they oversee", _CHIEF),
    # Nobody writes down their own: see ``people.actions.clearances``.
    "clearances.read": _rule(
        "See who has which clearances and training", _CHIEF, (LEAD, ANY), (AUDITOR, ANY), (ADMIN, ANY)
    ),
    "clearances.record": _rule("Write down the clearances and training of others", _CHIEF, (ADMIN, ANY)),
    "clearances.require": _rule("Say from when a clearance or training is asked for", _CHIEF, (ADMIN, ANY)),
    # who read what
    "readings.log": _rule("Read the log of who read which case", _CHIEF, (AUDITOR, ANY)),
    "record.read": _rule("Read who did what in the whole record, without the particulars", _CHIEF, (AUDITOR, ANY)),
    "security.log": _rule("Read the security log: sign-ins, refusals, errors", _CHIEF, (AUDITOR, ANY), (ADMIN, ANY)),
    # the installation
    "system.read": _rule(
        "See what the installation does by the clock, and how its backups stand", _CHIEF, (ADMIN, ANY)
    ),
    "system.run": _rule("Have a duty of the installation run again", _CHIEF, (ADMIN, ANY)),
    "privacy.read": _rule("See what is kept for how long, and why", _CHIEF, (LEAD, ANY), (AUDITOR, ANY)),
    "privacy.erase": _rule("Erase what is due to be erased", _CHIEF),
    "privacy.hold": _rule("Keep something past its day for a reason, or end that", _CHIEF),
    "privacy.export": _rule("Hand out everything that is held about one person", _CHIEF),
    # bodies, what was published of them, and editions: until there are pages for it, from the command line
    "register.keep": _rule("Enter a body in the register, or say what became of it", _CHIEF, (LEAD, ANY)),
    "register.record": _rule("Record a published result in the register", _CHIEF),
    # Whoever takes a release back withdraws its results with it: see ``publication.actions``.
    "register.withdraw": _rule(
        "Withdraw a result before its minute, or hide one that is taken down", _CHIEF, (LEAD, ANY), (PUBLISHER, ANY)
    ),
    "edition.consult": _rule("Put an edition out for comment, decide on comments, write down reviews", _CHIEF),
    # the inspection
    "inspection.list": _rule("See the list of the inspections one has to do with", *_WITH_INSPECTIONS),
    "inspection.arrange": _rule("Arrange an inspection", _CHIEF, (LEAD, ANY)),
    "inspection.read": _rule("Read the overview of an inspection", _CHIEF, *_ALL_TEAM, _BODY, _OVERSEER, _PUBLISHER),
    "inspection.plan": _rule("Set dates and team", _CHIEF, _LEAD),
    "inspection.announce": _rule("Announce an inspection, or withdraw the notice", _LEAD, _CHIEF),
    "inspection.set_aside": _rule("Defer, withhold, cancel or resume an inspection", _LEAD, _CHIEF),
    "inspection.history": _rule("Read the record of an inspection", _CHIEF, *_TEAM),
    "readings.answer": _rule("See who read its cases, and answer an alarm", _CHIEF, _LEAD),
    "inspection.export": _rule("Ask for an export of everything of an inspection, and take it", _CHIEF, _LEAD),
    "inspection.confirm_export": _rule("Agree, as the second person, to such an export", _CHIEF, (LEAD, TEAM)),
    "notice.read": _rule("Read the notice letter and the manual", _CHIEF, *_ALL_TEAM, _BODY, _OVERSEER),
    # what the body gives
    "evidence.read": _rule("Read the evidence and self-assessment of the body", _CHIEF, *_TEAM, _BODY, _OVERSEER),
    "evidence.give": _rule("Give evidence and a self-assessment", _BODY),
    "evidence.judge": _rule("Mark evidence as seen, agreed or challenged", _LEAD),
    "case_list.read": _rule("Read the case list", _CHIEF, *_TEAM, _BODY),
    "case_list.upload": _rule("Upload the case list", _BODY, _LEAD),
    "case_list.freeze": _rule("Freeze the case list", _LEAD),
    # the sample
    "sample.read": _rule("See the sample", _CHIEF, *_TEAM, _BODY),
    "sample.draw": _rule("Draw the sample", _LEAD),
    "sample.replace": _rule("Replace a case of the sample", _LEAD),
    "sample.confirm": _rule("Agree, as the second person, that a case leave the sample", _CHIEF, (LEAD, TEAM)),
    # fieldwork and quality
    # The chief too, for a case in which the lead has an interest.
    "case.allocate": _rule("Allocate cases to assessors", _LEAD, _CHIEF),
    "fieldwork.begin": _rule("Begin or finish fieldwork", _LEAD),
    "fieldwork.reopen": _rule("Ask that fieldwork be reopened", _LEAD, _CHIEF),
    "fieldwork.confirm_reopening": _rule("Agree, as the second person, to reopen fieldwork", _CHIEF, (LEAD, TEAM)),
    "assessment.list": _rule("See how the assessments stand", _CHIEF, *_ALL_TEAM),
    "assessment.read": _rule("Read the assessment of a case", _CHIEF, (LEAD, TEAM), *_OWN_CASE),
    "assessment.write": _rule("Assess a case", *_OWN_CASE),
    # Nobody decides on an assessment of their own: the second person is another lead in the team, or the chief.
    "assessment.decide": _rule("Accept or return an assessment", (LEAD, TEAM), _CHIEF),
    # ratings
    "scores.read": _rule("Read scores, ratings and accounts", _CHIEF, *_TEAM),
    "ratings.judge": _rule("Rate a standard by judgement", _LEAD),
    "ratings.propose": _rule("Propose that the panel move a rating", _LEAD),
    "ratings.confirm": _rule("Confirm a move of a rating", _CHIEF),
    "ratings.settle": _rule("Settle or reopen the ratings", _LEAD),
    # report
    "report.read": _rule("Read the report while it is written", _CHIEF, *_TEAM),
    "report.signed": _rule("Read a signed report", _CHIEF, *_TEAM, _PUBLISHER),
    "report.write": _rule("Write the report and its recommendations", _LEAD, (INSPECTOR, TEAM)),
    "report.send": _rule("Send the draft to the body, or correct it", _LEAD),
    "draft.read": _rule("Read the draft as it was sent to the body", _CHIEF, *_TEAM, _BODY),
    "draft.comment": _rule("Comment on the facts of the draft", _BODY),
    "draft.answer": _rule("Answer a comment of the body", _LEAD),
    "report.sign_off": _rule("Sign a report off", _CHIEF),
    "report.reopen": _rule("Ask for, or agree to, the reopening of a signed report", _LEAD, _CHIEF),
    # publication and follow-up
    "release.read": _rule("See what is to be published and when", _CHIEF, *_TEAM, _PUBLISHER),
    "release.propose": _rule("Propose the minute of publication", _LEAD, _PUBLISHER),
    "release.confirm": _rule("Confirm the minute of publication", _CHIEF),
    "release.take_back": _rule("Take a release back before its minute", _LEAD, _CHIEF, _PUBLISHER),
    "release.take_down": _rule("Take down what is public, at once", _LEAD, _CHIEF, _PUBLISHER),
    "release.put_up": _rule("Put up again what another took down", _LEAD, _CHIEF, _PUBLISHER),
    "followup.read": _rule(
        "See the recommendations and what became of them", _CHIEF, *_TEAM, _BODY, _OVERSEER, _PUBLISHER
    ),
    "followup.manage": _rule("Close, reopen, or open a reinspection", _LEAD, _CHIEF),
}


GRAVE: dict[str, bool] = {
    "people.manage": False,
    "people.tie": False,
    "clearances.require": False,
    "privacy.export": True,
    "inspection.export": True,
    "inspection.confirm_export": False,
    "sample.confirm": False,
    "fieldwork.confirm_reopening": False,
    "ratings.confirm": False,
    "report.reopen": False,
    "release.confirm": False,
    "release.put_up": False,
}
"""The gravest acts: whoever does one proved who they are within ten minutes. True: reading it is one, too."""


class NotAllowedError(RefusedError):
    """A person may not do this; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__("not-allowed", sentence)


@dataclass(frozen=True)
class Person:
    """Whoever acts or asks: name in the record, role and ties; ``user`` is None for the system and for visitors."""

    name: tuple[str, str]
    role: str = NOBODY
    full_name: str = ""
    user: User | None = None
    ties: frozenset[tuple[str, str, str]] = field(default=frozenset())
    """(kind of tie, kind of subject, public id of subject)"""
    worked_out: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    """What later stages worked out of the ties, kept for as long as this person asks."""
    held: tuple[Held, ...] = ()
    """The clearances and trainings that were not withdrawn, whether they have ended or not."""
    asked: frozenset[str] = frozenset()
    """The kinds of clearance and training that are asked for today, of anybody."""
    must_enrol: bool = False
    """A second factor has to be set up first; until then there is neither role nor tie."""

    @property
    def works_for(self) -> frozenset[str]:
        """The public ids of the bodies that this person works for."""
        return frozenset(id_ for tie, kind, id_ in self.ties if tie == Tie.Kind.WORKS_FOR and kind == "body")

    @property
    def oversees(self) -> frozenset[str]:
        """The public ids of the bodies that this person oversees."""
        return frozenset(id_ for tie, kind, id_ in self.ties if tie == Tie.Kind.OVERSEES and kind == "body")

    @property
    def teams(self) -> frozenset[str]:
        """The public ids of the teams that this local assessor works in."""
        local = self.role == LOCAL
        return frozenset(id_ for tie, kind, id_ in self.ties if local and (tie, kind) == (Tie.Kind.WORKS_IN, "team"))

    @property
    def own_bodies(self) -> frozenset[str]:
        """The bodies whose pages a tie opens to this person, instead of barring from them."""
        return self.works_for if self.is_contact else self.oversees if self.role == OVERSEER else frozenset()

    @property
    def is_contact(self) -> bool:
        """Whether this person speaks for a body."""
        return self.role == CONTACT

    def interests(self, kind: str) -> frozenset[str]:
        """Return the public ids of the bodies or cases in which this person has an interest, as they are tied.

        Of bodies, ask ``register.queries.barred_bodies``: it knows what these were before and have become. A body
        contact has none in the body they speak for, nor an overseeing body in the one it oversees: their pages show
        nothing but what that body may see.
        """
        return frozenset(id_ for _, subject, id_ in self.ties if subject == kind and id_ not in self.own_bodies)


VISITOR = Person(("visitor", "anonymous"))


def person_of_user(user: User) -> Person:
    """Return a user with their ties, and what they hold, in one query."""
    return _person(user, load([user])[user.pk])


def persons_of_users(users: Iterable[User]) -> dict[int, Person]:
    """Return users with their ties, and what they hold, by key, in one query."""
    users = {user.pk: user for user in users}
    return {key: _person(users[key], loaded) for key, loaded in load(users.values()).items()} if users else {}


def _person(user: User, loaded: Loaded) -> Person:
    role = user.role if is_here(user) else NOBODY
    return Person(user.name, role, user.full_name, user, loaded.ties, held=loaded.held, asked=loaded.asked)


def is_here(user: User) -> bool:
    """Say whether somebody has access today: not closed, and not past the last day of a placement."""
    return user.is_active and (user.until is None or timezone.localdate() <= user.until)


def person_of(by: tuple[str, str]) -> Person:
    """Return whoever is named in ``by``; a user that does not exist, or has left, has no role."""
    kind, id_ = by
    if kind == "system":
        return Person(by, SYSTEM, "the system")
    if kind != "user":
        return Person(by)
    user = User.objects.filter(public_id=id_).first()
    return person_of_user(user) if user else Person(by)


def role_may(role: str, action: str) -> bool:
    """Say whether a role may do something at all, whatever ties it takes: whether to lead there."""
    return any(role == allowed for allowed, _ in RULES[action].allowed)


def may(person: Person, action: str, relations: Collection[str] = ()) -> bool:
    """Say whether a person may do something; ``relations`` are those that tie the person to the thing."""
    if person.role == SYSTEM:
        return True
    if action in OPENS and any(held.startswith(LACKS) for held in relations):
        return False
    return INTEREST not in relations and any((person.role, held) in RULES[action].allowed for held in (ANY, *relations))


def why(person: Person, action: str, relations: Collection[str] = ()) -> str:
    """Return a sentence that says why a person may, or may not."""
    title = RULES[action].title
    if INTEREST in relations:
        return f"{title}: not for you, because you have an interest in this body or case. Ask the lead to take it on."
    if may(person, action, relations):
        return f"{title}: you may."
    if action in OPENS and may(person, action, [held for held in relations if not held.startswith(LACKS)]):
        return f"{title}: not now. {not_open(relations)}"
    return f"{title}: that is for {for_whom(action)}. Ask one of them."


def for_whom(action: str) -> str:
    """Say in words who may do something."""
    words = [
        f"{_one(role)}{f' who {RELATIONS[relation]}' if relation in (LEADS, TEAM, OWN_BODY, OVERSEES) else ''}"
        f"{' for a case of their own' if relation == OWN_CASE else ''}"
        f"{' once the report is signed off' if relation == SIGNED else ''}"
        for role, relation in sorted(RULES[action].allowed)
    ]
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _one(role: str) -> str:
    what = Role(role).label.lower()
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"


def require(by: tuple[str, str] | Person, action: str, relations: Collection[str] = ()) -> Person:
    """Return the person who acts; raise NotAllowedError where they may not."""
    person = by if isinstance(by, Person) else person_of(by)
    if not may(person, action, relations):
        raise NotAllowedError(why(person, action, relations))
    return person
