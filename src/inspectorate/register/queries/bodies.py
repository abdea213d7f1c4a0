"""Finding bodies, and telling who a body was on a day."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower

from inspectorate.register.models import Body, LocalDeliveryUnit, Succession

ORDERS: dict[str, tuple[str | Combinable, ...]] = {
    "name": (Lower("name"), "kind"),
    "-name": (Lower("name").desc(), "kind"),
    "kind": ("kind", Lower("name")),
    "region": ("region", Lower("name"), "kind"),
    "ended": (F("ended_on").desc(nulls_last=True), Lower("name")),
}
LIVES = ("now", "ended")


@dataclass(frozen=True)
class BodySearch:
    """What a reader asks for. Empty means all; ``lives`` is "now" or "ended" and is judged on ``day``."""

    words: str = ""
    kind: str = ""
    nation: str = ""
    region: str = ""
    lives: str = ""
    order: str = "name"


@dataclass(frozen=True)
class Counts:
    """How many bodies there are, and how many of each kind, nation and region."""

    total: int
    by_kind: dict[str, int]


@dataclass(frozen=True)
class History:
    """What a body came from and what it became, one step each way."""

    came_from: tuple[Succession, ...]
    became: tuple[Succession, ...]


def find_bodies(search: BodySearch, *, day: date) -> QuerySet[Body]:
    """Return the bodies that a reader asks for.

    The words are looked for in the name, in the names of the bodies that it came from, and in those of its local
    delivery units, so that a name of long ago leads to who does the work today.
    """
    found = Body.objects.all()
    for field in ("kind", "nation", "region"):
        if wanted := getattr(search, field):
            found = found.filter(**{field: wanted})
    if search.lives == "ended":
        found = found.filter(ended_on__lt=day)
    elif search.lives == "now":
        found = found.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day))
    for word in search.words.split():
        former = Succession.objects.filter(after=OuterRef("pk"), before__name__icontains=word)
        unit = LocalDeliveryUnit.objects.filter(body=OuterRef("pk"), name__icontains=word)
        found = found.filter(Q(name__icontains=word) | Exists(former) | Exists(unit))
    return found.order_by(*ORDERS.get(search.order, ORDERS["name"]), "pk")


def counts() -> Counts:
    """Count all bodies by kind."""
    by_kind = dict(Body.objects.values_list("kind").annotate(bodies=Count("pk")).order_by("kind"))
    return Counts(total=sum(by_kind.values()), by_kind=by_kind)


def regions() -> list[str]:
    """Return every region that a body has, in the order of the alphabet."""
    return list(Body.objects.exclude(region="").values_list("region", flat=True).distinct().order_by("region"))


def history_of(body: Body) -> History:
    """Return one step back and one step forward."""
    steps = Succession.objects.filter(Q(before=body) | Q(after=body)).select_related("before", "after")
    ordered = sorted(steps, key=lambda step: (step.on, step.before.name, step.after.name))
    return History(
        came_from=tuple(step for step in ordered if step.after_id == body.pk),
        became=tuple(step for step in ordered if step.before_id == body.pk),
    )


def was(body: Body, *, on: date) -> tuple[Body, ...]:
    """Return who this body was on a day: itself where it lived then, else those it came from or that came after it.

    Before a merger that is several bodies, and so it is after a split. Empty where nothing of it is known for the day.
    """
    if body.lives_on(on):
        return (body,)
    if body.began_on is not None and on < body.began_on:
        return _walk(body, on, step_back=True)
    return _walk(body, on, step_back=False)


def successors_on(body: Body, *, on: date) -> tuple[Body, ...]:
    """Return who carries on from this body on a day: itself while it lives, else whoever lives then in its line.

    Whatever is due to a body (a notice, an action plan) is due to these.
    """
    return (body,) if body.lives_on(on) else _walk(body, on, step_back=False)


def _walk(body: Body, on: date, *, step_back: bool) -> tuple[Body, ...]:
    """Follow the successions from ``body``, one way, to the bodies that lived on the day. One query."""
    steps: dict[int, list[Body]] = defaultdict(list)
    for step in Succession.objects.select_related("before", "after").order_by("pk"):
        start, end = (step.after, step.before) if step_back else (step.before, step.after)
        steps[start.pk].append(end)
    found = _reach(body, lambda one: steps[one.pk], on)
    return tuple(sorted(found, key=lambda one: (one.name, one.kind)))


def _reach(body: Body, following: Callable[[Body], Iterable[Body]], on: date) -> list[Body]:
    """Return the first bodies on each path that lived on the day."""
    seen, waiting = {body.pk}, [body]
    found: list[Body] = []
    while waiting:
        for one in following(waiting.pop()):
            if one.pk in seen:
                continue
            seen.add(one.pk)
            (found if one.lives_on(on) else waiting).append(one)
    return found
