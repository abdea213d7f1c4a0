"""The editions as they stand on the disk, each read once and kept until one of its files changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from inspectorate.methodology import editions
from inspectorate.methodology.criteria import Criterion
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import Kind, Question, Section
from inspectorate.methodology.plans import Step
from inspectorate.standards.queries.guidance import as_html


class UnknownError(LookupError):
    """There is no such edition, or no such question in it."""


@dataclass(frozen=True, eq=False)
class Held:
    """One edition with what the pages work out from it, once each."""

    edition: Edition
    folder: Path

    @property
    def code(self) -> str:
        """The code of the edition, such as ``iaow/2013``."""
        return self.edition.code

    @property
    def year(self) -> str:
        """The year in its code."""
        return self.code.split("/")[1]

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of case."""
        return self.edition.form.kinds

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, kind by kind, in the order of working."""
        return tuple(question for kind in self.kinds for question in kind.questions)

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section in which each question stands, by its code."""
        return {
            question.code: section for kind in self.kinds for section in kind.sections for question in section.questions
        }

    @cached_property
    def scores_of(self) -> dict[str, tuple[Step, ...]]:
        """The scores in which each question counts."""
        found: dict[str, tuple[Step, ...]] = {}
        for step in self.edition.plan.steps:
            for code in step.questions:
                found[code] = (*found.get(code, ()), step)
        return found

    @cached_property
    def prompts_of(self) -> dict[str, tuple[Question, ...]]:
        """The prompts that inform each summary question."""
        found: dict[str, tuple[Question, ...]] = {}
        for question in self.questions:
            if question.prompts:
                found[question.prompts] = (*found.get(question.prompts, ()), question)
        return found

    @cached_property
    def path_to(self) -> dict[str, tuple[Criterion, ...]]:
        """The way through the tree to each criterion, from the outermost to itself."""
        return {path[-1].code: path for root in self.edition.criteria for path in _paths(root, ())}

    @cached_property
    def guidance(self) -> dict[str, Mapping[str, SafeString]]:
        """The guidance of each question as HTML, ``{en, cy}``; a link to another code leads to that question."""
        places = {question.code.casefold(): self.question_href(question.code) for question in self.questions}
        return {
            code: {"en": as_html(text.en, places), "cy": as_html(text.cy, places) if text.cy else SafeString("")}
            for code, text in self.edition.guidance.items()
        }

    @cached_property
    def examples(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """The worked examples, by file name."""
        return editions.read_examples(self.folder)

    def only_with(self, kind: Kind) -> str:
        """Name the optional module with which alone there are cases of a kind; nothing where there always are."""
        return "" if kind in self.edition.kinds_in() else self.module_title(kind.module)

    def module_title(self, code: str) -> str:
        """Name a module of the edition; its code where it has none such."""
        titles = {module["code"]: str(module["title"]["en"]) for module in self.edition.about["modules"]}
        return titles.get(code, code)

    def href(self, page: str = "edition") -> str:
        """Return the address of one of the pages of this edition."""
        programme, year = self.code.split("/")
        return reverse(f"standards:{page}", args=[programme, year])

    def question_href(self, code: str) -> str:
        """Return the address of one question."""
        programme, year = self.code.split("/")
        return reverse("standards:question", args=[programme, year, code])

    def xform_href(self, kind: Kind) -> str:
        """Return the address of the form of one kind of case as an XForm."""
        programme, year = self.code.split("/")
        return reverse("standards:xform", args=[programme, year, kind.code])


def codes(root: Path | None = None) -> tuple[str, ...]:
    """Return the code of every edition, sorted."""
    return editions.codes(root)


def held(code: str, root: Path | None = None) -> Held:
    """Return one edition; raise UnknownError where there is none, and Refused where its folder has faults."""
    root = root or editions.standards_folder()
    if not editions.exists(code, root):
        raise UnknownError(code)
    return _read(code, root, editions.stamp_of(code, root))


@lru_cache(maxsize=64)
def _read(code: str, root: Path, _stamp: editions.Stamp) -> Held:
    return Held(editions.load(code, root), root / code)


def _paths(node: Criterion, above: tuple[Criterion, ...]) -> Iterator[tuple[Criterion, ...]]:
    here = (*above, node)
    yield here
    for child in node.children:
        yield from _paths(child, here)
