"""``inspectorate editions list``, ``show`` and ``check``: which editions there are, and whether a folder is good."""

import argparse
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from inspectorate.config.cli import show
from inspectorate.methodology import editions
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.examples import differences
from inspectorate.methodology.faults import Fault, FaultCode, Refused


def configure(words: Any) -> None:
    """Add the words list, show and check."""
    words.add_parser("list", help="every edition, with its state and digest")
    one = words.add_parser("show", help="one edition: its questions and how it scores")
    one.add_argument("edition", metavar="E", help="the edition, such as iaow/2013")
    folder = words.add_parser(
        "check", help="whether a folder is a good edition: files, codes, routing, guidance, worked examples"
    )
    folder.add_argument(
        "folders", metavar="DIR", type=Path, nargs="*", help="the folder of an edition; left out: every edition in use"
    )


def _summary(edition: Edition) -> dict[str, Any]:
    questions = edition.form.kind_of.values()
    return {
        "edition": edition.code,
        "title": edition.title.en,
        "status": edition.status,
        "in_force_from": edition.about["in_force_from"],
        "kinds": [kind.code for kind in edition.form.kinds],
        "questions": len(questions),
        "steps": len(edition.plan.steps),
        "digest": edition.digest,
    }


def _list(arguments: argparse.Namespace) -> int:
    rows = [_summary(editions.load(code)) for code in editions.codes()]
    if arguments.json:
        show.as_json(rows)
        return 0
    heads = ("edition", "title", "status", "in force from", "questions", "digest")
    lines = [
        (r["edition"], r["title"], r["status"], r["in_force_from"], r["questions"], r["digest"][:12]) for r in rows
    ]
    show.as_table(heads, lines, left=(0, 1, 2, 3))
    return 0


def _show(arguments: argparse.Namespace) -> int:
    edition = editions.load(arguments.edition)
    questions = [
        {
            "code": question.code,
            "question": question.text.en,
            "role": question.role,
            "kind": kind.code,
            "section": section.code,
            "criterion": question.criterion,
            "asked_when": list(question.asked_when),
            "answers": [option.code for option in question.options],
        }
        for kind in edition.form.kinds
        for section in kind.sections
        for question in section.questions
    ]
    steps = [
        {"code": step.code, "title": step.title.en, "method": step.method, "questions": list(step.questions)}
        for step in edition.plan.steps
    ]
    if arguments.json:
        show.as_json({**_summary(edition), "form": questions, "scoring": steps})
        return 0
    print(f"{edition.title} ({edition.code}, {edition.status})\n{edition.about['about']['en']}\n")
    show.as_table(
        ("code", "question", "kind", "section", "criterion", "asked when"),
        [
            (q["code"], q["question"], q["kind"], q["section"], q["criterion"], ", ".join(q["asked_when"]) or "always")
            for q in questions
        ],
        left=(0, 1, 2, 3, 4, 5),
    )
    print()
    rows = [(step["code"], step["title"], step["method"], len(step["questions"]) or None) for step in steps]
    show.as_table(("step", "title", "method", "questions"), rows, left=(0, 1, 2))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    """Check the folders given, or every edition in use against the lock too; refuse with the faults of all of them."""
    every = not arguments.folders
    root = editions.standards_folder()
    found, faults = [], []
    with _without_collecting():
        for folder in [root / code for code in editions.codes()] if every else arguments.folders:
            try:
                found.append(_checked(folder, folder.relative_to(root).as_posix() if every else None))
            except Refused as refused:
                several = every or len(arguments.folders) > 1
                faults += [replace(one, file=f"{folder}: {one.file}") if several else one for one in refused.faults]
    if faults:
        raise Refused(faults)
    if arguments.json:
        show.as_json(found[0] if len(arguments.folders) == 1 else found)
        return 0
    for folder, one in zip(arguments.folders or [one["edition"] for one in found], found, strict=True):
        print(f"{folder}: a good edition. {len(one['examples'])} worked examples come out as they say.")
    if every:
        print(f"{len(found)} editions, and every adopted one is as it was adopted.")
    return 0


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no cycles of garbage meanwhile: that takes a tenth of the time of a check, and there is next to none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _checked(folder: Path, code: str | None) -> dict[str, Any]:
    """Return what is said of a good edition; raise Refused with the faults of any other. ``code`` names one in use."""
    if not folder.is_dir():
        why, remedy = "there is no such folder.", "Give the folder that holds edition.yaml."
        raise Refused([Fault(FaultCode.MISSING_FILE, str(folder), why, remedy)])
    edition = editions.load(code) if code else editions.read_folder(folder)
    examples = editions.read_examples(folder)
    faults = [fault for name, example in examples for fault in differences(edition, name, example)]
    if faults:
        raise Refused(faults)
    return {**_summary(edition), "examples": [name for name, _ in examples]}


RUNS = {"list": _list, "show": _show, "check": _check}
