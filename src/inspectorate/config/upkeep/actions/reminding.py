"""Reminding people by e-mail of what is theirs to do: how many things, and where; never what or about whom."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from inspectorate.config.desk.gathered import to_do
from inspectorate.config.upkeep.models import Reminder
from inspectorate.people.access import person_of_user, require
from inspectorate.people.models import User


def remind(*, by: tuple[str, str], at: datetime) -> int:
    """Send each person one reminder for the day where something is late or due today; return how many were sent.

    The row is written before the e-mail goes: a run that was stopped half way sends what has not gone yet, and nobody
    gets two, but for the one that was on its way. An e-mail that cannot be sent waits for the next run.
    """
    require(by, "system.run")
    day = timezone.localdate(at)
    reminded = set(Reminder.objects.filter(day=day).values_list("user_id", flat=True))
    for user in User.objects.filter(is_active=True).exclude(email="").order_by("pk"):
        if user.pk in reminded:
            continue
        found = to_do(person_of_user(user), at)
        today = sum(1 for task in found.this_week if task.due == day)
        if found.late or today:
            numbers = {"late": len(found.late), "today": today}
            with transaction.atomic():
                Reminder.objects.get_or_create(user=user, day=day, defaults=numbers)
    sent = 0
    for reminder in Reminder.objects.filter(day=day, sent_at__isnull=True).select_related("user").order_by("pk"):
        _message(reminder).send()
        reminder.sent_at = timezone.now()
        reminder.save(update_fields=["sent_at"])
        sent += 1
    return sent


def _message(reminder: Reminder) -> EmailMessage:
    parts = [f"{reminder.late} late" if reminder.late else "", f"{reminder.today} due today" if reminder.today else ""]
    told = " and ".join(part for part in parts if part)
    text = f"You have {told}.\n\nWhat it is stands on your own page, once you have signed in:\n{_address()}/my-work/\n"
    headers = {"Message-ID": f"<reminder-{reminder.user.public_id}-{reminder.day}@inspectorate>"}
    return EmailMessage(f"Yours to do: {told}", text, to=[reminder.user.email], headers=headers)


def _address() -> str:
    host = next(iter(settings.ALLOWED_HOSTS), "localhost").removeprefix(".")
    return f"{'https' if settings.HTTPS else 'http'}://{host}"
