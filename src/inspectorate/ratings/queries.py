"""Reading the files that are held or kept, and inspections: what comes of them, and what was settled."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from inspectorate.inspections.models import Inspection
from inspectorate.ratings.beside import Figure, as_published
from inspectorate.ratings.inspected import scored_section
from inspectorate.ratings.intake import File, HandedIn
from inspectorate.ratings.models import PanelMove, RefusedFile, ScoredFile, Settlement
from inspectorate.ratings.resting import MAIN, RestsOn, rests_on, since
from inspectorate.ratings.scored import Scored, remembered, work_out
from inspectorate.register.models import PublishedRow
from inspectorate.register.queries import current_results

CONTENT = ("answers", "case_list")


def held_file(*, public_id: str, at: datetime) -> ScoredFile | None:
    """Return the file of that address; None where there is none, where it has run out, and where it was erased."""
    return ScoredFile.objects.at(at).defer(*CONTENT).filter(public_id=public_id).first()


def refused_file(*, public_id: str, at: datetime) -> RefusedFile | None:
    """Return what was refused at that address; None where there is none and where it has run out."""
    return RefusedFile.objects.at(at).filter(public_id=public_id).first()


def refused_example() -> RefusedFile | None:
    """Return the invented file with faults, without the faults themselves."""
    return RefusedFile.objects.exclude(example="").defer("packed").first()


def examples() -> QuerySet[ScoredFile]:
    """Return the invented files that show what this does, without their contents."""
    return ScoredFile.objects.exclude(example="").defer(*CONTENT).order_by("title")


def handed_in(file: ScoredFile) -> HandedIn:
    """Return what was handed in for a file, to be read again."""
    return HandedIn(
        edition=file.edition,
        answers=File(file.answers_name, bytes(file.answers)),
        case_list=None if file.case_list is None else File(file.case_list_name, bytes(file.case_list)),
        judgements=file.judgements,
        title=file.title,
        invented=file.invented,
    )


def scored(file: ScoredFile) -> Scored:
    """Return what comes of a file, from memory or worked out again; raise NotReadError where it cannot be read now.

    That is so where its edition, not adopted yet, has changed since.
    """
    return remembered(file.public_id) or work_out(handed_in(file), file.public_id)


def printed_rows(edition: str, *, at: datetime) -> list[PublishedRow]:
    """Return every printed row of the programme of an edition that may be seen, latest year first."""
    programme = edition.partition("/")[0]
    cells = current_results(at=at).filter(measure__programme_year__programme=programme)
    rows = PublishedRow.objects.filter(pk__in=cells.values("row")).select_related("body", "table__programme_year")
    return list(rows.order_by("-table__programme_year__year", "body__name", "table__position", "visit"))


def printed_figures(row: PublishedRow, *, at: datetime) -> dict[str, Figure]:
    """Return what is printed in a row as it stands at a moment, by score."""
    return as_published(current_results(at=at).filter(row=row).values_list("measure__code", "per_cent", "stars"))


def scored_inspection(inspection: Inspection, module: str = MAIN) -> Scored:
    """Return what comes of an inspection now, by the edition of a module, from its accepted assessments.

    Raises Refused with every fault where one of them cannot be scored.
    """
    return scored_section(inspection, module, rests_on(inspection))[0]


def latest_settlement(inspection: Inspection) -> Settlement | None:
    """Return the ratings as they were last settled; None where they never were."""
    return Settlement.objects.filter(inspection=inspection).order_by("-number").first()


def is_current(settlement: Settlement) -> bool:
    """Say whether a settlement rests on what its inspection rests on now."""
    return settlement.inputs_digest == rests_on(settlement.inspection).digest


def moves_of(inspection: Inspection) -> "QuerySet[PanelMove]":
    """Return every move that was ever proposed, the latest first."""
    return PanelMove.objects.filter(inspection=inspection).order_by("-proposed_at", "-pk")


def changed_since(settlement: Settlement, now: RestsOn) -> list[str]:
    """Return, in sentences, what has changed since ratings were settled; nothing where they are current."""
    if settlement.inputs_digest == now.digest:
        return []
    return since(settlement.rests_on, now.as_data()) or ["what it rests on changed since"]


@dataclass(frozen=True)
class Standing:
    """The ratings as they were last settled: their number, and what has changed since, in sentences."""

    number: int
    changed: tuple[str, ...]

    @property
    def is_current(self) -> bool:
        """Whether nothing has changed since."""
        return not self.changed


def standing_of(inspection: Inspection, now: RestsOn) -> Standing | None:
    """Return how settled ratings stand; None where none were settled. It asks the database only where they changed."""
    if now.settled is None:
        return None
    number, digest = now.settled
    if digest == now.digest:
        return Standing(number, ())
    then = Settlement.objects.values_list("rests_on", flat=True).get(inspection=inspection, number=number)
    return Standing(number, tuple(since(then, now.as_data())) or ("what it rests on changed since",))
