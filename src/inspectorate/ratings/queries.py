"""Reading the files that are held or kept, and what comes of them."""

from datetime import datetime

from django.db.models import QuerySet

from inspectorate.ratings.beside import Figure, as_published
from inspectorate.ratings.intake import File, HandedIn
from inspectorate.ratings.models import RefusedFile, ScoredFile
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
