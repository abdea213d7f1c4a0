"""How many cases of an inspection are listed, drawn, allocated, handed in and accepted, of those one may know of."""

from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, Subquery

from inspectorate.fieldwork.models import Assessment
from inspectorate.fieldwork.queries import OPEN, live_allocations
from inspectorate.inspections.asking import Asked
from inspectorate.sampling.models import Case
from inspectorate.sampling.queries import came_into_sample, without_interest

HANDED_IN = ("submitted", "accepted")
COUNTED = (
    ("listed", "On the case list", "list/", "case_list.read"),
    ("sampled", "In the sample", "sample/", "sample.read"),
    ("allocated", "With an assessor", "cases/", "assessment.list"),
    ("handed_in", "Handed in", "cases/", "assessment.list"),
    ("accepted", "Accepted", "cases/", "assessment.list"),
)
"""What is counted: its words, the page that shows it, and the rule of who may read that page."""


def cases(asked: Asked) -> list[dict[str, Any]]:
    """Return the counts that this person may read, each with its page, in one query; none where there is no case."""
    shown = [one for one in COUNTED if asked.may(one[3])]
    if not shown:
        return []
    numbers = _numbers(asked)
    if not any(numbers[name] for name, *_ in shown):
        return []
    home = asked.inspection.get_absolute_url()
    return [
        {"name": name, "key": words, "value": numbers[name], "link": home + below} for name, words, below, _ in shown
    ]


def _numbers(asked: Asked) -> dict[str, int]:
    current = Case.objects.filter(case_list__inspection=asked.inspection, case_list__superseded_at__isnull=True)
    live = Assessment.objects.filter(case=OuterRef("pk"), purpose=Assessment.Purpose.LIVE, state__in=OPEN)
    inside = Q(came_into_sample(), drawn__replaced_by__isnull=True)
    counted = without_interest(current, asked.person).annotate(
        given=Exists(live_allocations().filter(case=OuterRef("pk"))),
        stands=Subquery(live.values("state")[:1], output_field=CharField()),
    )
    numbers: dict[str, int] = counted.aggregate(
        listed=Count("pk", distinct=True),
        sampled=Count("pk", filter=inside, distinct=True),
        allocated=Count("pk", filter=inside & Q(given=True), distinct=True),
        handed_in=Count("pk", filter=inside & Q(stands__in=HANDED_IN), distinct=True),
        accepted=Count("pk", filter=inside & Q(stands="accepted"), distinct=True),
    )
    return numbers
