"""What of publication is somebody's to do."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from inspectorate.inspections.queries import visible_to
from inspectorate.people.access import Person, may
from inspectorate.people.tasks import Task
from inspectorate.publication.models import Release


def tasks_of(person: Person, at: datetime) -> list[Task]:
    """Return the proposed minutes that this person may confirm, by the minute itself."""
    if not may(person, "release.confirm"):
        return []
    proposed = Release.objects.open().filter(
        confirmed_at__isnull=True, visible_from__gt=at, inspection__in=visible_to(person)
    )
    return [
        Task(
            title="Confirm the minute of publication",
            about=release.inspection.title,
            href=reverse("publication:release", args=[release.inspection.public_id]),
            due=timezone.localtime(release.visible_from).date(),
        )
        for release in proposed.exclude(proposed_by_kind=person.name[0], proposed_by_id=person.name[1])
        .select_related("inspection")
        .order_by("visible_from")
    ]
