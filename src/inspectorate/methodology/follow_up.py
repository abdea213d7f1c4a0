"""The follow-up rule (``follow-up@1``): when a service well short of the criteria is visited again.

Source: plan 2006-07: follow-up inspections only where work was well short of the criteria. What "well short" means in
per cent is data of the edition, and to be verified there.
"""

from collections.abc import Iterable

from inspectorate.methodology.accounts import Line
from inspectorate.methodology.plans import Plan
from inspectorate.methodology.results import Result

RULE = "follow-up@1"


def follow_up(plan: Plan, results: Iterable[Result]) -> Line | None:
    """Say whether the results call for a follow-up; None where the edition has no such rule.

    The exact share counts, never the rounded per cent: Y/X below ``below`` per cent at any step that the rule names.
    """
    rule = plan.follow_up
    if rule is None:
        return None
    short = [
        result
        for result in results
        if result.code in rule.steps
        and result.applicable
        and 100 * (result.sufficient or 0) < rule.below * result.applicable
    ]
    if not short:
        text = f"No follow-up is called for: nothing that the rule looks at is below {rule.below} per cent."
        return Line(RULE, text, {"below": rule.below, "steps": list(rule.steps), "called_for": False})
    # The counts stand there too: 100 of 201 is printed as 50 per cent, and is below 50.
    names = ", ".join(
        f"{result.step.title} ({result.sufficient} of {result.applicable}, {result.per_cent} per cent)"
        for result in short
    )
    text = f"A follow-up is called for: below {rule.below} per cent at {names}."
    return Line(RULE, text, {"below": rule.below, "steps": [result.code for result in short], "called_for": True})
