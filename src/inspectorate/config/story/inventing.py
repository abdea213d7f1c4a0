"""Invented case lists, answers and evidence, by chance from a seed: nobody real, and the same at every start.

Which cases are drawn is not from the seed: the server makes that by itself for each list, as it always does.
"""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

from inspectorate.config.story.scenes import Scene
from inspectorate.fieldwork.journal import NewEntry
from inspectorate.methodology.forms import Form, Kind
from inspectorate.ratings.invented import Routing, assessed

SEED = "inspectorate demonstration 1"
VALUES: dict[str, tuple[tuple[str, int], ...]] = {
    "sex": (("female", 2), ("male", 8)),
    "ethnicity": (("White", 75), ("Black", 10), ("Asian", 8), ("Mixed", 5), ("Other", 2)),
    "disability": (("yes", 2), ("no", 7), ("not recorded", 1)),
    "age_group": (("10 to 14", 3), ("15", 3), ("16", 4), ("17", 5)),
    "looked_after": (("yes", 2), ("no", 8)),
    "disposal": (("referral order", 5), ("youth rehabilitation order", 4), ("detention and training order", 1)),
    "risk_of_serious_harm": (("low", 4), ("medium", 4), ("high", 2)),
    "vulnerability": (("low", 4), ("medium", 4), ("high", 2)),
    "risk_level": (("low", 3), ("medium", 5), ("high", 2)),
    "sentence": (("community order", 5), ("suspended sentence order", 3), ("licence", 2)),
    "offence": (("violence", 4), ("acquisitive", 3), ("driving", 1), ("other", 2)),
}
ADULTS = (("18 to 25", 3), ("26 to 40", 5), ("41 and over", 3))
EVIDENCE = (
    "The plan named the concern, and said who would do what by when.",
    "The record shows three home visits in the first month; each is written up.",
    "The review came two months late, after the move to another address.",
    "The practitioner knew the case well and explained why the order of the work was changed.",
    "Information from the school was asked for and did not come; nobody asked again.",
    "The victim's wishes were recorded, and the exclusion zone follows from them.",
    "Sessions were cancelled four times by the service; the reason is not written down.",
    "The manager's oversight is noted at each review and changed what was done.",
    "The assessment relies on the one made for an earlier order and was not brought up to date.",
    "Parents were seen together with the child, and their part in the plan is agreed in writing.",
)
INITIALS = "ABCDEFGHJKLMNPRSTW"


def chance_of(*words: object) -> Random:
    """Return chance that is the same for the same words, for ever."""
    return Random(" ".join(map(str, (SEED, *words))))  # noqa: S311 - no secret, and it must repeat


def case_list(scene: Scene, kind: str, heads: tuple[str, ...], size: int) -> bytes:
    """Return an invented case list as the CSV file that a body would hand in."""
    chance = chance_of(scene.title, kind)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(heads)
    for number in range(1, size + 1):
        facts = _facts(scene, chance)
        facts["case"] = f"{scene.bodies[0].name[:2].upper()}{number:04d}"
        writer.writerow([facts.get(head, "") for head in heads])
    return file.getvalue().encode()


def _facts(scene: Scene, chance: Random) -> dict[str, str]:
    """Return what a row of the list may say of one case."""
    told = {head: _pick(values, chance) for head, values in VALUES.items()}
    if "youth" not in scene.bodies[0].kind:
        told["age_group"] = _pick(ADULTS, chance)
    shares = range(len(scene.bodies), 0, -1)
    told["provider"] = chance.choices([body.name for body in scene.bodies], shares)[0]
    told["ldu"] = chance.choice(scene.ldus)
    told["practitioner"] = chance.choice(INITIALS) + chance.choice(INITIALS)
    return told


def _pick(values: tuple[tuple[str, int], ...], chance: Random) -> str:
    words, weights = zip(*values, strict=True)
    return str(chance.choices(words, weights)[0])


class Assessor:
    """Somebody invented who answers every question that is asked of a case, with evidence at some of them."""

    def __init__(self, form: Form, kind: Kind) -> None:
        self.routing = Routing(form, kind)

    def entries(self, scene: Scene, reference: str, stratum: str) -> Iterator[NewEntry]:
        """Yield the entries of an assessment, as a browser would have sent them."""
        chance = chance_of(scene.title, self.routing.kind.code, reference)
        device, counter, at = f"{chance.getrandbits(64):016x}", 0, datetime.now(UTC)

        def entry(**said: Any) -> NewEntry:
            nonlocal counter
            counter += 1
            return NewEntry(
                id=f"{chance.getrandbits(128):032x}", device=device, counter=counter, device_time=at, **said
            )

        for question, value, reasons in assessed(self.routing, stratum, chance, better=scene.quality):
            yield entry(question=question, value=value)
            if reasons:
                yield entry(question=question, value=reasons, part="reasons")
            if chance.random() < 0.12:
                yield entry(question=question, text=chance.choice(EVIDENCE), part="note")
