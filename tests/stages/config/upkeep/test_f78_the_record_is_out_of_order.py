"""Where the record or the e-mail is out of order, what is grave is refused or waits, and somebody is told."""

import logging
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import connection

from inspectorate.config.upkeep.actions import begin_epoch, begin_run, end_run, remind
from inspectorate.config.upkeep.duties import runner
from inspectorate.config.upkeep.models import Epoch, Reminder
from inspectorate.people.actions import give_role
from inspectorate.people.models import Role, User
from inspectorate.record.models import Entry
from inspectorate.record.names import RefusedError
from inspectorate.sampling.actions import settle_list
from inspectorate.sampling.models import CaseList, Sample

pytestmark = pytest.mark.django_db
BY = ("system", "test")
STOPPED = {
    "sqlite": (
        "CREATE TRIGGER out_of_order BEFORE INSERT ON record_entry BEGIN SELECT RAISE(ABORT, 'out of order'); END",
    ),
    "postgresql": (
        (
            "CREATE FUNCTION out_of_order() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'out of order'; END $$"
        ),
        "CREATE TRIGGER out_of_order BEFORE INSERT ON record_entry FOR EACH ROW EXECUTE FUNCTION out_of_order()",
    ),
}


@contextmanager
def record_out_of_order():
    """Let no entry of the record be written; the test's own transaction takes that back."""
    with connection.cursor() as cursor:
        for sentence in STOPPED[connection.vendor]:
            cursor.execute(sentence)
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER out_of_order{' ON record_entry' if connection.vendor == 'postgresql' else ''}")


def test_a_role_is_not_given_without_its_line_in_the_record(people, chief, lead, client):
    client.force_login(people[chief])
    with record_out_of_order():
        with pytest.raises(RefusedError) as caught:
            give_role(user=people[lead], role=Role.CHIEF_INSPECTOR, by=chief)
        page = client.post(f"/people/{people[lead].public_id}/role/", {"role": Role.CHIEF_INSPECTOR})
    assert (caught.value.code, "nothing was done" in caught.value.sentence) == ("unwritable", True)
    assert "The record cannot be written now, so nothing was done" in page.content.decode()
    assert User.objects.get(pk=people[lead].pk).role == Role.LEAD_INSPECTOR
    give_role(user=people[lead], role=Role.INSPECTOR, by=chief)
    assert User.objects.get(pk=people[lead].pk).role == Role.INSPECTOR


def test_a_sample_is_not_drawn_without_its_line_in_the_record(announced, case_list, lead):  # noqa: ARG001 - the inspection is announced
    lines = Entry.objects.count()
    with record_out_of_order(), pytest.raises(RefusedError) as caught:
        settle_list(case_list=case_list, by=lead)
    assert caught.value.code == "unwritable"
    assert (Sample.objects.count(), CaseList.objects.get().seed, Entry.objects.count()) == (0, None, lines)


def test_nothing_of_what_an_installation_does_is_done_without_its_line(people):  # noqa: ARG001 - the inspection is announced
    with record_out_of_order(), pytest.raises(RefusedError):
        begin_epoch(because="restored", by=BY)
    assert not Epoch.objects.filter(because="restored").exists()


def test_a_duty_that_fails_then_is_told_in_its_row_in_the_log_and_by_e_mail(settings, caplog):
    settings.ALARM_EMAIL = ["operator@example.org"]
    run = begin_run(duty="backup", due_at=datetime.now(UTC), by=BY)
    with record_out_of_order(), caplog.at_level(logging.CRITICAL):
        end_run(run=run, outcome="failed", said="No room on the disk.", by=BY)
    run.refresh_from_db()
    assert (run.outcome, run.said) == ("failed", "No room on the disk.")
    assert "the record cannot be written" in caplog.text
    assert [one.subject for one in mail.outbox] == ["Inspectorate: backup failed"]


def test_a_reminder_waits_where_the_e_mail_is_out_of_order_and_the_duty_says_so(settings, people, lead):
    Reminder.objects.create(user=people[lead], day=datetime.now(UTC).date(), late=1, today=0)
    settings.EMAIL_BACKEND = "tests.faults.out_of_order.NoEmail"
    settings.ALARM_EMAIL = ["operator@example.org"]
    standing = next(one for one in runner.standings(datetime.now(UTC)) if one.duty.code == "reminders")
    run = runner.run_one(standing)
    assert (run.outcome, "no e-mail today" in run.said) == ("failed", True)
    assert Reminder.objects.get().sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert remind(by=BY, at=datetime.now(UTC)) == 1
