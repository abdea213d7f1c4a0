"""What is somebody's to do, gathered from the stages, by when it is due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from inspectorate.fieldwork import tasks as fieldwork
from inspectorate.inspections import tasks as inspections
from inspectorate.people.access import Person
from inspectorate.people.tasks import Task
from inspectorate.publication import tasks as publication
from inspectorate.quality import tasks as quality
from inspectorate.ratings import tasks as ratings
from inspectorate.reports import tasks as reports
from inspectorate.sampling import tasks as sampling

Gather = Callable[[Person, datetime], list[Task]]

TASKS: tuple[Gather, ...] = (
    inspections.tasks_of,
    sampling.tasks_of,
    fieldwork.tasks_of,
    quality.tasks_of,
    ratings.tasks_of,
    reports.tasks_of,
    publication.tasks_of,
)
"""The ``tasks_of`` of each stage that has one, in the order of the story; each asks one question of the database."""


@dataclass(frozen=True)
class ToDo:
    """What is to be done: late, until the end of this week, and later or on no day."""

    late: tuple[Task, ...]
    this_week: tuple[Task, ...]
    later: tuple[Task, ...]

    def __len__(self) -> int:
        """Return how many things there are."""
        return len(self.late) + len(self.this_week) + len(self.later)


def to_do(person: Person, at: datetime, tasks: Iterable[Gather] | None = None) -> ToDo:
    """Gather what a person has to do, the most pressing first; a week ends on its Sunday."""
    gathered = [task for gather in (TASKS if tasks is None else tasks) for task in gather(person, at)]
    gathered.sort(key=lambda task: (task.due or date.max, task.about, task.title))
    today = timezone.localdate(at)
    sunday = today + timedelta(days=7 - today.isoweekday())
    return ToDo(
        late=tuple(task for task in gathered if task.due and task.due < today),
        this_week=tuple(task for task in gathered if task.due and today <= task.due <= sunday),
        later=tuple(task for task in gathered if not task.due or task.due > sunday),
    )
