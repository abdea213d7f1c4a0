"""``inspectorate self-assess``: a sheet to fill in, its scores, and these beside what the inspectors found."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from inspectorate.config.cli import inputs, score, show
from inspectorate.methodology import editions
from inspectorate.methodology.answers import Answers
from inspectorate.methodology.cases import CaseList, read_case_list
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import Kind
from inspectorate.methodology.rating import NO_JUDGEMENTS, read_judgements
from inspectorate.methodology.rating import score as score_answers
from inspectorate.methodology.results import Result
from inspectorate.ratings.beside import CAVEAT, Beside, Figure, as_published, beside, of_results
from inspectorate.ratings.downloads import MOST_CASES, USUAL_CASES
from inspectorate.register.published import NotPublishedError, read

BESIDE_HEADS = ("code", "title", "own", "own low", "own high", "inspectors", "low", "high", "difference")


def configure(parser: argparse.ArgumentParser) -> None:
    """Take an edition, and either where to write the sheet or the sheet as it was filled in."""
    parser.add_argument("--edition", required=True, metavar="E", help="the edition, such as iaow/2013")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--template", metavar="FILE", help="write a sheet to fill in here (.xlsx), one row a case")
    what.add_argument("--answers", metavar="FILE", help="score this: the sheet as filled in, XLSX or CSV")
    parser.add_argument("--kind", metavar="K", help="the kind of case that the sheet is for, where there are several")
    parser.add_argument("--cases", type=int, default=USUAL_CASES, help="rows of the sheet (default 50, at most 500)")
    parser.add_argument("--case-list", metavar="FILE", help="every case that these were drawn from: narrower intervals")
    parser.add_argument("--judgements", metavar="FILE", help='ratings made by people, as JSON: {"1.1": "Good"}')
    parser.add_argument(
        "--against",
        nargs=3,
        metavar=("PROGRAMME", "YEAR", "BODY"),
        help="beside a published result: cci 2011-12 Derby",
    )
    parser.add_argument("--inspectors", metavar="FILE", help="beside the judgements of inspectors, in a file of theirs")
    parser.add_argument("--confidence", type=float, default=0.95, help="of the intervals (default 0.95)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.epilog = (
        "example: inspectorate self-assess --edition iaow/2013 --answers docs/examples/iaow-own-sheet.csv "
        "--inspectors docs/examples/iaow-answers.csv"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the sheet, or score it; 2 where something is refused."""
    return inputs.refusing(lambda: _run(arguments), as_json=arguments.json)


def _run(arguments: argparse.Namespace) -> int:
    edition = editions.load(arguments.edition)
    if arguments.template:
        return _template(arguments, edition)
    if not 0 < arguments.confidence < 1:
        inputs.refuse("--confidence", f"{arguments.confidence} is no level of confidence.", "Give a part of 1: 0.95.")
    case_list = None
    if arguments.case_list:
        case_list = read_case_list(inputs.table_from(arguments.case_list, ("case",)), edition.form)
    answers = inputs.answers_from(arguments.answers, edition, case_list)
    own = _scored(arguments, edition, answers, case_list)
    compared = _compared(arguments, edition, own)
    if arguments.json:
        show.as_json(_data(edition, own, compared))
    else:
        _print(edition, own, compared, listed=case_list is not None)
    return 0


def _template(arguments: argparse.Namespace, edition: Edition) -> int:
    from inspectorate.ratings.downloads import wide_sheet  # noqa: PLC0415 - the base install writes no workbook

    kind = _kind(edition, arguments.kind)
    if not 1 <= arguments.cases <= MOST_CASES:
        inputs.refuse("--cases", f"{arguments.cases} rows are not possible.", f"Give 1 to {MOST_CASES}.")
    path = Path(arguments.template)
    if path.suffix.lower() != ".xlsx":
        inputs.refuse("--template", f"{path.name} is no name of a spreadsheet.", "Give a name that ends in .xlsx.")
    if path.exists():
        inputs.refuse(
            "--template", f"{path} is there already.", "Give another name: a filled sheet is not overwritten."
        )
    try:
        path.write_bytes(wide_sheet.make(edition, kind, arguments.cases, at=datetime.now(UTC)))
    except OSError as error:
        inputs.refuse("--template", f"{path} cannot be written ({error.strerror}).", "Check the folder.")
    print(f"{path}: {len(kind.questions)} questions of {edition.code} ({kind.code}), {arguments.cases} rows to fill.")
    return 0


def _kind(edition: Edition, named: str | None) -> Kind:
    kinds = {kind.code: kind for kind in edition.form.kinds}
    if named is None and len(kinds) == 1:
        return edition.form.kinds[0]
    if named not in kinds:
        why = (
            f"{edition.code} has no kind of case '{named}'." if named else f"{edition.code} has several kinds of case."
        )
        inputs.refuse("--kind", why, f"Give one of: {', '.join(kinds)}.")
    return kinds[str(named)]


def _scored(
    arguments: argparse.Namespace, edition: Edition, answers: Answers, case_list: CaseList | None
) -> tuple[Result, ...]:
    judgements = NO_JUDGEMENTS
    if arguments.judgements:
        judgements = read_judgements(inputs.ratings_from(arguments.judgements), edition, arguments.judgements)
    return score_answers(edition, answers, case_list=case_list, judgements=judgements, confidence=arguments.confidence)


def _compared(
    arguments: argparse.Namespace, edition: Edition, own: tuple[Result, ...]
) -> list[tuple[str, list[Beside]]]:
    """Return each comparison that was asked for, with the words that say what with."""
    found = []
    if arguments.against:
        found += [(words, beside(own, theirs)) for words, theirs in _published(edition, *arguments.against)]
    if arguments.inspectors:
        answers = inputs.answers_from(arguments.inspectors, edition, None)
        theirs = of_results(score_answers(edition, answers, confidence=arguments.confidence))
        found.append((f"the inspectors' judgements in {Path(arguments.inspectors).name}", beside(own, theirs)))
    return found


def _published(edition: Edition, programme: str, year: str, body: str) -> list[tuple[str, dict[str, Figure]]]:
    """Return what is printed of a body, row by row; refused where it is of another programme or not printed."""
    if programme != edition.code.split("/")[0]:
        why = f"{programme} is another programme than {edition.code}: its scores mean something else."
        inputs.refuse("--against", why, "Compare with a result of the same programme.")
    try:
        printed = read(programme, year)
    except NotPublishedError as error:
        inputs.refuse("--against", str(error), "See 'inspectorate published --help' for what there is.")
        return []
    rows = [(table, row) for table in printed.tables for row in table.rows]
    found = [
        (
            f"{row.body}, {printed.title} {year} ({table.title})",
            as_published(
                (measure.code, value.per_cent, value.stars)
                for measure, value in zip(printed.measures, row.values, strict=True)
                if value
            ),
        )
        for table, row in rows
        if body.casefold() in {row.body.casefold(), row.body_id, row.printed_as.casefold()}
    ]
    if not found:
        names = "; ".join(dict.fromkeys(row.body for _, row in rows))
        inputs.refuse("--against", f"{programme} {year} prints nothing of '{body}'.", f"It has: {names}.")
    return found


def _data(edition: Edition, own: tuple[Result, ...], compared: list[tuple[str, list[Beside]]]) -> dict[str, Any]:
    data = {"edition": edition.code, "digest": edition.digest, "status": edition.status, **score.grouped(own)}
    data["beside"] = [{"what": words, "scores": [one.as_data() for one in found]} for words, found in compared]
    return data


def _print(
    edition: Edition, own: tuple[Result, ...], compared: list[tuple[str, list[Beside]]], *, listed: bool
) -> None:
    print(f"{edition.title} ({edition.code}, {edition.status}, digest {edition.digest[:12]})")
    show.as_table(score.HEADS, [score.row(result) for result in own], left=(0, 1, 8))
    if not listed:
        print("\nNo case list was given: intervals speak of a large caseload (population: unknown).")
    for words, found in compared:
        print(f"\nBeside {words}")
        show.as_table(BESIDE_HEADS, [_line(one) for one in found], left=(0, 1))
        for one in found:
            print(f"{one.own.step.title.en}: {one.sentence}")
    if compared:
        print(f"\n{CAVEAT}")


def _line(one: Beside) -> tuple[Any, ...]:
    own, theirs = one.own, one.theirs
    ends = (own.per_cent, own.low, own.high, theirs.per_cent, theirs.low, theirs.high)
    return own.code, own.step.title.en, *ends, one.difference
