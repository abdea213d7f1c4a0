"""A tally that knows nothing of the engine: it reads an edition's files and the rows, and counts.

Only the standard library and a reader of YAML: no module of the product is imported here.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import yaml

STANDARDS = Path(__file__).resolve().parents[3] / "standards"
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Score:
    """What a score comes to: cases, sufficient judgements of applicable ones, per cent rounded half up, and stars."""

    cases: int
    sufficient: int
    applicable: int
    per_cent: int
    stars: int | None


class Tally:
    """The rows of a file, counted by inspection, question and what the answer counts as."""

    def __init__(self, edition: str, rows: Iterable[tuple[str, str, str, str]]) -> None:
        folder = STANDARDS / edition
        form = yaml.load((folder / "form.yaml").read_text(encoding="utf-8"), Loader=FAST)  # noqa: S506 - a safe loader
        scoring = yaml.load((folder / "scoring.yaml").read_text(encoding="utf-8"), Loader=FAST)  # noqa: S506 - the same
        main = [step for step in scoring["steps"] if step.get("module", "main") == "main"]
        self.steps = {step["code"]: step for step in main if "questions" in step}
        self.bands = scoring["bands"]
        counts_as = _counts_as(form)
        self.counts: Counter[tuple[str, str, str]] = Counter()
        self.references: dict[str, set[str]] = {}
        for inspection, case, question, judgement in rows:
            self.references.setdefault(inspection, set()).add(case)
            self.counts[inspection, question, counts_as.get((question, judgement), "")] += 1

    def score(self, code: str, inspections: Collection[str]) -> Score:
        """Return what a score of the edition comes to over these inspections together."""
        step = self.steps[code]
        good, bad = (
            sum(self.counts[inspection, question, word] for inspection in inspections for question in step["questions"])
            for word in ("sufficient", "not_sufficient")
        )
        share = Fraction(100 * good, good + bad)
        stars = None
        if "bands" in step:
            stars = [level["stars"] for level in self.bands[step["bands"]]["levels"] if share >= level["from"]][-1]
        return Score(self.cases(inspections), good, good + bad, floor(share + Fraction(1, 2)), stars)

    def cases(self, inspections: Collection[str]) -> int:
        """Return how many cases these inspections have."""
        return sum(len(self.references[inspection]) for inspection in inspections)


def _counts_as(form: dict[str, Any]) -> dict[tuple[str, str], str]:
    found = {}
    for kind in form["kinds"]:
        for section in kind["sections"]:
            for question in section["questions"]:
                answers = question["answers"]
                for option in form["options"][answers] if isinstance(answers, str) else answers:
                    found[question["code"], option["code"]] = option.get("counts", "")
    return found
