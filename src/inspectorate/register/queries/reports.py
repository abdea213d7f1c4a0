"""The lists of published reports: to search, to filter, and by body."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from inspectorate.register.models import Body, PublishedReport

ORDERS = {
    "listed": ("-year", "position"),
    "month": ("month", "title"),
    "-month": ("-month", "title"),
    "title": ("title", "month"),
}


@dataclass(frozen=True)
class ReportSearch:
    """What a reader asks for. Empty means all."""

    words: str = ""
    programme: str = ""
    year: str = ""
    kind: str = ""
    order: str = "listed"


def find_reports(search: ReportSearch, *, at: datetime) -> QuerySet[PublishedReport]:
    """Return the reports that a reader asks for and that may be seen; words are looked for in title and body."""
    found = PublishedReport.objects.filter(visible_from__lte=at).select_related("body")
    for field in ("programme", "year", "kind"):
        if wanted := getattr(search, field):
            found = found.filter(**{field: wanted})
    for word in search.words.split():
        found = found.filter(Q(title__icontains=word) | Q(body__name__icontains=word))
    return found.order_by(*ORDERS.get(search.order, ORDERS["listed"]), "pk")


def report_counts(*, at: datetime) -> dict[tuple[str, str], int]:
    """Count the reports that may be seen, by year and programme."""
    seen = PublishedReport.objects.filter(visible_from__lte=at).order_by("-year", "programme")
    return {
        (year, programme): number
        for year, programme, number in seen.values_list("year", "programme").annotate(reports=Count("pk"))
    }


def reports_of(body: Body, *, at: datetime) -> QuerySet[PublishedReport]:
    """Return the reports about one body that may be seen, latest first."""
    return PublishedReport.objects.filter(body=body, visible_from__lte=at).order_by("-month", "position")
