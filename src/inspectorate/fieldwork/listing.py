"""The cases of an inspection, one a line: with whom each is and how far its assessment is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import FilteredRelation, Q

from inspectorate.fieldwork.queries import visible_sample
from inspectorate.fieldwork.standing import progress_of
from inspectorate.inspections.models import Inspection
from inspectorate.people.access import Person

STATES = {
    "unallocated": ("Not allocated", "care"),
    "allocated": ("Not begun", "plain"),
    "begun": ("Begun", "plain"),
    "submitted": ("Waits for a decision", "care"),
    "returned": ("Returned", "stop"),
    "accepted": ("Accepted", "action"),
}
PAGE = 50
COLUMNS = (
    *("pk", "public_id", "reference", "case_list__kind", "stratum", "holder__name", "own"),
    *("given__assessor", "given__assessor__first_name", "given__assessor__last_name", "given__assessor__username"),
    *("live__pk", "live__state", "live__edition"),
)


@dataclass(frozen=True)
class Asking:
    """What the list is narrowed to, as it stands in the address."""

    q: str = ""
    state: str = ""
    kind: str = ""
    provider: str = ""
    assessor: str = ""
    page: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Take it from the address."""
        return cls(**{name: given.get(name, "").strip()[:100] for name in cls.__dataclass_fields__})


@dataclass
class Line:
    """One case on the list."""

    pk: int
    public_id: str
    reference: str
    kind: str
    stratum: str
    provider: str
    own: bool
    assessor: str
    state: str
    assessment: int | None
    edition: str
    progress: tuple[int, int] | None = None
    left: bool = False

    @property
    def state_title(self) -> str:
        """The state in words."""
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        """How the state is shown."""
        return STATES[self.state][1]


def lines_of(person: Person, inspection: Inspection) -> list[Line]:
    """Return every case of the sample that a person may know of, in two queries; one's own come first."""
    team = set(inspection.team.filter(left_at__isnull=True).values_list("user", flat=True))
    cases = visible_sample(person, inspection).annotate(
        given=FilteredRelation("allocations", condition=Q(allocations__ended_at__isnull=True)),
        live=FilteredRelation(
            "assessments", condition=Q(assessments__purpose="live") & ~Q(assessments__state="withdrawn")
        ),
    )
    rows = cases.order_by("case_list__kind", "reference").values_list(*COLUMNS)
    return sorted((_line(row, team) for row in rows), key=lambda line: not line.own)


def _line(row: Sequence[Any], team: set[int]) -> Line:
    pk, public_id, reference, kind, stratum, holder, own, user, first, last, username, live, state, edition = row
    here = user in team
    name = (f"{first} {last}".strip() or username) if user else ""
    shown = state or ("allocated" if here else "unallocated")
    return Line(
        pk=pk,
        public_id=public_id,
        reference=reference,
        kind=kind,
        stratum=stratum,
        provider=holder or "",
        own=own,
        assessor=name,
        state=shown,
        assessment=live,
        edition=edition or "",
        left=bool(user) and not here,
    )


def narrowed(lines: Iterable[Line], asking: Asking) -> list[Line]:
    """Return the lines that are asked for."""
    return [
        line
        for line in lines
        if asking.q.casefold() in line.reference.casefold()
        and asking.state in {"", line.state}
        and asking.kind in {"", line.kind}
        and asking.provider in {"", line.provider}
        and asking.assessor in {"", line.assessor, "me" if line.own else ""}
    ]


def counts(lines: Iterable[Line]) -> Counter[str]:
    """Return how many cases are in each state."""
    return Counter(line.state for line in lines)


def with_progress(lines: Sequence[Line]) -> Sequence[Line]:
    """Say of each assessment how many of the questions asked are answered; one query for all."""
    found = progress_of([(line.assessment, line.edition, line.kind) for line in lines if line.assessment])
    for line in lines:
        line.progress = found.get(line.assessment) if line.assessment else None
    return lines
