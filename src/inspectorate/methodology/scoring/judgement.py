"""``judgement@1``: a rating made by people, without a percentage, for standards that no case can answer."""

from inspectorate.methodology.accounts import Account, Line
from inspectorate.methodology.plans import Step
from inspectorate.methodology.results import Inputs, Result

METHOD = "judgement@1"


def compute(step: Step, inputs: Inputs) -> Result:
    """Return the rating that people gave, with their reason; none given is said so, and is no rating."""
    level = inputs.judgements.get(step.code)
    reason = inputs.reasons.get(step.code)
    if level is None:
        sentence = f"{step.title}: no judgement given."
        return Result(step=step, account=Account(sentence, (Line(METHOD, sentence),)))
    sentence = f"{step.title}: {level.title}, judged by the inspection team without a percentage."
    said = f" Their reason: {reason}" if reason else " No reason was given with it."
    line = Line(METHOD, f"The inspection team judged {step.title} to be {level.title}.{said}", {"rating": level.code})
    return Result(step=step, account=Account(sentence, (line,)), band=level)
