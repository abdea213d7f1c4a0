"""A report put together from what is in the database now, with what is still missing before it may be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from inspectorate.inspections.models import Inspection
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.small_numbers import public_results
from inspectorate.ratings.intake import edition_of as edition_by_code
from inspectorate.ratings.models import Settlement
from inspectorate.ratings.queries import is_current, latest_settlement
from inspectorate.reports.content import Content, Report, content_of
from inspectorate.reports.figures import Facts, Figure, figures_of, unknown_in
from inspectorate.reports.models import Draft, Recommendation, SectionVersion
from inspectorate.reports.queries.checking import unanswered
from inspectorate.reports.queries.writing import current_versions, recommendations_of, texts_of
from inspectorate.reports.sections import Section, sections_of
from inspectorate.ui.words import written_date

NOTHING_SETTLED: dict[str, Any] = {"scores": [], "standards": [], "overall": None, "findings": [], "by": {}}


@dataclass(frozen=True)
class Building:
    """All that a report is made of now, read once. ``settlement`` is None until the ratings were settled."""

    inspection: Inspection
    edition: Edition
    settlement: Settlement | None
    versions: list[SectionVersion]
    recommendations: list[Recommendation]

    @cached_property
    def current(self) -> bool:
        """Whether the settled ratings rest on the judgements as they are now."""
        return self.settlement is not None and is_current(self.settlement)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """What the texts may refer to; small numbers are held back, for a report will be public."""
        payload = public_results(self.settlement.payload) if self.settlement else None
        return figures_of(self.edition, facts_of(self.inspection, self.edition), payload)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the programme, in order."""
        return sections_of(self.edition)

    @cached_property
    def report(self) -> Report:
        """The report as it would be sent now."""
        return Report(
            about=about_of(self.inspection, self.edition),
            sections=self.sections,
            texts=texts_of(self.versions),
            figures=self.figures,
            recommendations=[_recommended(number, row) for number, row in enumerate(self.recommendations, start=1)],
            results=self.settlement.payload if self.settlement else NOTHING_SETTLED,
        )

    @property
    def content(self) -> Content:
        """The content as it would be frozen now."""
        return content_of(self.report)

    @cached_property
    def side_by_side(self) -> list[Section]:
        """The sections of which two texts stand side by side."""
        seen: set[tuple[str, str]] = set()
        twice = set()
        for version in self.versions:
            key = (version.section, version.language)
            twice |= {version.section} if key in seen else set()
            seen.add(key)
        return [section for section in self.sections if section.code in twice]

    @cached_property
    def unknown(self) -> list[tuple[str, str]]:
        """Every figure that a text refers to and that there is not, with the name of the section."""
        texts = [(section.title["en"] or "", self._english(section)) for section in self.sections]
        rows = [(f"Recommendation {number}", row.text) for number, row in enumerate(self.recommendations, start=1)]
        rests = [(name, row.rests_on) for (name, _), row in zip(rows, self.recommendations, strict=True)]
        return [(name, fault) for name, text in (*texts, *rows, *rests) for fault in unknown_in(text, self.figures)]

    def _english(self, section: Section) -> str:
        return self.report.texts.get(section.code, {}).get("en", "")

    @property
    def holds(self) -> set[str]:
        """The conditions of the life of an inspection that hold for this report."""
        found = set() if self.report.empty_gates else {"gates_filled"}
        return found | ({"ratings_current"} if self.current else set())


def building_of(inspection: Inspection) -> Building:
    """Return a report as it is being written."""
    settlement = latest_settlement(inspection)
    if settlement:
        settlement.inspection = inspection  # the same row: it need not be asked for again
    return Building(
        inspection=inspection,
        edition=edition_of(inspection),
        settlement=settlement,
        versions=current_versions(inspection),
        recommendations=list(recommendations_of(inspection)),
    )


def sign_off_holds(inspection: Inspection, draft: Draft | None, building: Building | None = None) -> set[str]:
    """Return the conditions of signing off that hold; the ratings are current where they are those of the draft."""
    built = building or building_of(inspection)
    holds = built.holds
    if draft is None or built.settlement is None or draft.settlement_id != built.settlement.pk:
        holds = holds - {"ratings_current"}
    return holds if unanswered(inspection).exists() else holds | {"comments_answered"}


def edition_of(inspection: Inspection) -> Edition:
    """Return the edition of an inspection's main module, or of its first."""
    codes = dict(inspection.modules.order_by("pk").values_list("code", "edition"))
    return edition_by_code(codes.get("main") or next(iter(codes.values())))


def facts_of(inspection: Inspection, edition: Edition) -> Facts:
    """Return what a report says of the inspection itself."""
    return Facts(named(inspection), edition.title.en, fieldwork_words(inspection))


def named(inspection: Inspection) -> str:
    """Return the name of the body that is visited, or of the area."""
    return inspection.body.full_name if inspection.body else inspection.area


def fieldwork_words(inspection: Inspection) -> str:
    """Say when fieldwork took place."""
    if inspection.fieldwork_on is None:
        return "on days that are not set"
    day = written_date(inspection.fieldwork_on)
    weeks = inspection.fieldwork_weeks
    return f"in the week beginning {day}" if weeks == 1 else f"in the {weeks} weeks from {day}"


def about_of(inspection: Inspection, edition: Edition) -> Mapping[str, Any]:
    """Return what stands at the head of a content: title, body, edition, when."""
    body, on = inspection.body, inspection.fieldwork_on
    title = {"en": edition.title.en, "cy": edition.title.cy}
    return {
        "title": {language: f"{words}: {named(inspection)}" if words else None for language, words in title.items()},
        "body": named(inspection),
        "body_id": body.public_id if body else None,
        "area": inspection.area,
        "edition": edition.code,
        "edition_title": title,
        "fieldwork": {
            "on": on.isoformat() if on else None,
            "weeks": inspection.fieldwork_weeks,
            "says": fieldwork_words(inspection),
        },
        "invented": inspection.invented,
    }


def _recommended(number: int, row: Recommendation) -> dict[str, Any]:
    return {
        "number": number,
        "id": row.public_id,
        "text": row.text,
        "addressee": row.addressee,
        "addressee_body": row.addressee_body.public_id if row.addressee_body else None,
        "by_when": row.by_when.isoformat() if row.by_when else None,
        "rests_on": row.rests_on,
    }
