"""Two editions side by side: what was added, removed, reworded and rescored, and which trends the crosswalk allows.

English is compared; Welsh follows it. A question is *reworded* when its words, or those of its answers or reasons,
differ, and *rescored* when something differs on which a result hangs: its role, criterion, answers, routing, the scores
in which it counts. Where only the guidance differs that is told too, for it changes what is found sufficient.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from inspectorate.methodology.bands import Bands
from inspectorate.methodology.conditions import spelled
from inspectorate.methodology.criteria import Criterion
from inspectorate.methodology.crosswalk import Crosswalk, read_crosswalk, was_of
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import Form, Question
from inspectorate.methodology.pairing import Pair, paired
from inspectorate.methodology.plans import Step
from inspectorate.methodology.wording import Wording, plain

Finding = Literal["added", "removed", "reworded", "rescored", "guidance", "unchanged"]
GUIDANCE = "The guidance"
FINDINGS: tuple[Finding, ...] = ("added", "removed", "reworded", "rescored", "guidance", "unchanged")


@dataclass(frozen=True, slots=True)
class Setting:
    """Something on which a result hangs, as it was and as it is, in words."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One question, criterion or step. ``old`` and ``new`` are its codes; None where the edition has none such.

    ``reused`` is true of what was added under a code that stood for something else in the old edition.
    """

    old: str | None
    new: str | None
    old_title: str
    new_title: str
    findings: tuple[Finding, ...]
    wordings: tuple[Wording, ...] = ()
    settings: tuple[Setting, ...] = ()
    reused: bool = False

    @property
    def code(self) -> str:
        """The code in the new edition, or the old one of what was removed."""
        return self.new or self.old or ""

    @property
    def title(self) -> str:
        """The words in the new edition, or the old ones of what was removed."""
        return self.new_title or self.old_title


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between two editions, in the order of the new one."""

    old: str
    new: str
    questions: tuple[Compared, ...]
    criteria: tuple[Compared, ...]
    steps: tuple[Compared, ...]
    crosswalk: Crosswalk

    def counts(self) -> dict[Finding, int]:
        """Return how many questions were added, removed and so on; one may be both reworded and rescored."""
        return {finding: sum(finding in one.findings for one in self.questions) for finding in FINDINGS}


def compare(old: Edition, new: Edition) -> Comparison:
    """Compare two editions; the crosswalk counts only where ``new`` says that it replaces ``old``."""
    was = was_of(old, new)
    pairs = [paired(words(old), words(new), was) for words in (_questions, _criteria, _steps)]
    both = _Both(old, new, *({before: now for before, now in found if before and now} for found in pairs))
    questions, criteria, steps = (
        tuple(_compared(pair, titles(old), titles(new), differs) for pair in found)
        for found, titles, differs in zip(
            pairs,
            (_questions, _criterion_titles, _step_titles),
            (both.question, both.criterion, both.step),
            strict=True,
        )
    )
    return Comparison(old.code, new.code, questions, criteria, steps, read_crosswalk(old, new, questions, steps))


Differs = Callable[[str, str], tuple[Iterable[Wording], Iterable[Setting]]]


def _compared(pair: Pair, old: Mapping[str, str], new: Mapping[str, str], differs: Differs) -> Compared:
    before, now = pair
    if now is None:
        return Compared(before, None, old[before or ""], "", ("removed",))
    if before is None:
        return Compared(None, now, "", new[now], ("added",), reused=now in old)
    texts, settings = differs(before, now)
    wordings = tuple(text for text in texts if plain(text.old) != plain(text.new))
    changed = tuple(setting for setting in settings if setting.old != setting.new)
    found: list[Finding] = []
    if any(text.of != GUIDANCE for text in wordings):
        found.append("reworded")
    if changed:
        found.append("rescored")
    if any(text.of == GUIDANCE for text in wordings):
        found.append("guidance")
    return Compared(before, now, old[before], new[now], tuple(found) or ("unchanged",), wordings, changed)


def _questions(edition: Edition) -> dict[str, str]:
    return {code: edition.form.question(code).text.en for code in edition.form.kind_of}


def _criteria(edition: Edition) -> dict[str, str]:
    return {code: f"{node.title.en} {node.text.en if node.text else ''}" for code, node in edition.nodes.items()}


def _criterion_titles(edition: Edition) -> dict[str, str]:
    return {code: node.title.en for code, node in edition.nodes.items()}


def _steps(edition: Edition) -> dict[str, str]:
    return {step.code: f"{step.title.en} {step.sentence.en if step.sentence else ''}" for step in edition.plan.steps}


def _step_titles(edition: Edition) -> dict[str, str]:
    return {step.code: step.title.en for step in edition.plan.steps}


class _Both:
    """Two editions, with the new code of every old question, criterion and step that lives on."""

    def __init__(
        self,
        old: Edition,
        new: Edition,
        questions: Mapping[str, str],
        criteria: Mapping[str, str],
        steps: Mapping[str, str],
    ) -> None:
        self.old, self.new = old, new
        self.questions, self.criteria, self.steps = questions, criteria, steps
        self.counted = (_counted(old, steps), _counted(new, {}))
        self.parents = (_parents(old), _parents(new))

    def question(self, before: str, now: str) -> tuple[Iterable[Wording], Iterable[Setting]]:
        """Return texts and settings of one question, those that are the same included."""
        old, new = self.old.form.question(before), self.new.form.question(now)
        return self._question_texts(old, new), self._question_settings(old, new)

    def _question_texts(self, old: Question, new: Question) -> Iterator[Wording]:
        yield Wording("The question", old.text.en, new.text.en)
        answers = ({option.code: option.text.en for option in question.options} for question in (old, new))
        before, now = answers
        for code in before:
            if code in now:
                yield Wording(f"The answer ‘{code}’", before[code], now[code])
        yield Wording("The reasons", *("; ".join(reason.text.en for reason in one.reasons) for one in (old, new)))
        guides = (self.old.guidance.get(old.code), self.new.guidance.get(new.code))
        yield Wording(GUIDANCE, *(text.en if text else "" for text in guides))

    def _question_settings(self, old: Question, new: Question) -> Iterator[Setting]:
        yield Setting("What it is", old.role, new.role)
        yield self._criterion(old, new)
        yield Setting("How its answers count", _answers(old), _answers(new))
        yield Setting(
            "When it is asked", _routing(self.old.form, old, self.questions), _routing(self.new.form, new, {})
        )
        yield Setting("May be left open", "no" if old.required else "yes", "no" if new.required else "yes")
        yield Setting("Informs", self.questions.get(old.prompts or "", old.prompts or ""), new.prompts or "")
        counted = (codes.get(code, ()) for codes, code in zip(self.counted, (old.code, new.code), strict=True))
        yield Setting("Counts in", *(", ".join(sorted(codes)) or "no score" for codes in counted))

    def _criterion(self, old: Question, new: Question) -> Setting:
        before, now = old.criterion or "none", new.criterion or "none"
        return Setting("Its criterion", now if self.criteria.get(before) == now else before, now)

    def criterion(self, before: str, now: str) -> tuple[Iterable[Wording], Iterable[Setting]]:
        """Return texts and settings of one criterion."""
        old, new = self.old.nodes[before], self.new.nodes[now]
        above = (self.parents[0].get(before, ""), self.parents[1].get(now, ""))
        texts = (
            Wording("The title", old.title.en, new.title.en),
            Wording("The text", old.text.en if old.text else "", new.text.en if new.text else ""),
        )
        settings = (
            Setting("What it is", old.level.replace("_", " "), new.level.replace("_", " ")),
            Setting("Stands under", self.criteria.get(above[0], above[0]), above[1]),
        )
        return texts, settings

    def step(self, before: str, now: str) -> tuple[Iterable[Wording], Iterable[Setting]]:
        """Return texts and settings of one step of scoring."""
        old, new = self.old.plan.step(before), self.new.plan.step(now)
        texts = (
            Wording("The title", old.title.en, new.title.en),
            Wording("The sentence", old.sentence.en if old.sentence else "", new.sentence.en if new.sentence else ""),
        )
        return texts, self._step_settings(old, new)

    def _step_settings(self, old: Step, new: Step) -> Iterator[Setting]:
        yield Setting("How it comes about", old.method, new.method)
        yield Setting("The questions that count", _list(old.questions, self.questions), _list(new.questions, {}))
        yield Setting("The scores that it rests on", _list(old.of, self.steps), _list(new.of, {}))
        yield Setting("Rated but not counted", _list(old.not_counted, self.steps), _list(new.not_counted, {}))
        yield Setting("The bands", _cuts(old.bands), _cuts(new.bands))
        yield Setting("The points", _points(old), _points(new))
        yield Setting("A headline score", "yes" if old.headline else "no", "yes" if new.headline else "no")
        yield Setting("The module", old.module, new.module)


def _counted(edition: Edition, steps: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the scores in which each question counts, under their new codes."""
    found: dict[str, set[str]] = {}
    for step in edition.plan.steps:
        for code in step.questions:
            found.setdefault(code, set()).add(steps.get(step.code, step.code))
    return found


def _parents(edition: Edition) -> dict[str, str]:
    def below(node: Criterion) -> Iterator[tuple[str, str]]:
        for child in node.children:
            yield child.code, node.code
            yield from below(child)

    return {child: parent for root in edition.criteria for child, parent in below(root)}


def _answers(question: Question) -> str:
    """Return the answers with what each counts as; answers of a fact count as nothing."""
    counts = ((option.code, (option.counts or "").replace("_", " ")) for option in question.options)
    return ", ".join(f"{code} (counts as {words})" if words else code for code, words in counts)


def _routing(form: Form, question: Question, renamed: Mapping[str, str]) -> str:
    """Return every condition that must hold; the order in which they are written makes no difference."""
    held = sorted(spelled(form.rules[code].when, renamed) for code in question.asked_when)
    return " and ".join(held) or "always"


def _list(codes: Iterable[str], renamed: Mapping[str, str]) -> str:
    return ", ".join(sorted(renamed.get(code, code) for code in codes)) or "none"


def _cuts(bands: Bands | None) -> str:
    return ", ".join(f"{level.code} from {level.from_}" for level in bands.levels) if bands else "none"


def _points(step: Step) -> str:
    if step.points is None:
        return "none"
    of = ", ".join(f"{code} {worth}" for code, worth in step.points.of.items())
    limits = ", ".join(map(str, step.points.upper_limits))
    rest = "count the rest" if step.points.count_the_rest else "withhold"
    return f"{of}; upper limits {limits} of the standards counted; without a rating: {rest}"
