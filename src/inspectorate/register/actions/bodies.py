"""Registering, ending, renaming, merging and splitting bodies, and naming their local delivery units.

What was said of an old body stays said of the old body.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from inspectorate.people.access import require
from inspectorate.record.actions import append
from inspectorate.register.models import Body, BodyKind, LocalDeliveryUnit, Nation, Succession, SuccessionKind
from inspectorate.register.refusals import Refusal, RefusedError


@dataclass(frozen=True)
class NewBody:
    """What is known of a body that is to be registered. A day that is not certain is None."""

    name: str
    kind: str
    nation: str
    region: str = ""
    began_on: date | None = None
    ended_on: date | None = None
    invented: bool = False
    provenance: str = ""
    note: str = ""

    def as_payload(self) -> dict[str, Any]:
        """Return it as plain data for the record."""
        days = {"began_on": self.began_on, "ended_on": self.ended_on}
        return asdict(self) | {name: day.isoformat() if day else None for name, day in days.items()}


@transaction.atomic
def register_body(*, body: NewBody, by: tuple[str, str]) -> Body:
    """Register one body. Refused: no name, unknown kind or nation, days the wrong way round, a living namesake."""
    require(by, "register.keep")
    registered = _new_body(body)
    subject = ("body", registered.public_id)
    append(stream=subject, by=by, verb="body.registered", subject=subject, payload=body.as_payload())
    return registered


@transaction.atomic
def add_ldu(
    *, body: Body, name: str, by: tuple[str, str], began_on: date | None = None, provenance: str = ""
) -> LocalDeliveryUnit:
    """Add a local delivery unit to a body. Refused: no name, or the body has a living unit of that name."""
    require(by, "register.keep")
    if not name.strip():
        raise RefusedError(Refusal.NAME_MISSING, "A local delivery unit needs a name: give the one its body uses.")
    if body.local_delivery_units.filter(name=name.strip(), ended_on__isnull=True).exists():
        raise RefusedError(Refusal.NAME_TAKEN, f"{body} has a local delivery unit called {name} already: use that one.")
    unit = LocalDeliveryUnit.objects.create(body=body, name=name.strip(), began_on=began_on, provenance=provenance)
    append(
        stream=("body", body.public_id),
        by=by,
        verb="body.ldu_added",
        subject=("ldu", unit.public_id),
        payload={"name": unit.name, "began_on": began_on.isoformat() if began_on else None, "provenance": provenance},
    )
    return unit


@transaction.atomic
def end_body(*, body: Body, on: date, by: tuple[str, str], why: str) -> Body:
    """End a body that nobody follows; ``on`` is the last day of its life."""
    require(by, "register.keep")
    _end([body], on)
    subject = ("body", body.public_id)
    append(stream=subject, by=by, verb="body.ended", subject=subject, payload={"ended_on": on.isoformat()}, why=why)
    return body


@transaction.atomic
def rename_body(*, body: Body, name: str, on: date, by: tuple[str, str]) -> Body:
    """Give a body another name from a day on: the old one ends the day before, its living LDUs pass to the new one."""
    require(by, "register.keep")
    into = NewBody(
        name=name, kind=body.kind, nation=body.nation, region=body.region, began_on=on, invented=body.invented
    )
    return _succeed([body], [into], SuccessionKind.RENAMED, on, by)[0]


@transaction.atomic
def merge_bodies(*, bodies: Sequence[Body], into: NewBody, on: date, by: tuple[str, str]) -> Body:
    """Merge two or more bodies into one from a day on. Their living LDUs pass to it."""
    require(by, "register.keep")
    if len({body.pk for body in bodies}) < 2:
        raise RefusedError(Refusal.TOO_FEW, "A merger needs two bodies or more: to give one another name, rename it.")
    return _succeed(bodies, [into], SuccessionKind.MERGED, on, by)[0]


@transaction.atomic
def split_body(*, body: Body, into: Sequence[NewBody], on: date, by: tuple[str, str]) -> list[Body]:
    """Split a body into two or more from a day on. Its LDUs end with it: who holds each one now must be said anew."""
    require(by, "register.keep")
    if len(into) < 2:
        raise RefusedError(
            Refusal.TOO_FEW, "A split needs two new bodies or more: to give one another name, rename it."
        )
    return _succeed([body], into, SuccessionKind.SPLIT, on, by)


def _succeed(
    before: Sequence[Body], into: Sequence[NewBody], kind: SuccessionKind, on: date, by: tuple[str, str]
) -> list[Body]:
    """End the old, begin the new, join them, and write one entry into the stream of the first new body."""
    _end(before, on - timedelta(days=1))
    after = [_new_body(replace(one, began_on=on, ended_on=None)) for one in into]
    Succession.objects.bulk_create(
        Succession(before=old, after=new, kind=kind, on=on) for old in before for new in after
    )
    _pass_on_units(before, after, on)
    subject = ("body", after[0].public_id)
    append(
        stream=subject,
        by=by,
        verb=f"body.{kind.value}",
        subject=subject,
        payload={
            "on": on.isoformat(),
            "before": [one.public_id for one in before],
            "after": [{"public_id": one.public_id, "name": one.name} for one in after],
        },
    )
    return after


def _end(bodies: Sequence[Body], on: date) -> None:
    """Set the last day, once: refused where it has ended already, or would end before it began.

    What the database says counts, not what the caller read a while ago: the rows are locked and read again.
    """
    given = {body.pk: body for body in bodies}
    for body in Body.objects.select_for_update().filter(pk__in=given).order_by("pk"):
        if body.ended_on is not None:
            raise RefusedError(
                Refusal.ALREADY_ENDED,
                f"{body} ended on {body.ended_on.isoformat()} already: choose the body that carries on from it.",
            )
        if body.began_on is not None and on < body.began_on:
            raise RefusedError(
                Refusal.NOT_BEGUN,
                f"{body} began on {body.began_on.isoformat()} and cannot end before that: check the day.",
            )
        body.ended_on = on
        body.save(update_fields=["ended_on"])
        given[body.pk].ended_on = on


def _pass_on_units(before: Sequence[Body], after: Sequence[Body], on: date) -> None:
    """End the living LDUs of the old bodies; where one body follows, they begin again there."""
    living = list(LocalDeliveryUnit.objects.filter(body__in=before, ended_on__isnull=True).order_by("pk"))
    LocalDeliveryUnit.objects.filter(pk__in=[unit.pk for unit in living]).update(ended_on=on - timedelta(days=1))
    if len(after) == 1:
        names = dict.fromkeys(unit.name for unit in living)
        LocalDeliveryUnit.objects.bulk_create(
            LocalDeliveryUnit(body=after[0], name=name, began_on=on) for name in names
        )


def _new_body(body: NewBody) -> Body:
    """Check and store one body."""
    _refuse_unknown(body)
    if body.began_on and body.ended_on and body.ended_on < body.began_on:
        raise RefusedError(Refusal.DAYS_REVERSED, f"{body.name} would end before it began: check the two days.")
    namesakes = Body.objects.filter(name=body.name.strip(), kind=body.kind, invented=body.invented)
    if body.ended_on is None and namesakes.filter(ended_on__isnull=True).exists():
        raise RefusedError(
            Refusal.NAME_TAKEN,
            f"A living body of this kind is called {body.name} already: use that one, or end it first.",
        )
    return Body.objects.create(**(asdict(body) | {"name": body.name.strip()}))


def _refuse_unknown(body: NewBody) -> None:
    """Refuse a body without a name, or of a kind or nation that the register does not know."""
    if not body.name.strip():
        raise RefusedError(Refusal.NAME_MISSING, "A body needs a name: give the one that it uses itself.")
    if body.kind not in BodyKind.values:
        raise RefusedError(
            Refusal.KIND_UNKNOWN, f"{body.kind!r} is no kind of body: choose one of {', '.join(BodyKind.values)}."
        )
    if body.nation not in Nation.values:
        raise RefusedError(
            Refusal.NATION_UNKNOWN, f"{body.nation!r} is no nation here: choose one of {', '.join(Nation.values)}."
        )
