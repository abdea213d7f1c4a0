"""The tree of criteria, each with the questions that name it."""

from pathlib import Path
from typing import Any

from inspectorate.methodology.criteria import Criterion
from inspectorate.methodology.forms import Question
from inspectorate.standards.queries import shelf
from inspectorate.standards.queries.front import head
from inspectorate.standards.queries.sentences import LEVELS, said, sourced
from inspectorate.standards.queries.shelf import Held


def criteria_page(code: str, root: Path | None = None) -> dict[str, Any]:
    """Return the tree, branch by branch."""
    held = shelf.held(code, root)
    naming: dict[str, list[Question]] = {}
    for question in held.questions:
        if question.criterion:
            naming.setdefault(question.criterion, []).append(question)
    sections = {section.code for kind in held.kinds for section in kind.sections}
    placed = {*held.edition.form.kind_of, *held.edition.nodes, *sections}
    return {
        **head(held),
        "branches": [_branch(held, node, naming, 2) for node in held.edition.criteria],
        "besides": [words for name, words in held.guidance.items() if name not in placed],
    }


def _branch(held: Held, node: Criterion, naming: dict[str, list[Question]], depth: int) -> dict[str, Any]:
    named = naming.get(node.code, [])
    return {
        "code": node.code,
        "level": LEVELS[node.level],
        "title": said(node.title),
        "text": node.text,
        "source": sourced(node.source),
        "to_verify": node.to_verify,
        "depth": depth,
        "guidance": held.guidance.get(node.code, {}),
        "questions": [_line(held, question) for question in named if question.role != "prompt"],
        "prompts": [_line(held, question) for question in named if question.role == "prompt"],
        "branches": [_branch(held, child, naming, depth + 1) for child in node.children],
    }


def _line(held: Held, question: Question) -> dict[str, Any]:
    return {"code": question.code, "text": question.text, "href": held.question_href(question.code)}
