"""What the commands read: tables, ratings and editions from files, with refusals told and exit code 2."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from inspectorate.methodology.answers import Answers, is_wide, read_answers, read_wide
from inspectorate.methodology.cases import CaseList
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.tables import Table, read_table
from inspectorate.sampling.files import rows_of

REFUSED = 2
"""The exit code of a refused input."""


def content_of(path: str) -> bytes:
    """Return the bytes of a file; raise Refused where it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        why = f"the file cannot be read ({error.strerror or error})."
        raise Refused([Fault(FaultCode.MISSING_FILE, path, why, "Check the path.")]) from error


def table_from(path: str, required: tuple[str, ...]) -> Table:
    """Return the table in a CSV or XLSX file."""
    return read_table(Path(path).name, rows_of(Path(path).name, content_of(path)), required)


def answers_from(path: str, edition: Edition, case_list: CaseList | None, assessment: str | None = None) -> Answers:
    """Return the answers in a file: one answer a row, or a wide sheet of one case a row."""
    name = Path(path).name
    rows = rows_of(name, content_of(path))
    if is_wide(rows, edition.form.kind_of):
        return read_wide(name, rows, edition.form, edition=edition.code, case_list=case_list)
    table = read_table(name, rows, ("case", "question", "judgement"))
    return read_answers(table, edition.form, case_list=case_list, assessment=assessment)


def ratings_from(path: str) -> Any:
    """Return what a JSON file holds; raise Refused with line and column where it is no JSON."""
    name = Path(path).name
    try:
        return json.loads(content_of(path).decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise Refused([Fault(FaultCode.UNREADABLE, name, "it is not UTF-8 text.", "Save it as UTF-8.")]) from error
    except json.JSONDecodeError as error:
        why = f"this is not JSON: {error.msg}, at character {error.colno}."
        raise Refused([Fault(FaultCode.UNREADABLE, name, why, "Check commas and quotes.", error.lineno)]) from error
    except RecursionError as error:
        why, remedy = "it is nested far too deeply to be a file of ratings.", 'Write {"1.1": "Good", …}.'
        raise Refused([Fault(FaultCode.UNREADABLE, name, why, remedy)]) from error
    except ValueError as error:
        raise Refused([Fault(FaultCode.REPEATED_CODE, name, str(error), "Keep one of them.")]) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"'{key}' stands there twice.")
        found[key] = value
    return found


def refusing(run: Callable[[], int], *, as_json: bool) -> int:
    """Run a command; where its input is refused, tell every fault and return exit code 2."""
    try:
        return run()
    except Refused as refused:
        if as_json:
            print(json.dumps({"refused": [fault.as_data() for fault in refused.faults]}, indent=2, ensure_ascii=False))
        count = len(refused.faults)
        print(f"Refused: {count} fault{'s' if count != 1 else ''}. Nothing was done.", file=sys.stderr)
        for fault in refused.faults:
            print(f"  {fault.where} [{fault.code}]: {fault.why} {fault.remedy}", file=sys.stderr)
        return REFUSED


def refuse(place: str, why: str, remedy: str) -> None:
    """Refuse an argument, naming it."""
    raise Refused([Fault(FaultCode.OUT_OF_RANGE, place, why, remedy)])


def known_modules(edition: Edition, named: Sequence[str]) -> None:
    """Refuse a module that the edition does not have."""
    known = [module["code"] for module in edition.about["modules"]]
    for module in named:
        if module not in known:
            refuse("--module", f"{edition.code} has no module '{module}'.", f"Its modules are: {', '.join(known)}.")
