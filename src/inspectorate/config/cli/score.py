"""``inspectorate score``: judgements in, explained scores out."""

import argparse
from typing import Any

from inspectorate.config.cli import inputs, show
from inspectorate.methodology import editions
from inspectorate.methodology.answers import Answers
from inspectorate.methodology.cases import CaseList, read_case_list
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.follow_up import follow_up
from inspectorate.methodology.plans import SHARES, STANDARDS
from inspectorate.methodology.rating import NO_JUDGEMENTS, Judgements, read_judgements, score, score_by
from inspectorate.methodology.results import Result

HEADS = ("code", "title", "sufficient", "applicable", "cases", "per cent", "low", "high", "band")


def configure(parser: argparse.ArgumentParser) -> None:
    """Take an edition and the files to score."""
    add_files(parser)
    parser.add_argument("--judgements", metavar="FILE", help='ratings made by people, as JSON: {"1.1": "Good"}')
    parser.add_argument(
        "--module",
        action="append",
        default=[],
        metavar="M",
        help="add an optional module of the edition (may be repeated)",
    )
    parser.add_argument("--accounts", action="store_true", help="print the account of each result below the table")
    parser.epilog = (
        "example: inspectorate score --edition iaow/2013 --answers docs/examples/iaow-answers.csv "
        "--case-list docs/examples/iaow-cases.csv --by provider"
    )


def add_files(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that ``score`` and ``findings`` share."""
    parser.add_argument("--edition", required=True, metavar="E", help="the edition, such as iaow/2013")
    parser.add_argument(
        "--answers",
        required=True,
        metavar="FILE",
        help="CSV or XLSX with the heads case, question, judgement; optional: assessment, inspection, reasons",
    )
    parser.add_argument(
        "--case-list",
        metavar="FILE",
        help="the whole frozen list: heads case, kind, stratum; further columns are characteristics",
    )
    parser.add_argument("--assessment", metavar="LABEL", help="which assessment to score where a case has several")
    parser.add_argument("--by", metavar="COLUMN", help="break down by a column of the case list")
    parser.add_argument("--confidence", type=float, default=0.95, help="of the intervals (default 0.95)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Score the files and print the results; 2 where they are refused."""
    return inputs.refusing(lambda: _run(arguments), as_json=arguments.json)


def read_files(arguments: argparse.Namespace) -> tuple[Edition, Answers, CaseList | None]:
    """Return the edition, the answers and the case list that the arguments name; raise Refused."""
    if not 0 < arguments.confidence < 1:
        inputs.refuse("--confidence", f"{arguments.confidence} is no level of confidence.", "Give a part of 1: 0.95.")
    if arguments.by and not arguments.case_list:
        inputs.refuse("--by", "breaking down needs the case list.", "Add --case-list.")
    edition = editions.load(arguments.edition)
    case_list = None
    if arguments.case_list:
        case_list = read_case_list(inputs.table_from(arguments.case_list, ("case",)), edition.form)
    answers = inputs.answers_from(arguments.answers, edition, case_list, arguments.assessment)
    return edition, answers, case_list


def _run(arguments: argparse.Namespace) -> int:
    edition, answers, case_list = read_files(arguments)
    inputs.known_modules(edition, arguments.module)
    judgements = NO_JUDGEMENTS
    if arguments.judgements:
        judgements = read_judgements(inputs.ratings_from(arguments.judgements), edition, arguments.judgements)
    parts = _results(arguments, edition, answers, case_list, judgements)
    if arguments.json:
        show.as_json(_data(edition, parts, arguments.by))
        return 0
    _print(edition, parts, arguments)
    return 0


def _results(
    arguments: argparse.Namespace,
    edition: Edition,
    answers: Answers,
    case_list: CaseList | None,
    judgements: Judgements,
) -> dict[str | None, tuple[Result, ...]]:
    more = {"confidence": arguments.confidence, "modules": arguments.module}
    whole = score(edition, answers, case_list=case_list, judgements=judgements, **more)
    parts: dict[str | None, tuple[Result, ...]] = {None: whole}
    if arguments.by and case_list is not None:
        parts |= score_by(edition, answers, case_list, arguments.by, **more)
    return parts


def _data(edition: Edition, parts: dict[str | None, tuple[Result, ...]], by: str | None) -> dict[str, Any]:
    data = {"edition": edition.code, "digest": edition.digest, "status": edition.status, **grouped(parts[None])}
    line = follow_up(edition.plan, parts[None])
    data["follow_up"] = {"called_for": line.inputs["called_for"], "sentence": line.text} if line else None
    if by:
        groups = [{"value": value, **grouped(found)} for value, found in parts.items() if value is not None]
        data["by"] = {"column": by, "parts": groups}
    return data


def grouped(results: tuple[Result, ...]) -> dict[str, Any]:
    """Return results as plain values: scores, standards and the overall rating."""
    overall = [result for result in results if result.step.method not in SHARES + STANDARDS]
    return {
        "scores": [result.as_data() for result in results if result.step.method in SHARES],
        "standards": [result.as_data() for result in results if result.step.method in STANDARDS],
        "overall": overall[0].as_data() if overall else None,
    }


def _print(edition: Edition, parts: dict[str | None, tuple[Result, ...]], arguments: argparse.Namespace) -> None:
    print(f"{edition.title} ({edition.code}, {edition.status}, digest {edition.digest[:12]})")
    for value, results in parts.items():
        if value is not None:
            print(f"\n{arguments.by}: {value or '(empty)'}")
        rows = [row(result) for result in results]
        show.as_table(HEADS, rows, left=(0, 1, 8))
        if arguments.accounts:
            for result in results:
                print(f"\n{result.code}\n{result.account.as_text()}")
    line = follow_up(edition.plan, parts[None])
    if line:
        print(f"\n{line.text}")
    if parts[None] and parts[None][0].population == "unknown":
        print("\nNo case list was given: intervals speak of a large caseload (population: unknown).")


def row(result: Result) -> tuple[Any, ...]:
    """Return one line of the table of scores."""
    band = result.band.title.en if result.band else None
    if result.points is not None:
        band = f"{band} ({result.points} of {result.most_points} points)"
    return (
        result.code,
        result.step.title.en,
        result.sufficient,
        result.applicable,
        result.cases,
        result.per_cent,
        result.low,
        result.high,
        band,
    )
