"""The interval of a pooled share: a ratio of two sums over sampled cases.

Variance: Cochran, *Sampling Techniques* (3rd ed.), 6.2 to 6.11, the combined ratio estimator over strata with the
finite-population correction. Limits: Korn and Graubard (1998), beta limits with an effective sample size, here with the
factor (z/t)², t on n - H degrees of freedom (``docs/decisions/0007-the-interval-of-a-pooled-share.md`` says why).
"""

from fractions import Fraction

from scipy.special import ndtri, stdtrit

from inspectorate.methodology.accounts import Line, counted
from inspectorate.methodology.intervals import Interval, as_fraction_words
from inspectorate.methodology.intervals.binomial import clopper_pearson
from inspectorate.methodology.intervals.hypergeometric import exact_limits
from inspectorate.methodology.tallies import Stratum, Tally

RULE = "ratio-interval@1"


def ratio_interval(tally: Tally, confidence: float = 0.95) -> Interval:
    """Return the interval of Y/X for the whole list that the cases were drawn from.

    The tally has X above 0. Limits are shares from 0 to 1, or None where all answers come from one case.
    """
    sufficient, applicable, cases = tally.sufficient, tally.applicable, tally.cases
    share = sufficient / applicable
    if tally.is_census:
        return Interval(
            share, share, Line(RULE, "Every case on the list was assessed, so nothing is left to estimate.")
        )
    if tally.touched < 2:
        text = "All answers come from one case: not enough cases to say how sure this is."
        return Interval(None, None, Line(RULE, text, {"cases_with_answers": tally.touched}))
    if sufficient in (0, applicable):
        return _all_alike(tally, confidence)
    merged = tally.merged()
    variance = ratio_variance(merged)
    freedom = cases - len(merged.strata)
    if variance == 0:
        return _no_variation(tally, confidence)
    z, t = float(ndtri((1 + confidence) / 2)), float(stdtrit(freedom, (1 + confidence) / 2))
    effective = share * (1 - share) / float(variance) * (z / t) ** 2
    low, high = clopper_pearson(effective, effective * share, confidence)
    text = (
        f"The cases vary: the standard error of the share is {100 * float(variance) ** 0.5:.2f} points "
        f"({_design_words(tally, merged)}). That is worth {effective:.1f} independent answers, which gives "
        f"{100 * low:.1f} to {100 * high:.1f} per cent ({as_fraction_words(confidence)} interval, "
        f"{freedom} degrees of freedom)."
    )
    if effective > applicable * _spread_out(tally):
        text += f" That is more than the {counted(applicable, 'answer')} given: the cases were unusually alike."
    inputs = {
        "variance": float(variance),
        "degrees_of_freedom": freedom,
        "effective_size": effective,
        "strata": len(merged.strata),
        "strata_merged": len(tally.strata) - len(merged.strata),
    }
    return Interval(low, high, Line(RULE, text, inputs))


def _spread_out(tally: Tally) -> float:
    """Return by how much answers gain from being a large part of the list: N / (N - n), 1 where the list is unknown."""
    return 1.0 if tally.listed is None else tally.listed / (tally.listed - tally.cases)


def ratio_variance(tally: Tally) -> Fraction:
    """Return var(R) exactly: X⁻² Σ_h (1 - n/N) · n/(n - 1) · Σ_i (d_i - mean d)², with d_i = y_i - R·x_i.

    Everything is multiplied by X first (D_i = X·y_i - Y·x_i), so that the sums stay whole numbers.
    """
    big_y, big_x = tally.sufficient, tally.applicable
    total = sum((_stratum_term(stratum, big_y, big_x) for stratum in tally.strata), Fraction(0))
    return total / big_x**4


def _stratum_term(stratum: Stratum, big_y: int, big_x: int) -> Fraction:
    n = stratum.cases
    if n < 2:  # only where a single stratum is left: nothing to measure variation with
        return Fraction(0)
    squares = big_x**2 * stratum.yy - 2 * big_x * big_y * stratum.xy + big_y**2 * stratum.xx
    total = big_x * stratum.y - big_y * stratum.x
    spread = Fraction(n * squares - total**2, n)
    left = Fraction(1) if stratum.listed is None else 1 - Fraction(n, stratum.listed)
    return left * Fraction(n, n - 1) * spread


def _all_alike(tally: Tally, confidence: float) -> Interval:
    """Limits where every answer was the same: exact limits on the cases in which anything applied."""
    touched = tally.touched
    hits = touched if tally.sufficient else 0
    if tally.listed is None:
        low, high = clopper_pearson(touched, hits, confidence)
        text = (
            f"All {tally.applicable} answers were alike, so cases are counted instead: exact binomial limits on the "
            f"{touched} cases in which something applied give {100 * low:.1f} to {100 * high:.1f} per cent."
        )
        return Interval(low, high, Line(RULE, text, {"cases_with_answers": touched}))
    possible = tally.listed - (tally.cases - touched)
    least, most = exact_limits(possible, touched, hits, confidence)
    low, high = least / possible, most / possible
    text = (
        f"All {tally.applicable} answers were alike, so cases are counted instead: exact limits on the {touched} cases "
        f"in which something applied, out of at most {possible} on the list, give {100 * low:.1f} to "
        f"{100 * high:.1f} per cent."
    )
    return Interval(low, high, Line(RULE, text, {"cases_with_answers": touched, "possible": possible}))


def _no_variation(tally: Tally, confidence: float) -> Interval:
    """Limits where no variation is measured though the share is neither 0 nor 1: each case is taken as one answer.

    The variance within strata is nought, which would promise certainty from a few cases that happen to be alike. One
    answer a case is the least that cases which are wholly alike can be worth.
    """
    share = tally.sufficient / tally.applicable
    touched = tally.touched
    effective = touched * _spread_out(tally)
    low, high = clopper_pearson(effective, effective * share, confidence)
    text = (
        f"The sampled cases do not differ within any stratum, which says nothing of how cases vary; each of the "
        f"{touched} cases is taken as one answer, which gives {100 * low:.1f} to {100 * high:.1f} per cent."
    )
    return Interval(low, high, Line(RULE, text, {"cases_with_answers": touched, "effective_size": effective}))


def _design_words(tally: Tally, merged: Tally) -> str:
    listed = f"{tally.cases} cases from a list of {'unknown size' if tally.listed is None else tally.listed}"
    if len(tally.strata) == 1:
        return listed
    fewer = len(tally.strata) - len(merged.strata)
    merging = f"; {fewer} with fewer than two cases merged with the next smallest" if fewer else ""
    return f"{listed}, in {len(tally.strata)} strata{merging}"
