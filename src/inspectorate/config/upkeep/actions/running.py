"""A duty is asked for, begins, ends: each is a row, and what a person asked for or what failed is in the record."""

import logging
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import Error, IntegrityError, transaction

from inspectorate.config.upkeep.models import THIS, DutyRun, Runner
from inspectorate.config.upkeep.refusals import Refusal, RefusedError
from inspectorate.people.access import require
from inspectorate.record.actions import append

log = logging.getLogger("inspectorate.duties")
KEPT = 50
"""Runs of a duty that went well stay so many; those that did not stay all."""
Actor = tuple[str, str]


def ask_again(*, duty: str, by: Actor) -> DutyRun:
    """Ask that a duty run now: the process that runs the duties takes it on within seconds.

    Refused: one that is asked for and has not begun.
    """
    require(by, "system.run")
    now = datetime.now(UTC)
    try:
        with transaction.atomic():
            asked = {"asked_by_kind": by[0], "asked_by_id": by[1], "due_at": now}
            run = DutyRun.objects.create(duty=duty, outcome=DutyRun.Outcome.ASKED, **asked)
            append(stream=THIS, by=by, verb="duty.asked", subject=run.name, payload={"duty": duty})
    except IntegrityError:
        sentence = "This duty is asked for already and begins as soon as it can: wait for it."
        raise RefusedError(Refusal.ASKED_ALREADY, sentence) from None
    return run


@transaction.atomic
def begin_run(*, duty: str, due_at: datetime, by: Actor) -> DutyRun:
    """Begin a run, the one that was asked for where there is one."""
    now = datetime.now(UTC)
    run = DutyRun.objects.select_for_update().filter(duty=duty, outcome=DutyRun.Outcome.ASKED).first()
    if run is None:
        run = DutyRun(duty=duty, asked_by_kind=by[0], asked_by_id=by[1], due_at=due_at)
    run.outcome, run.began_at = DutyRun.Outcome.RUNNING, now
    run.save()
    return run


def end_run(*, run: DutyRun, outcome: str, said: str, by: Actor, counts: dict[str, Any] | None = None) -> DutyRun:
    """End a run; a failure is recorded, logged, and told by e-mail where the last one had gone well.

    Where the record cannot be written either, the row and the log still say so.
    """
    before = DutyRun.objects.filter(duty=run.duty, pk__lt=run.pk).order_by("-id").first()
    run.outcome, run.said, run.counts, run.ended_at = outcome, said, counts or {}, datetime.now(UTC)
    run.save(update_fields=["outcome", "said", "counts", "ended_at"])
    if outcome == DutyRun.Outcome.DONE:
        done = DutyRun.objects.filter(duty=run.duty, outcome=outcome).order_by("-id")
        DutyRun.objects.filter(pk__in=list(done.values_list("pk", flat=True)[KEPT:])).delete()
        return run
    log.critical("duty %s %s: %s", run.duty, outcome, said)
    try:
        with transaction.atomic():
            append(stream=THIS, by=by, verb=f"duty.{outcome}", subject=run.name, payload={"duty": run.duty}, why=said)
    except (Error, RefusedError) as error:
        log.critical("the record cannot be written: %s", error)
    if before is None or before.outcome == DutyRun.Outcome.DONE:
        _alarm(run)
    return run


def _alarm(run: DutyRun) -> None:
    if not settings.ALARM_EMAIL:
        return
    text = f"The duty '{run.duty}' did not go well ({run.outcome}).\n\n{run.said}\n\nIt stands on the status page.\n"
    try:
        EmailMessage(f"Inspectorate: {run.duty} {run.outcome}", text, to=settings.ALARM_EMAIL).send()
    except OSError as error:
        log.critical("the alarm cannot be sent: %s", error)


def find_stopped(*, by: Actor) -> list[DutyRun]:
    """Find the runs that a process began that is no more, and say so; whoever calls holds the lock of the duties."""
    said = "The process was stopped half way. It runs again, which is harmless."
    stopped = list(DutyRun.objects.filter(outcome=DutyRun.Outcome.RUNNING))
    return [end_run(run=run, outcome=DutyRun.Outcome.DIED, said=said, by=by) for run in stopped]


@transaction.atomic
def be_seen(*, by: Actor, at: datetime) -> None:
    """Write down that the process is at work; nothing of it is for the record."""
    require(by, "system.run")
    Runner.objects.update_or_create(pk=1, defaults={"seen_at": at})
