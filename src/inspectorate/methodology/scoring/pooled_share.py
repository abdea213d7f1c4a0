"""``pooled-share@1``: sufficient over applicable answers, over all cases and the questions mapped to the score.

R = Y/X. Always printed with its Y and X. Programmes: OMI 2, CCI, IAOW, SQS, FJI; that answers, not cases, are pooled is
deduced from the printed aggregates and is still to be verified.
"""

from inspectorate.methodology.accounts import Line, counted
from inspectorate.methodology.intervals.ratio import ratio_interval
from inspectorate.methodology.plans import Step
from inspectorate.methodology.results import Inputs, Result
from inspectorate.methodology.scoring.shares import nothing_to_judge, share_result

METHOD = "pooled-share@1"


def compute(step: Step, inputs: Inputs) -> Result:
    """Return the pooled share of the step's questions."""
    evidence = inputs.evidence(step)
    tally = evidence.tally
    if tally.applicable == 0:
        return nothing_to_judge(step, tally)
    text = (
        f"{tally.sufficient} of {tally.applicable} applicable judgements were sufficient, over "
        f"{counted(len(step.questions), 'question')} in {counted(tally.cases, 'case')} ({tally.touched} of them with "
        f"at least one that applied). Judgements that did not apply count on neither side."
    )
    first = Line(
        METHOD,
        text,
        {
            "sufficient": tally.sufficient,
            "applicable": tally.applicable,
            "cases": tally.cases,
            "cases_with_answers": tally.touched,
            "questions": list(step.questions),
        },
    )
    words = "of the judged work was sufficient"
    return share_result(step, evidence, ratio_interval(tally, inputs.confidence), first, words)
