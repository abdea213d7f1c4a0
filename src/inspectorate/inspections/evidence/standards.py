"""For which standards a body gives evidence and a self-assessment, worked out from each edition and its plan.

A standard is asked for where a score or a rating of the inspection rests on it: a step of its modules that carries the
code of the standard or of something below it, or its title; where no step does, a question that is asked in one of its
kinds of case; where neither exists anywhere in the edition, always, for then nothing says that it is optional.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inspectorate.inspections.models import Inspection
from inspectorate.methodology.criteria import Criterion
from inspectorate.methodology.plans import Step
from inspectorate.methodology.texts import Text
from inspectorate.standards.queries import shelf
from inspectorate.standards.queries.shelf import Held

DUE = ("evidence", "advance_evidence", "case_list", "case_lists", "list")
"""By which date evidence is due; where the edition dates it not, with the case list."""
WITHOUT_BANDS: tuple[tuple[str, Text], ...] = (
    ("sufficient", Text("Sufficient")),
    ("not_sufficient", Text("Not sufficient")),
)
"""How a body rates a standard to which its edition gives no bands."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One standard that is asked for: of which edition, the standard itself, and the ratings to choose from."""

    edition: str
    node: Criterion
    ratings: tuple[tuple[str, Text], ...]
    """(code, words), best first."""
    above: Text | None = None
    """The domain in which the standard stands, where the edition has domains."""

    @property
    def key(self) -> tuple[str, str]:
        """The edition and the code of the standard."""
        return (self.edition, self.node.code)

    def rating(self, code: str) -> Text | None:
        """Return the words of one rating; None where the edition has no such rating."""
        return dict(self.ratings).get(code)


@dataclass(frozen=True, slots=True)
class Judged:
    """One edition of an inspection with the modules in which it is used."""

    held: Held
    modules: frozenset[str]
    partners: tuple[tuple[str, str], ...] = ()
    """(code of a module, the inspectorate that leads it), where that is not ours."""


def editions_of(inspection: Inspection) -> list[Judged]:
    """Return each edition of an inspection once, in the order of its modules, with every module that it judges."""
    modules = list(inspection.modules.order_by("pk"))
    found = []
    for code in dict.fromkeys(module.edition for module in modules):
        held, own = shelf.held(code), [module for module in modules if module.edition == code]
        chosen = frozenset({*held.edition.modules, *(module.code for module in own)})
        found.append(Judged(held, chosen, tuple((module.code, module.partner) for module in own if module.partner)))
    return found


def asked_standards(inspection: Inspection) -> list[Asked]:
    """Return the standards for which the body of an inspection gives evidence, in the order of their editions."""
    return [asked for judged in editions_of(inspection) for asked in asked_in(judged.held, judged.modules)]


def asked_in(held: Held, modules: Iterable[str]) -> list[Asked]:
    """Return the standards asked for in an inspection with these modules of an edition."""
    chosen = frozenset(modules)
    standards = [node for root in held.edition.criteria for node in root.walk() if node.level == "standard"]
    return [_asked(held, node) for node in standards if _rests_on(held, node, chosen)]


def _rests_on(held: Held, node: Criterion, chosen: frozenset[str]) -> bool:
    steps = _steps(held, node)
    if steps:
        return any(step.module in chosen for step in steps)
    below = {one.code for one in node.walk()}
    kinds = {kind.code for kind in held.kinds if any(question.criterion in below for question in kind.questions)}
    return not kinds or any(kind.code in kinds for kind in held.edition.kinds_in(chosen))


def _steps(held: Held, node: Criterion) -> Sequence[Step]:
    """Return the steps that speak of a standard: those with its own code first, then its title, then what is below."""
    below = {one.code for one in node.walk()}
    plan = held.edition.plan.steps
    own = [step for step in plan if step.code == node.code]
    titled = [step for step in plan if step.title.en == node.title.en and step not in own]
    return [*own, *titled, *(step for step in plan if step.code in below and step not in (*own, *titled))]


def _asked(held: Held, node: Criterion) -> Asked:
    bands = next((step.bands for step in _steps(held, node) if step.bands), None)
    ratings = tuple((level.code, level.title) for level in reversed(bands.levels)) if bands else WITHOUT_BANDS
    path = held.path_to[node.code]
    return Asked(held.code, node, ratings, path[0].title if len(path) > 1 else None)
