"""How an edition gets from answers to ratings, in plain words made from its plan."""

from collections.abc import Iterator
from math import floor
from typing import Any

from inspectorate.methodology.bands import Bands
from inspectorate.methodology.plans import Panel, Step
from inspectorate.standards.queries.sentences import METHODS, counted, joined, said, sourced
from inspectorate.standards.queries.shelf import Held

NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}


def scoring(held: Held) -> dict[str, Any]:
    """Return the methods that the plan uses, its steps, its bands, how points add up, and the panel rule."""
    steps = held.edition.plan.steps
    return {
        "methods": [
            {"code": code, "name": method.name, "text": method.text}
            for code, method in METHODS.items()
            if any(step.method == code for step in steps)
        ],
        "headline": [_step(held, step) for step in steps if step.headline],
        "below": [_step(held, step) for step in steps if not step.headline],
        "bands": [_bands(bands) for bands in held.edition.plan.bands.values()],
        "totals": [_total(held, step) for step in steps if step.points],
        "panel": _panel(held.edition.plan.panel),
        "shares": any(step.method.endswith("-share@1") for step in steps),
    }


def _step(held: Held, step: Step) -> dict[str, Any]:
    return {
        "code": step.code if step.code in held.edition.nodes else "",
        "title": said(step.title),
        "method": METHODS[step.method].name,
        "bands": said(step.bands.title) if step.bands else "",
        "module": "" if step.module in held.edition.modules else "only in an inspection that has this part",
        **_goes_in(held, step),
    }


def _goes_in(held: Held, step: Step) -> dict[str, str]:
    if step.questions:
        alone = len(step.questions) == 1
        href = held.question_href(step.questions[0]) if alone else f"{held.href('questions')}?score={step.code}"
        words = f"Question {step.questions[0]}" if alone else counted(len(step.questions), "question")
        return {"goes_in": words.replace(" ", "\N{NO-BREAK SPACE}"), "href": href}
    if step.of:
        return {"goes_in": f"The ratings of {joined(_names(held, step.of))}"}
    return {"goes_in": "Evidence about the organisation"}


def _names(held: Held, codes: tuple[str, ...]) -> Iterator[str]:
    for code in codes:
        yield code if code in held.edition.nodes else said(held.edition.plan.step(code).title)


def _bands(bands: Bands) -> dict[str, Any]:
    ends = [level.from_ for level in bands.levels[1:]] + [None]
    return {
        "title": said(bands.title),
        "levels": bands.levels,
        "rows": [
            {"level": level, "share": _between(level.from_, end), "stars": level.stars}
            for level, end in zip(bands.levels, ends, strict=True)
        ],
        "stars": any(level.stars for level in bands.levels),
        "source": sourced(bands.source),
        "to_verify": bands.to_verify,
    }


def _between(start: int, end: int | None) -> str:
    if end is None:
        return f"{start} and more"
    return f"under {end}" if start == 0 else f"{start} to under {end}"


def _total(held: Held, step: Step) -> dict[str, Any]:
    """Say what each rating is worth, and which totals give which rating with all standards rated."""
    points, levels = step.points, step.bands.levels if step.bands else ()
    if points is None:
        return {}
    number = len(step.of)
    tops = [floor(limit * number) for limit in points.upper_limits] + [number * max(points.of.values())]
    bottoms = [0, *(top + 1 for top in tops[:-1])]
    rest = joined(_names(held, step.not_counted))
    return {
        "title": said(step.title),
        "number": number,
        "levels": levels,
        "rows": [
            {"level": level, "worth": points.of[level.code], "total": f"{low} to {high}"}
            for level, low, high in zip(levels, bottoms, tops, strict=True)
        ],
        "not_counted": f"Rated but not counted: {rest}." if rest else "",
        "without": "Where one of them has no rating, the others are counted without it."
        if points.count_the_rest
        else "Where one of them has no rating, the overall rating is withheld.",
        "to_verify": step.to_verify,
    }


def _panel(panel: Panel | None) -> dict[str, Any]:
    if panel is None:
        return {"text": "Nobody may move a result. What the rule gives stands.", "grounds": []}
    people = "one person" if panel.people == 1 else f"{NUMBERS.get(panel.people, panel.people)} people"
    grounds = [
        f"the exact share is within {counted(panel.within_points, 'point')} of the next rating",
        *(["one case judged otherwise would change the rating"] if panel.one_case else []),
        f"the rating of a share of cases rests on {counted(panel.few_cases, 'case')} or fewer",
    ]
    return {
        "text": f"It takes a written reason and {people}. What the rule gave stays in sight.",
        "grounds": grounds,
        "source": sourced(panel.source),
        "to_verify": panel.to_verify,
    }
