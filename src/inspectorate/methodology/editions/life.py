"""The life of an edition: draft, then piloted, then adopted, each with a person, a day and a reason; never backwards.

Adoption stands in ``adopted.lock``, beside all editions; what came before stands in ``life.yaml`` in the edition's
folder, which is no part of the digest. Source: docs/decisions/0013-the-life-of-an-edition.md.
"""

import json
import re
from dataclasses import asdict
from datetime import date
from pathlib import Path

from inspectorate.methodology import editions
from inspectorate.methodology.editions import LOCK, Adoption, Edition, Moment
from inspectorate.methodology.editions.writing import as_yaml, replace_file
from inspectorate.methodology.faults import Fault, FaultCode, Refused

STATES = ("draft", "piloted", "adopted")
LIFE = "life.yaml"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def pilot(code: str, *, root: Path, by: str, on: str, reason: str) -> Moment:
    """Say that an edition is being tried from that day (as text, 2026-11-21).

    One that only its ``edition.yaml`` calls piloted gets its person, day and reason. Raises Refused when it has faults,
    or has been piloted or adopted before.
    """
    edition = editions.load(code, root)
    _refuse_blanks(code, by, reason)
    if any(moment.state == "piloted" for moment in edition.before_adoption):
        raise _refusal(code, f"it has been piloted since {edition.before_adoption[-1].on}.", "Adopt it, or change it.")
    return record(edition, root / code, Moment("piloted", on, by.strip(), reason.strip(), edition.digest))


def adopt(code: str, *, root: Path, by: str, on: str, reason: str) -> Adoption:
    """Adopt an edition: put its digest into ``adopted.lock``, with person, day (as text) and reason.

    Raises Refused when the edition has faults, an example does not come out as it says, it was never piloted, or it was
    adopted before.
    """
    edition = editions.load(code, root)
    if edition.adoption:
        why, remedy = f"it was adopted on {edition.adoption.on} already.", "Write a new edition that replaces it."
        raise Refused([Fault(FaultCode.CHANGED_AFTER_ADOPTION, code, why, remedy)])
    _refuse_blanks(code, by, reason)
    if edition.status != "piloted":
        raise _refusal(code, f"it is a {edition.status}.", "Pilot it first: inspectorate editions pilot.")
    _refuse_day(edition, on)
    _refuse_examples(edition, root / code)
    entry = Adoption(edition.digest, on, by.strip(), reason.strip())
    entries = {name: asdict(adoption) for name, adoption in {**editions.adoptions(root), code: entry}.items()}
    replace_file(root / LOCK, json.dumps(dict(sorted(entries.items())), indent=2, ensure_ascii=False) + "\n")
    return entry


def record(edition: Edition, folder: Path, moment: Moment) -> Moment:
    """Write a state before adoption down in ``life.yaml``; raise Refused where it would go backwards."""
    if edition.adoption:
        why = f"it was adopted on {edition.adoption.on}, and nothing comes after that."
        raise _refusal(edition.code, why, "Write a new edition that replaces it.")
    _refuse_day(edition, moment.on)
    moments = [asdict(one) for one in (*edition.before_adoption, moment)]
    replace_file(folder / LIFE, as_yaml({"life": moments}))
    return moment


def _refuse_examples(edition: Edition, folder: Path) -> None:
    from inspectorate.methodology.examples import differences  # noqa: PLC0415 - examples are run on what this package reads

    faults = [
        fault for name, example in editions.read_examples(folder) for fault in differences(edition, name, example)
    ]
    if faults:
        raise Refused(faults)


def _refuse_blanks(code: str, by: str, reason: str) -> None:
    blank = [name for name, words in (("the person's name", by), ("the reason", reason)) if not words.strip()]
    if blank:
        raise _refusal(code, f"{' and '.join(blank)} cannot be empty.", "Say who answers for it, and why.")


def _refuse_day(edition: Edition, on: str) -> None:
    try:
        day = date.fromisoformat(on) if DAY.fullmatch(on) else None
    except ValueError:
        day = None
    if day is None:
        raise _refusal(edition.code, f"'{on}' is no day.", "Write it as 2026-11-21.")
    last = edition.before_adoption[-1] if edition.before_adoption else None
    if last and on < last.on:
        why = f"{on} lies before {last.on}, when it became {last.state}."
        raise _refusal(edition.code, why, "Give that day or a later one.")


def _refusal(code: str, why: str, remedy: str) -> Refused:
    return Refused([Fault(FaultCode.OUT_OF_RANGE, code, why, remedy)])
