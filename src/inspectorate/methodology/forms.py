"""The form of an edition: which questions there are, when each is asked, and what each answer counts as.

Routing is worked out for all cases of a kind at once, on coded arrays, so that the same few lines serve a single case
on screen and a year of cases in a file. Source: ../standards/README.md, "form.yaml".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.texts import Text

ABSENT = -1
"""The code that stands in a matrix of answers where nothing was answered."""

Counts = Literal["sufficient", "not_sufficient", "not_applicable"]
COUNTS: dict[str | None, int] = {None: 0, "sufficient": 1, "not_sufficient": 2, "not_applicable": 3}
"""What an answer counts as, as the small integers of a matrix of judgements; 0 is an answer that counts as nothing."""


def plain(word: str) -> str:
    """Return a word as it is compared: whatever the case, with a line for spaces and hyphens."""
    return word.strip().casefold().replace(" ", "_").replace("-", "_")


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer, or one reason; ``counts`` is None for facts and reasons."""

    code: str
    text: Text
    counts: Counts | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule holds: ``is`` (question, values), or ``all``, ``any`` or ``not`` of other conditions."""

    kind: Literal["is", "all", "any", "not"]
    question: str = ""
    values: tuple[str, ...] = ()
    parts: tuple["Condition", ...] = ()

    def questions(self) -> Iterator[str]:
        """Yield the code of every question that the condition looks at."""
        if self.kind == "is":
            yield self.question
        for part in self.parts:
            yield from part.questions()

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield every (question, answer) that the condition names."""
        for value in self.values:
            yield self.question, value
        for part in self.parts:
            yield from part.told()


@dataclass(frozen=True, slots=True)
class Rule:
    """A named condition of routing."""

    code: str
    title: Text
    when: Condition


@dataclass(frozen=True, slots=True)
class Question:
    """One question. A fact routes, a prompt informs, a judgement is scored; facts have no criterion."""

    code: str
    text: Text
    role: Literal["fact", "prompt", "judgement"]
    criterion: str | None
    options: tuple[Option, ...]
    asked_when: tuple[str, ...] = ()
    required: bool = True
    reasons: tuple[Option, ...] = ()
    prompts: str | None = None
    added: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form, in the order of working."""

    code: str
    title: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of case and its form."""

    code: str
    title: Text
    sections: tuple[Section, ...]
    module: str = ""
    """The module in which alone there are such cases, and so a list and a sample; empty where there always are."""

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question of the kind in the order of working; its place here is its column in a matrix."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def place(self) -> dict[str, int]:
        """The column of each question, by code."""
        return {question.code: column for column, question in enumerate(self.questions)}

    @cached_property
    def counts(self) -> NDArray[np.int8]:
        """What each option counts as, shape (questions, most options + 1); the last column is ABSENT and counts 0."""
        width = max((len(question.options) for question in self.questions), default=0)
        table = np.zeros((len(self.questions), width + 1), dtype=np.int8)
        for column, question in enumerate(self.questions):
            for number, option in enumerate(question.options):
                table[column, number] = COUNTS[option.counts]
        return table


@dataclass(frozen=True)
class Form:
    """All kinds of case of an edition, with the rules of routing they share."""

    kinds: tuple[Kind, ...]
    rules: Mapping[str, Rule]

    @cached_property
    def kind_of(self) -> dict[str, Kind]:
        """The kind in which each question stands, by the question's code."""
        return {question.code: kind for kind in self.kinds for question in kind.questions}

    @cached_property
    def spelled(self) -> dict[tuple[str, str], int]:
        """The number of each option, by its question and each way of writing it down: see ``plain``."""
        found: dict[tuple[str, str], int] = {}
        for code, kind in self.kind_of.items():
            for number, option in enumerate(kind.questions[kind.place[code]].options):
                for word in (option.code, plain(option.code), plain(option.text.en)):
                    found.setdefault((code, word), number)
        return found

    def kind(self, code: str) -> Kind:
        """Return the kind of that code."""
        return next(kind for kind in self.kinds if kind.code == code)

    def question(self, code: str) -> Question:
        """Return the question of that code."""
        kind = self.kind_of[code]
        return kind.questions[kind.place[code]]

    def asked(self, kind: Kind, values: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Say which questions are asked in which cases.

        ``values`` holds the number of the option chosen, shape (cases, questions), ABSENT where there is none; the
        result has the same shape. A rule that looks at a question which is itself not asked does not hold there.
        """
        asked = np.ones(values.shape, dtype=np.bool_)
        held: dict[str, NDArray[np.bool_]] = {}
        for column in range(len(kind.questions)):
            self.route(kind, values, column, asked, held)
        return asked

    def route(
        self,
        kind: Kind,
        values: NDArray[np.int8],
        column: int,
        asked: NDArray[np.bool_],
        held: dict[str, NDArray[np.bool_]],
    ) -> None:
        """Say in ``asked`` in which cases the question at ``column`` is asked, those before it being answered.

        ``held`` keeps where each rule holds: a rule looks only at questions before the first that names it.
        """
        for code in kind.questions[column].asked_when:
            if code not in held:
                held[code] = _holds(self.rules[code].when, kind, values, asked)
            asked[:, column] &= held[code]


def _holds(condition: Condition, kind: Kind, values: NDArray[np.int8], asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    if condition.kind == "is":
        column = kind.place[condition.question]
        options = kind.questions[column].options
        # One entry for each option, and a last one for ABSENT, which is never among those looked for.
        wanted = np.array([*(option.code in condition.values for option in options), False])
        return wanted[values[:, column]] & asked[:, column]
    parts = [_holds(part, kind, values, asked) for part in condition.parts]
    if condition.kind == "not":
        return ~parts[0]
    together = np.logical_and if condition.kind == "all" else np.logical_or
    held: NDArray[np.bool_] = together.reduce(parts)
    return held


def judged(kind: Kind, values: NDArray[np.int8]) -> NDArray[np.int8]:
    """Turn options chosen into what they count as (see COUNTS); the shape stays (cases, questions)."""
    return kind.counts[np.arange(values.shape[1])[None, :], values]


def read_form(data: Mapping[str, Any]) -> Form:
    """Make the form from the checked contents of ``form.yaml``."""
    sets = {code: _options(items) for code, items in data.get("options", {}).items()}
    reasons = {code: _options(items) for code, items in data.get("reasons", {}).items()}
    rules = {
        code: Rule(code, Text.read(rule["title"]), read_condition(rule["when"]))
        for code, rule in data.get("rules", {}).items()
    }
    return Form(tuple(_kind(kind, sets, reasons) for kind in data["kinds"]), rules)


def _options(items: list[dict[str, Any]]) -> tuple[Option, ...]:
    return tuple(Option(item["code"], Text.read(item["text"]), item.get("counts")) for item in items)


def read_condition(data: Mapping[str, Any]) -> Condition:
    """Make a condition from the checked contents of a rule's ``when``."""
    if "question" in data:
        return Condition("is", question=data["question"], values=tuple(data["is"]))
    if "not" in data:
        return Condition("not", parts=(read_condition(data["not"]),))
    word: Literal["all", "any"] = "all" if "all" in data else "any"
    return Condition(word, parts=tuple(map(read_condition, data[word])))


def _kind(
    data: Mapping[str, Any], sets: Mapping[str, tuple[Option, ...]], reasons: Mapping[str, tuple[Option, ...]]
) -> Kind:
    return Kind(
        code=data["code"],
        title=Text.read(data["title"]),
        sections=tuple(
            Section(
                code=section["code"],
                title=Text.read(section["title"]),
                questions=tuple(_question(item, sets, reasons) for item in section["questions"]),
            )
            for section in data["sections"]
        ),
        module=data.get("module", ""),
    )


def _question(
    data: Mapping[str, Any], sets: Mapping[str, tuple[Option, ...]], reasons: Mapping[str, tuple[Option, ...]]
) -> Question:
    answers, why = data["answers"], data.get("reasons", [])
    return Question(
        code=data["code"],
        text=Text.read(data["text"]),
        role=data.get("role", "judgement"),
        criterion=data.get("criterion"),
        options=sets[answers] if isinstance(answers, str) else _options(answers),
        asked_when=tuple(data.get("asked_when", ())),
        required=data.get("required", True),
        reasons=reasons[why] if isinstance(why, str) else _options(why),
        prompts=data.get("prompts"),
        added=data.get("added"),
    )
