"""What of a released result goes into the register: the tables of its programme-year, and one row for each body."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from inspectorate.inspections.models import Inspection
from inspectorate.methodology import editions
from inspectorate.methodology.small_numbers import public_results
from inspectorate.register.models import Body, BodyKind, Visit
from inspectorate.register.tables import PER_CENT, RATING, RELEASES, Measure, ProgrammeYear, Table

LONGEST_SHORT = 80
BODY_WORDS = {BodyKind.YOUTH_OFFENDING_TEAM: "Team", BodyKind.PROBATION_TRUST: "Trust"}


@dataclass(frozen=True)
class BodyResult:
    """What is recorded of one body: a per cent, a rating in words, or both, by the code of the measure."""

    body: Body
    values: Mapping[str, tuple[int | None, str]]


def financial_year(moment: datetime) -> str:
    """Return the financial year of a moment, which begins on 1 April: "2026-27"."""
    day = timezone.localtime(moment).date()
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def visit_of(inspection: Inspection) -> str:
    """Return which visit it was."""
    return Visit.REINSPECTION.value if inspection.reinspects_id else Visit.ORIGINAL.value


def table_of(inspection: Inspection) -> str:
    """Return the code of the table in which its results stand."""
    return "reinspection" if inspection.reinspects_id else "headline"


def shape_of(inspection: Inspection, results: Mapping[str, Any], moment: datetime) -> ProgrammeYear:
    """Return the programme-year that results belong to, as it is opened where it is not there yet."""
    edition = editions.load(results["edition"])
    kind = inspection.body.kind if inspection.body else ""
    return ProgrammeYear(
        programme=edition.code.partition("/")[0],
        year=financial_year(moment),
        title=edition.title.en,
        about="Results that this inspectorate released in the year, each from the minute of its report on.",
        document=RELEASES,
        document_title="Results released here",
        body_word=BODY_WORDS.get(BodyKind(kind), "Body") if kind else "Body",
        measures=measures_of(results),
        tables=(
            Table("headline", "Headline scores and ratings", "as released", ()),
            Table("reinspection", "Reinspections", "as released", (), reinspection=True),
        ),
    )


def measures_of(results: Mapping[str, Any]) -> tuple[Measure, ...]:
    """Return the measures of a result: its headline scores, its rated standards and the overall rating."""
    return tuple(Measure(one["code"], _title(one), _title(one)[:LONGEST_SHORT], scale) for one, scale in _told(results))


def values_of(results: Mapping[str, Any]) -> dict[str, tuple[int | None, str]]:
    """Return what each measure says; a measure that says nothing is left out."""
    found = {
        one["code"]: (one.get("per_cent") if scale == PER_CENT else None, _rating(one)) for one, scale in _told(results)
    }
    return {code: value for code, value in found.items() if value[0] is not None or value[1]}


def body_results(inspection: Inspection, results: Mapping[str, Any]) -> Iterator[BodyResult]:
    """Yield what is recorded: of the body visited the whole; in an area, of each provider its own part.

    The register shows what the public page shows: a score, or the part of a provider, that rests on few cases is not
    recorded.
    """
    told = public_results(results)
    if inspection.body:
        yield BodyResult(inspection.body, values_of(told))
        return
    parts = {part["value"]: part for part in told["by"].get("provider", [])}
    for provider in inspection.inspected_providers.select_related("body"):
        part = parts.get(provider.body.name)
        if part and part["cases"]:
            values = values_of({"scores": part["scores"], "standards": [], "overall": None})
            yield BodyResult(provider.body, values)


def _told(results: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], str]]:
    headline = [(score, PER_CENT) for score in results["scores"] if score.get("headline")]
    rated = [(standard, RATING) for standard in results.get("standards", [])]
    overall = results.get("overall")
    return [*headline, *rated, *([(overall, RATING)] if overall else [])]


def _title(one: Mapping[str, Any]) -> str:
    return str(one["title"]["en"])


def _rating(one: Mapping[str, Any]) -> str:
    """Return the words of the band."""
    bands = {band["code"]: band["title"]["en"] for band in one.get("bands") or []}
    return str(bands.get(one.get("band"), ""))
