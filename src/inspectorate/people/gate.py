"""The gate before a case opens: whether somebody has the clearances and the training that it takes, today.

``lacking`` is the one place that says so. ``fieldwork.queries`` asks it wherever it says what ties somebody to a case,
and so do every page, action, export and door for programs. Nothing is copied: what has ended holds no more from the
first moment of the next day, in the zone of the inspectorate.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from inspectorate.people.models import Clearance, Requirement, Tie, User, former_since
from inspectorate.people.needed import Held, Lack, kinds_needed, lacks, of_a_child, programmes
from inspectorate.record.prepared import Question

if TYPE_CHECKING:
    from inspectorate.people.access import Person

LACKS = "lacks: "
"""How a relation begins that says what somebody lacks for a case; the rest says it in words."""
OPENS = frozenset({"assessment.read", "assessment.write", "assessment.decide"})
"""What nobody does who lacks something: these open a case. Lists, allocating and declaring an interest do not."""
WHO_HELPS = "The chief inspector or an administrator writes it down once they have seen it: ask one of them"
_TIE, _HOLDS, _ASKED = "tie", "holds", "asked"


@dataclass(frozen=True)
class Loaded:
    """What the rules need to know of somebody: ties, what they hold, and which kinds are asked for today."""

    ties: frozenset[tuple[str, str, str]] = frozenset()
    held: tuple[Held, ...] = ()
    asked: frozenset[str] = frozenset()


def standing() -> "QuerySet[Clearance]":
    """Return the clearances and trainings that were not withdrawn, whether they have ended or not."""
    return Clearance.objects.filter(withdrawal__isnull=True)


def latest_requirements() -> "QuerySet[Requirement]":
    """Return the row of each kind that holds: the latest."""
    later = Requirement.objects.filter(kind=OuterRef("kind"), pk__gt=OuterRef("pk"))
    return Requirement.objects.filter(~Exists(later))


def load(users: Iterable[User]) -> dict[int, Loaded]:
    """Return, by key, what the rules need to know of some people. One query."""
    keys, today = [user.pk for user in users], timezone.localdate()
    days = {"today": today, "since": former_since(today)}
    rows: Iterable[Any] = OF_ONE.rows(user=keys[0], **days) if len(keys) == 1 else _loading(Q(user__in=keys), **days)
    found: dict[tuple[str, int], list[tuple[str, str, str]]] = defaultdict(list)
    for what, key, *texts in rows:
        found[what, key].append((texts[0], texts[1], texts[2]))
    kinds = frozenset(kind for kind, *_ in found[_ASKED, 0])
    return {key: Loaded(frozenset(found[_TIE, key]), _held(found[_HOLDS, key]), kinds) for key in keys}


def _loading(theirs: Q, *, today: date, since: date) -> "QuerySet[Any]":
    asked = latest_requirements().filter(asked_from__lte=today)
    ties = Tie.objects.holding(since).filter(theirs)
    return _rows(asked, _ASKED, Value(0), "kind", "kind", "kind").union(
        _rows(ties, _TIE, F("user_id"), "kind", "subject_kind", "subject_id"),
        _rows(standing().filter(theirs), _HOLDS, F("user_id"), "kind", "edition", "expires_on"),
        all=True,
    )


OF_ONE: Question[Any] = Question(lambda *, user, **days: _loading(Q(user=user), **days))


def _rows(found: "QuerySet[Any]", what: str, key: Any, *texts: str) -> "QuerySet[Any]":
    named = {f"text_{number}": Cast(text, CharField()) for number, text in enumerate(texts)}
    return found.order_by().annotate(what=Value(what), key=key, **named).values_list("what", "key", *named)


def _held(rows: Iterable[tuple[str, str, str]]) -> tuple[Held, ...]:
    return tuple(Held(kind, edition, date.fromisoformat(day)) for kind, edition, day in rows)


def lacking(
    person: "Person", edition: str, facts: Mapping[str, str] | None = None, *, on: date | None = None
) -> tuple[Lack, ...]:
    """Return what somebody lacks, today or ``on`` a day, to open a case judged by an edition: nothing where it opens.

    ``facts`` are what the list says of the case; without them it is asked for the programme alone.
    """
    child = of_a_child(edition, facts or {})
    wanted = (one for one in kinds_needed(person.role, edition, child=child) if one[0] in person.asked)
    return lacks(wanted, person.held, on or timezone.localdate())


def in_words(lack: Lack) -> str:
    """Say what is lacking, as it stands within a sentence, and until when it was held."""
    said = programmes().kinds[lack.kind].in_words(lack.edition)
    return f"{said} (ended on {lack.ended_on.day} {lack.ended_on:%B %Y})" if lack.ended_on else said


def as_relations(found: Iterable[Lack]) -> frozenset[str]:
    """Return what is lacking as relations, which the rules refuse by."""
    return frozenset(f"{LACKS}{in_words(one)}" for one in found)


def lacks_told(relations: Iterable[str]) -> str:
    """Return in words what these relations say is lacking; nothing where nothing is."""
    words = sorted(held.removeprefix(LACKS) for held in relations if held.startswith(LACKS))
    return " and ".join(words)


def not_open(relations: Iterable[str]) -> str:
    """Say what is lacking and who can put it right, as a sentence; nothing where the case is open."""
    told = lacks_told(relations)
    return f"You need {told} before this case opens. {WHO_HELPS}." if told else ""
