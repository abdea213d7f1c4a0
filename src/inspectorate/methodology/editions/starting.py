"""A new edition: a small honest starter that passes the check, or a copy of another that it will replace."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inspectorate.methodology import editions
from inspectorate.methodology.documents import Document
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.editions.life import LIFE
from inspectorate.methodology.editions.writing import as_yaml, replace_file
from inspectorate.methodology.faults import Fault, FaultCode, Refused

CODE = re.compile(r"[a-z0-9-]+/[0-9]{4}")
REVIEWED_AFTER = 3
STARTER = "This is a starter. Write your own words, and take this line away."


def start(code: str, *, root: Path, like: str | None = None) -> Path:
    """Make the folder of a new edition, a draft, and return it; ``like`` names an edition to copy, which it replaces.

    Raises Refused where the code is none, where the folder is there already, and where the edition to copy has faults.
    """
    if not CODE.fullmatch(code):
        why = f"'{code}' is no code of an edition."
        raise _refusal(code, why, "Write programme/year in small letters and digits, such as court-work/2027.")
    folder = root / code
    if folder.exists():
        raise _refusal(code, "there is such a folder already.", "Choose another year, or go on with that one.")
    if like is None:
        for name, data in _starter(code).items():
            _write(folder / name, data)
    else:
        _copy(editions.load(like, root), root / like, folder, code)
    editions.read_folder(folder)
    return folder


def _refusal(code: str, why: str, remedy: str) -> Refused:
    return Refused([Fault(FaultCode.OUT_OF_RANGE, code, why, remedy)])


def _write(path: Path, data: Mapping[str, Any] | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, data if isinstance(data, str) else as_yaml(data))


def _copy(old: Edition, source: Path, folder: Path, code: str) -> None:
    """Copy every file as it stands; only what is said of the edition itself, and of its trends, is written anew."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(LIFE, ".*"))
    about = Document("edition.yaml", (source / "edition.yaml").read_text(encoding="utf-8")).data
    _write(folder / "edition.yaml", {**about, **_days(code), "replaces": old.code, "status": "draft", "checker": None})
    codes = dict.fromkeys((*(step.code for step in old.plan.steps), *old.form.kind_of))
    rows = [{"code": one, "was": [one], "comparable": "comparable"} for one in codes]
    _write(folder / "crosswalk.yaml", {**old.crosswalk, "from_previous": rows})


def _days(code: str) -> dict[str, Any]:
    year = int(code.partition("/")[2])
    return {
        "code": code,
        "in_force_from": f"{year}-04-01",
        "in_force_to": None,
        "next_review": f"{min(year + REVIEWED_AFTER, 9999)}-04-01",
    }


def _text(words: str) -> dict[str, str | None]:
    return {"en": words, "cy": None}


def _starter(code: str) -> dict[str, Mapping[str, Any] | str]:
    """Return the files of a starter, by name: one standard, one fact, one question, one score, one worked example."""
    return {
        "edition.yaml": _edition(code),
        "criteria.yaml": {"criteria": [_standard()]},
        "form.yaml": _form(),
        "guidance/work.md": (
            "# The work\n\nRead the whole case before you judge any of it.\n\n## A01\n"
            "**What sufficient looks like.** Say it here.\n\n"
            "**What does not excuse.** Say it here.\n\n**Where to look.** Say it here.\n"
        ),
        "scoring.yaml": {
            "steps": [
                {
                    "code": "the_work",
                    "title": _text("The work"),
                    "method": "pooled-share@1",
                    "questions": ["A01"],
                    "to_verify": "There are no bands yet: results are given in per cent alone.",
                }
            ],
            "panel": None,
        },
        "sampling.yaml": {"kinds": {"case": _sample()}},
        "timetable.yaml": {
            "events": [{"code": "fieldwork", "title": _text("Fieldwork"), "weeks": 0, "to_verify": STARTER}]
        },
        "examples/two_of_three.yaml": {
            "title": "Two of three",
            "because": "Two of the three cases were sufficient: 66.67 per cent, printed as 67.",
            "cases": [
                {"case": "K", "copies": 2, "facts": {"F01": "community"}, "others": "sufficient"},
                {"case": "L", "facts": {"F01": "custody"}, "others": "not_sufficient"},
            ],
            "expected": [{"step": "the_work", "sufficient": 2, "applicable": 3, "per_cent": 67}],
        },
    }


def _edition(code: str) -> dict[str, Any]:
    name = code.partition("/")[0].replace("-", " ").capitalize()
    return {
        "title": _text(name),
        "about": _text(
            "Say in one paragraph what is inspected, of whom and why, for a reader who has never heard of it."
        ),
        "legal_basis": _text("Say which law the inspection rests on."),
        **_days(code),
        "replaces": None,
        "status": "draft",
        "author": "Not named yet",
        "checker": None,
        "modules": [{"code": "main", "title": _text("Main inspection"), "led_by": None, "optional": False}],
        "sources": [],
        "to_verify": [{"what": _text("Every word and figure of this edition"), "why": _text(STARTER)}],
    }


def _standard() -> dict[str, Any]:
    criterion = {
        "code": "1.1",
        "level": "criterion",
        "title": _text("Assessment"),
        "text": _text("Say what an inspector must be able to see."),
        "to_verify": STARTER,
    }
    return {
        "code": "1",
        "level": "standard",
        "title": _text("The work"),
        "text": _text("Say in one sentence what must be true."),
        "to_verify": STARTER,
        "children": [criterion],
    }


def _form() -> dict[str, Any]:
    words = {"sufficient": "Sufficient", "not_sufficient": "Not sufficient", "not_applicable": "Not applicable"}
    judgement = [{"code": code, "text": _text(text), "counts": code} for code, text in words.items()]
    sentences = [("community", "Community order"), ("custody", "Custody")]
    fact = {
        "code": "F01",
        "role": "fact",
        "text": _text("What is the sentence?"),
        "answers": [{"code": one, "text": _text(text)} for one, text in sentences],
        "to_verify": STARTER,
    }
    question = {
        "code": "A01",
        "text": _text("Was the assessment good enough?"),
        "criterion": "1.1",
        "answers": "judgement",
        "to_verify": STARTER,
    }
    sections = [
        {"code": "facts", "title": _text("About the case"), "questions": [fact]},
        {"code": "work", "title": _text("The work"), "questions": [question]},
    ]
    kinds = [{"code": "case", "title": _text("Case"), "sections": sections}]
    return {"options": {"judgement": judgement}, "kinds": kinds}


def _sample() -> dict[str, Any]:
    return {
        "eligible": _text("Say which cases are on the list."),
        "size": {"method": "finite-population@1", "confidence": 0.8, "margin": 0.05, "share": 0.5},
        "strata": [],
        "hours_per_case": None,
        "compare": [],
        "replacement_reasons": [{"code": "not_eligible", "text": _text("The case should not have been on the list")}],
        "to_verify": STARTER,
    }
