"""Duties: asked for, run, failed with a reason, stopped half way and run again; one process at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from inspectorate.config.upkeep.actions import ask_again, begin_run, end_run, epoch_now, find_stopped, remind
from inspectorate.config.upkeep.actions.running import KEPT
from inspectorate.config.upkeep.duties import runner, table
from inspectorate.config.upkeep.duties.clock import Schedule
from inspectorate.config.upkeep.duties.lock import only_one
from inspectorate.config.upkeep.duties.standing import runner_seen, standings
from inspectorate.config.upkeep.models import DutyRun, Reminder
from inspectorate.config.upkeep.refusals import Refusal, RefusedError
from inspectorate.people.access import NotAllowedError
from inspectorate.people.tasks import Task
from inspectorate.record.queries import entries_in

pytestmark = pytest.mark.django_db
BY = ("system", "duties")


def planted(code, do, **kinds):
    return table.Duty(code, "Planted", "For a test.", Schedule(every=timedelta(minutes=1)), do, **kinds)


@pytest.fixture
def duties(monkeypatch, tmp_path, settings):
    """Put duties in the place of those of the product."""
    settings.VAR = tmp_path

    def put(*given):
        for where in ("duties.standing", "duties.table"):
            monkeypatch.setattr(f"inspectorate.config.upkeep.{where}.DUTIES", given)

    return put


def works(_by, _at):
    return table.Did("It is done.", {"things": 3})


def breaks(_by, _at):
    raise RefusedError(Refusal.NOTHING_TO_HOLD, "The disk is full: make room.")


def test_what_is_due_runs_and_says_what_it_did(duties):
    duties(planted("works", works))
    (run,) = runner.run_once()
    assert (run.outcome, run.said, run.counts) == ("done", "It is done.", {"things": 3})
    assert runner.run_once() == []


def test_one_that_fails_says_why_stops_no_other_and_is_told_by_e_mail_once(duties, settings):
    settings.ALARM_EMAIL = ["operator@example.org"]

    def errs(_by, _at):
        raise ZeroDivisionError("by nought")

    duties(planted("breaks", breaks), planted("errs", errs), planted("works", works))
    said = {run.duty: (run.outcome, run.said) for run in runner.run_once()}
    assert said["breaks"] == ("failed", "The disk is full: make room.")
    assert said["errs"] == ("failed", "It stopped at an error of the program (ZeroDivisionError: by nought).")
    assert said["works"][0] == "done"
    assert [line.verb for line in entries_in(("installation", "this"))] == ["duty.failed"] * 2
    assert len(mail.outbox) == 2
    for code in ("breaks", "errs"):
        DutyRun.objects.filter(duty=code).update(began_at=datetime.now(UTC) - timedelta(minutes=2))
    assert {run.duty for run in runner.run_once()} == {"breaks", "errs"}
    assert len(mail.outbox) == 2


def test_a_run_that_was_stopped_half_way_is_seen_and_run_again(duties):
    duties(planted("works", works))
    begin_run(duty="works", due_at=datetime.now(UTC), by=BY)
    (again,) = runner.run_once()
    assert [run.outcome for run in DutyRun.objects.order_by("pk")] == ["died", "done"]
    assert (again.outcome, find_stopped(by=BY)) == ("done", [])


def test_whoever_may_asks_for_a_run_once_and_it_is_recorded(duties, people, chief, lead):
    duties(planted("works", works))
    runner.run_once()
    assert people
    asked = ask_again(duty="works", by=chief)
    with pytest.raises(RefusedError) as caught, transaction.atomic():
        ask_again(duty="works", by=chief)
    assert caught.value.code == Refusal.ASKED_ALREADY
    with pytest.raises(NotAllowedError):
        ask_again(duty="works", by=lead)
    (line,) = entries_in(("installation", "this"))
    assert (line.verb, tuple(line.actor)) == ("duty.asked", chief)
    (run,) = runner.run_once()
    assert (run.pk, run.outcome, run.asked_by_id) == (asked.pk, "done", chief[1])


def test_two_runs_of_one_duty_at_a_time_cannot_be():
    begin_run(duty="works", due_at=datetime.now(UTC), by=BY)
    with pytest.raises(IntegrityError, match=r"upkeep_runs_once_at_a_time|UNIQUE"), transaction.atomic():
        begin_run(duty="works", due_at=datetime.now(UTC), by=BY)


def test_two_processes_at_a_time_cannot_be(tmp_path, settings):
    settings.VAR = tmp_path
    with only_one() as holds:
        assert holds()
        with pytest.raises(RefusedError) as caught, only_one():
            pass
    assert caught.value.code == Refusal.RUNNER_AT_WORK
    with only_one():
        pass


def test_runs_that_went_well_stay_so_many_and_failed_ones_all(duties):
    duties(planted("works", works))
    for number in range(KEPT + 4):
        run = begin_run(duty="works", due_at=datetime.now(UTC), by=BY)
        end_run(run=run, outcome="failed" if number < 2 else "done", said="so", by=BY)
    assert (DutyRun.objects.filter(outcome="done").count(), DutyRun.objects.filter(outcome="failed").count()) == (
        KEPT,
        2,
    )


def test_what_is_late_is_seen_and_so_is_that_nobody_runs_the_duties(duties):
    duties(planted("works", works))
    epoch_now(by=BY)
    (standing,) = standings(datetime.now(UTC) + timedelta(hours=1))
    assert (standing.late, standing.last, runner_seen(datetime.now(UTC))) == (True, None, (None, True))
    runner.run_once()
    (standing,) = standings(datetime.now(UTC))
    assert (standing.late, standing.failed) == (False, False)


def test_the_table_of_the_product_is_whole():
    codes = [duty.code for duty in table.DUTIES]
    assert len(set(codes)) == len(codes)
    assert {"release", "reminders", "expiry", "backup", "drill"} <= set(codes)
    with pytest.raises(RefusedError) as caught:
        table.duty("gardening")
    assert caught.value.code == Refusal.NO_SUCH_DUTY


def test_the_quick_duties_run_and_find_nothing_where_nothing_is_due():
    now = datetime.now(UTC)
    for code in ("release", "expiry", "reminders", "record"):
        assert table.duty(code).do(BY, now).said


def test_a_reminder_says_how_many_things_and_never_which(people, assessor, monkeypatch):
    def tasks(person, at):
        mine = person.name == assessor
        return [Task("Assess", "Case SECRET-9", "/x/", at.date() - timedelta(days=1))] if mine else []

    monkeypatch.setattr("inspectorate.config.desk.gathered.TASKS", (tasks,))
    now = datetime.now(UTC)
    assert (remind(by=BY, at=now), remind(by=BY, at=now)) == (1, 0)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([people[assessor].email], "Yours to do: 1 late")
    assert "SECRET-9" not in sent.body + sent.subject


def test_a_reminder_that_did_not_go_waits_for_the_next_run(people, assessor):
    Reminder.objects.create(user=people[assessor], day=datetime.now(UTC).date(), late=2, today=1)
    assert remind(by=BY, at=datetime.now(UTC)) == 1
    assert mail.outbox[0].subject == "Yours to do: 2 late and 1 due today"
