"""``case-share@1``: the share of applicable cases that were judged sufficient at one summary question (2018 on).

Interval: one stratum, exact hypergeometric limits for the cases to which the question can have applied, at most
N - (n - m); several strata, the ratio interval with x = 1; list unknown, Clopper and Pearson.
"""

from inspectorate.methodology.accounts import Line
from inspectorate.methodology.intervals import Interval, as_fraction_words
from inspectorate.methodology.intervals.binomial import clopper_pearson
from inspectorate.methodology.intervals.hypergeometric import exact_limits
from inspectorate.methodology.intervals.ratio import ratio_interval
from inspectorate.methodology.plans import Step
from inspectorate.methodology.results import Inputs, Result
from inspectorate.methodology.scoring.shares import nothing_to_judge, share_result
from inspectorate.methodology.tallies import Tally

METHOD = "case-share@1"


def compute(step: Step, inputs: Inputs) -> Result:
    """Return the share of cases at the step's one question."""
    evidence = inputs.evidence(step)
    tally = evidence.tally
    if tally.applicable == 0:
        return nothing_to_judge(step, tally)
    not_applying = tally.cases - tally.applicable
    text = (
        f"{tally.sufficient} of {tally.applicable} cases were judged sufficient at {step.questions[0]}; in "
        f"{not_applying} of the {tally.cases} cases the question did not apply."
    )
    inputs_used = {
        "sufficient": tally.sufficient,
        "applicable": tally.applicable,
        "cases": tally.cases,
        "question": step.questions[0],
    }
    interval = case_interval(tally, inputs.confidence)
    words = "of the cases were judged sufficient"
    return share_result(step, evidence, interval, Line(METHOD, text, inputs_used), words)


def case_interval(tally: Tally, confidence: float) -> Interval:
    """Return the interval of a share of cases, by the design of the sample."""
    hits, applying = tally.sufficient, tally.applicable
    words = as_fraction_words(confidence)
    if tally.listed is None:
        low, high = clopper_pearson(applying, hits, confidence)
        text = (
            f"Exact binomial limits ({words}) for {hits} of {applying}: {100 * low:.1f} to {100 * high:.1f} per cent."
        )
        return Interval(low, high, Line("clopper-pearson@1", text, {"population": "unknown"}))
    if len(tally.strata) > 1 or tally.is_census:
        return ratio_interval(tally, confidence)
    possible = tally.listed - (tally.cases - applying)
    least, most = exact_limits(possible, applying, hits, confidence)
    # A share of the sample may lie between two counts of the list, and the interval always holds the value.
    low, high = min(least / possible, hits / applying), max(most / possible, hits / applying)
    text = (
        f"Exact hypergeometric limits ({words}) for {hits} of {applying} from a list in which it can have applied to "
        f"at most {possible}: {least} to {most} cases, which is {100 * low:.1f} to {100 * high:.1f} per cent."
    )
    return Interval(low, high, Line("hypergeometric@1", text, {"possible": possible, "least": least, "most": most}))
