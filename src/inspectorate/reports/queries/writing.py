"""What is written now: the current version of each section, and the recommendations in their order."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from inspectorate.inspections.models import Inspection
from inspectorate.reports.models import Recommendation, SectionVersion


def current_versions(inspection: Inspection) -> list[SectionVersion]:
    """Return the versions that nothing came after and nothing settled; two of one section stand side by side."""
    after = SectionVersion.objects.filter(after=OuterRef("pk"))
    settled = SectionVersion.objects.filter(settles=OuterRef("pk"))
    found = SectionVersion.objects.filter(~Exists(after), ~Exists(settled), inspection=inspection)
    return list(found.order_by("section", "language", "number"))


def texts_of(versions: Iterable[SectionVersion]) -> dict[str, dict[str, str]]:
    """Return the texts by section and language; where two stand side by side, the one that was there first."""
    texts: dict[str, dict[str, str]] = {}
    for version in versions:
        texts.setdefault(version.section, {}).setdefault(version.language, version.text)
    return texts


def versions_of(inspection: Inspection, section: str, language: str = "en") -> "QuerySet[SectionVersion]":
    """Return every version of a section, the newest first."""
    return SectionVersion.objects.filter(inspection=inspection, section=section, language=language).order_by("-number")


def recommendations_of(inspection: Inspection) -> "QuerySet[Recommendation]":
    """Return the recommendations in their order, those that were taken out left out."""
    kept = Recommendation.objects.filter(inspection=inspection, place__isnull=False)
    return kept.select_related("addressee_body").order_by("place")
