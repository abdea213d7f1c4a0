"""The form of an edition, and one question of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from inspectorate.methodology.criteria import Criterion
from inspectorate.methodology.forms import Kind, Question, Section
from inspectorate.methodology.plans import Step
from inspectorate.standards.queries import sentences, shelf
from inspectorate.standards.queries.compared import since_before
from inspectorate.standards.queries.front import head
from inspectorate.standards.queries.sentences import said
from inspectorate.standards.queries.shelf import Held
from inspectorate.ui.words import written_date


@dataclass(frozen=True, slots=True)
class QuestionsAsked:
    """What the form is narrowed to, as it stands in the address."""

    q: str = ""
    kind: str = ""
    section: str = ""
    criterion: str = ""
    score: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Take it from the address."""
        return cls(**{name: given.get(name, "").strip()[:100] for name in cls.__slots__})

    @property
    def any(self) -> bool:
        """Say whether anything narrows the form."""
        return any(getattr(self, name) for name in type(self).__slots__)


def questions_page(code: str, asked: QuestionsAsked, root: Path | None = None) -> dict[str, Any]:
    """Return the form kind by kind and section by section, narrowed to what is asked for."""
    held = shelf.held(code, root)
    kinds = list(_kinds(held, asked))
    return {
        **head(held),
        "asked": asked,
        "shown_kinds": kinds,
        "several": len(held.kinds) > 1,
        "shown": sum(section["number"] for kind in kinds for section in kind["sections"]),
        "choices": _choices(held),
    }


def chosen(held: Held, asked: QuestionsAsked) -> Iterator[tuple[Kind, Section, Question]]:
    """Yield the questions asked for, in the order of the page: a prompt stands under its summary question."""
    for kind in held.kinds:
        if asked.kind not in {"", kind.code}:
            continue
        for section in kind.sections:
            if asked.section not in {"", section.code}:
                continue
            for question in section.questions:
                family = (question, *held.prompts_of.get(question.code, ()))
                if question.prompts or not any(_matches(held, one, asked) for one in family):
                    continue
                for one in family:
                    yield kind, section, one


def _matches(held: Held, question: Question, asked: QuestionsAsked) -> bool:
    if asked.score and asked.score not in {step.code for step in held.scores_of.get(question.code, ())}:
        return False
    path = held.path_to.get(question.criterion or "", ())
    if asked.criterion and asked.criterion not in {node.code for node in path}:
        return False
    guidance = held.edition.guidance.get(question.code)
    text = f"{question.code} {question.text} {guidance.en if guidance else ''}".casefold()
    return all(word in text for word in asked.q.casefold().split())


def _kinds(held: Held, asked: QuestionsAsked) -> Iterator[dict[str, Any]]:
    sections: dict[str, dict[str, list[Question]]] = {}
    for kind, section, question in chosen(held, asked):
        sections.setdefault(kind.code, {}).setdefault(section.code, []).append(question)
    for kind in held.kinds:
        found = sections.get(kind.code, {})
        parts = [
            _section(section, found[section.code], held.guidance.get(section.code, {}))
            for section in kind.sections
            if section.code in found
        ]
        if parts:
            named = {"code": kind.code, "title": said(kind.title), "only_with": held.only_with(kind)}
            yield {**named, "sections": parts}


def _section(section: Section, questions: list[Question], guidance: Mapping[str, str]) -> dict[str, Any]:
    """Return one section with the codes of its cards; a prompt stands inside the card of its summary question."""
    return {
        "code": section.code,
        "title": said(section.title),
        "number": len(questions),
        "guidance": guidance,
        "codes": [question.code for question in questions if not question.prompts],
    }


def card_of(held: Held, question: Question) -> dict[str, Any]:
    """Return what a card of the form shows of one question."""
    path = held.path_to.get(question.criterion or "", ())
    return {
        "code": question.code,
        "text": question.text,
        "role": question.role,
        "href": held.question_href(question.code),
        "when": sentences.when_asked(held.edition.form, question) if question.asked_when else "",
        "about": " · ".join(_about(question, path)),
        "answers": sentences.how_answers_count(question),
        "reasons": question.reasons,
        "guidance": held.guidance.get(question.code, {}),
        "prompts": [card_of(held, one) for one in held.prompts_of.get(question.code, ())],
    }


def _about(question: Question, path: tuple[Criterion, ...]) -> Iterator[str]:
    if path:
        yield f"Criterion {path[-1].code}, {said(path[-1].title)}"
    if not question.required:
        yield "may be left open"
    if question.added:
        yield f"added on {written_date(question.added)}"


def _score(held: Held, step: Step) -> str:
    """Name a score; its code stands first where it is also the code of a criterion, for titles may repeat."""
    return f"{step.code} {said(step.title)}" if step.code in held.edition.nodes else said(step.title)


def _choices(held: Held) -> dict[str, list[tuple[str, str]]]:
    """Return what each filter offers, as (value, words)."""
    used = {node.code for question in held.questions for node in held.path_to.get(question.criterion or "", ())}
    several = len(held.kinds) > 1
    return {
        "kind": [(kind.code, said(kind.title)) for kind in held.kinds] if several else [],
        "section": [
            (section.code, f"{said(kind.title)}: {said(section.title)}" if several else said(section.title))
            for kind in held.kinds
            for section in kind.sections
        ],
        "criterion": [
            (node.code, f"{node.code} {said(node.title)}") for node in held.edition.nodes.values() if node.code in used
        ],
        "score": [(step.code, _score(held, step)) for step in held.edition.plan.steps if step.questions],
    }


def question_page(code: str, question_code: str, root: Path | None = None) -> dict[str, Any]:
    """Return one question with all that bears on it, and its neighbours in the order of working."""
    held = shelf.held(code, root)
    form = held.edition.form
    if question_code not in form.kind_of:
        raise shelf.UnknownError(question_code)
    question, kind = form.question(question_code), form.kind_of[question_code]
    place = kind.place[question_code]
    before, after = kind.questions[place - 1 : place], kind.questions[place + 1 : place + 2]
    return {
        **head(held),
        "question": question,
        "card": card_of(held, question),
        "kind": said(kind.title),
        "several": len(held.kinds) > 1,
        "section": held.section_of[question_code],
        "path": held.path_to.get(question.criterion or "", ()),
        "rules": [_rule(held, rule) for rule in question.asked_when],
        "options": [_option(option) for option in question.options],
        "welsh": any(option.text.cy for option in question.options),
        "scores": held.scores_of.get(question_code, ()),
        "steers": list(_steered(held, question)),
        "since": since_before(held, question_code, root),
        "here": f"{place + 1} of {len(kind.questions)} questions",
        "previous": held.question_href(before[0].code) if before else None,
        "next": held.question_href(after[0].code) if after else None,
    }


def _option(option: Any) -> dict[str, Any]:
    words = dict(sentences.COUNTED)
    return {"text": option.text, "counts": words.get(option.counts, "")}


def _rule(held: Held, code: str) -> dict[str, Any]:
    rule = held.edition.form.rules[code]
    facts = [fact | {"href": held.question_href(fact["code"])} for fact in sentences.told(held.edition.form, rule.when)]
    return {"title": said(rule.title), "facts": facts}


def _steered(held: Held, question: Question) -> Iterator[dict[str, Any]]:
    """Yield the rules that look at this question, each with the questions that are asked by it."""
    for rule in held.edition.form.rules.values():
        if question.code in set(rule.when.questions()):
            asked = [one for one in held.questions if rule.code in one.asked_when]
            yield {
                "title": said(rule.title),
                "questions": [{"code": one.code, "href": held.question_href(one.code)} for one in asked],
            }
