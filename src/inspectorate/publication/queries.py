"""Readings of releases: what is public at a moment, and how the release of an inspection stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from inspectorate.inspections.models import Inspection
from inspectorate.publication.models import Release, Releases


@dataclass(frozen=True)
class ResultSearch:
    """What a reader looks for among the public results: words of the title or body, and a programme."""

    words: str = ""
    programme: str = ""


def released_result(public_id: str, *, at: datetime) -> Release | None:
    """Return a result that has become public; None where there is none, or none yet: the two cannot be told apart.

    One that is taken down is among them, and says so: asked for apart, it could be put up between two questions.
    """
    found = Release.objects.released(at).filter(public_id=public_id)
    return found.select_related("signed_report", "inspection__body").first()


def public_results(search: ResultSearch, *, at: datetime) -> Releases:
    """Return the public results that fit, newest first."""
    found = Release.objects.public(at).select_related("inspection__body", "signed_report")
    if search.words:
        words = search.words
        found = found.filter(Q(inspection__title__icontains=words) | Q(inspection__body__name__icontains=words))
    if search.programme:
        of_programme = f"{search.programme}/"
        found = found.filter(inspection__modules__code="main", inspection__modules__edition__startswith=of_programme)
    return found.order_by("-visible_from", "public_id").distinct()


def open_release(inspection: Inspection) -> Release | None:
    """Return the release of an inspection that is proposed or confirmed; None where there is none."""
    return inspection.releases.open().select_related("signed_report").first()


def ended_releases(inspection: Inspection) -> Releases:
    """Return the proposals and releases that were taken back, newest first."""
    return inspection.releases.filter(ended_at__isnull=False).order_by("-ended_at")
