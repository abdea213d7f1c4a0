"""The editions as files: the list and the questions as CSV or XLSX, an edition as JSON, its forms as XForms."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from inspectorate.methodology import editions
from inspectorate.methodology.documents import Document
from inspectorate.methodology.forms import Kind, Question, Section
from inspectorate.methodology.guidance import with_welsh
from inspectorate.register.downloads import as_csv
from inspectorate.standards.queries import EditionsAsked, QuestionsAsked, editions_page, sentences, shelf
from inspectorate.standards.queries.questions import chosen
from inspectorate.standards.queries.shelf import Held, UnknownError
from inspectorate.standards.xform import as_xform, form_id
from inspectorate.ui.workbook import Page, as_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST_HEADS = (
    "edition",
    "title",
    "year",
    "state",
    "in_force_from",
    "in_force_to",
    "kinds_of_case",
    "questions",
    "digest",
)
QUESTION_HEADS = {
    "code": 10,
    "kind": 16,
    "section": 22,
    "role": 11,
    "question": 70,
    "criterion": 10,
    "criterion_title": 34,
    "asked": 44,
    "answers": 44,
    "informs": 10,
    "scores": 34,
    "reasons": 44,
    "guidance": 70,
}


def editions_as_csv(asked: EditionsAsked, root: Path | None = None) -> HttpResponse:
    """Return the list of editions, narrowed and sorted as on the page."""
    rows = []
    for one in editions_page(asked, root)["editions"]:
        dates = (one.in_force_from, one.in_force_to)
        rows.append((one.code, one.title, one.year, one.state, *dates, "; ".join(one.kinds), one.questions, one.digest))
    return as_csv("editions", LIST_HEADS, rows)


def questions_as_csv(code: str, asked: QuestionsAsked, root: Path | None = None) -> HttpResponse:
    """Return the questions, narrowed as on the page, a line each."""
    held = shelf.held(code, root)
    rows = (_row(held, *found) for found in chosen(held, asked))
    return as_csv(_name(held, "questions"), tuple(QUESTION_HEADS), rows)


def questions_as_xlsx(code: str, asked: QuestionsAsked, root: Path | None = None) -> HttpResponse:
    """Return the same lines as a workbook, with the heads kept in sight and long texts wrapped."""
    held = shelf.held(code, root)
    rows = [tuple(QUESTION_HEADS), *(_row(held, *found) for found in chosen(held, asked))]
    page = Page("Questions", rows, tuple(QUESTION_HEADS.values()), wrap=True, in_sight="B2")
    return _file(as_workbook([page]), XLSX, _name(held, "questions.xlsx"))


def whole_edition_as_json(code: str, root: Path | None = None) -> HttpResponse:
    """Return every file of the edition as it stands, under one roof, with its digest."""
    held = shelf.held(code, root)
    welsh = _document(held, "cy") if (held.folder / "cy.yaml").exists() else {}
    named = (*editions.PARTS, *(name for name in editions.SUPPLEMENTS if (held.folder / f"{name}.yaml").exists()))
    parts = {name: with_welsh(_document(held, name), welsh) for name in named}
    whole = {
        "code": held.code,
        "status": held.edition.status,
        "digest": held.edition.digest,
        **parts,
        "guidance": {name: {"en": text.en, "cy": text.cy} for name, text in held.edition.guidance.items()},
        "examples": dict(held.examples),
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return _file(text, "application/json; charset=utf-8", _name(held, "edition.json"))


def kind_as_xform(code: str, kind_code: str, root: Path | None = None) -> HttpResponse:
    """Return the form of one kind of case for field clients; raise UnknownError where there is no such kind."""
    held = shelf.held(code, root)
    kinds = {kind.code: kind for kind in held.kinds}
    if kind_code not in kinds:
        raise UnknownError(kind_code)
    kind = kinds[kind_code]
    return _file(_xform(held, kind.code), "application/xml; charset=utf-8", f"{form_id(held.edition, kind)}.xml")


@lru_cache(maxsize=16)
def _xform(held: Held, kind_code: str) -> bytes:
    """Make the form once; an edition whose files change is held anew, and its forms are made anew."""
    return as_xform(held.edition, held.edition.form.kind(kind_code))


def _document(held: Held, name: str) -> Any:
    return Document(f"{name}.yaml", (held.folder / f"{name}.yaml").read_text(encoding="utf-8")).data


def _row(held: Held, kind: Kind, section: Section, question: Question) -> tuple[str, ...]:
    criterion = held.edition.nodes.get(question.criterion or "")
    guidance = held.edition.guidance.get(question.code)
    return (
        question.code,
        kind.title.en,
        section.title.en,
        question.role,
        question.text.en,
        criterion.code if criterion else "",
        criterion.title.en if criterion else "",
        sentences.when_asked(held.edition.form, question),
        "; ".join(_answer(option.text.en, option.counts) for option in question.options),
        question.prompts or "",
        "; ".join(step.title.en for step in held.scores_of.get(question.code, ())),
        "; ".join(reason.text.en for reason in question.reasons),
        guidance.en if guidance else "",
    )


def _answer(words: str, counts: str | None) -> str:
    plain = words.casefold().replace(" ", "_")
    return words if not counts or counts == plain else f"{words} (counts as {counts.replace('_', ' ')})"


def _name(held: Held, what: str) -> str:
    return f"{held.code.replace('/', '-')}-{what}"


def _file(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    kept = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=kept)
