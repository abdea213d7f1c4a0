"""Three ways to set limits, for many samples at once; the first is held against the program's own, sample by sample."""

import numpy as np
from scipy.special import betaincinv, ndtri, stdtrit

from benchmarks.coverage.caseloads import Samples
from inspectorate.methodology.intervals.hypergeometric import exact_limits
from inspectorate.methodology.intervals.ratio import ratio_interval
from inspectorate.methodology.tallies import Stratum, Tally

TAIL = 0.025


def variance(samples: Samples) -> tuple[np.ndarray, np.ndarray]:
    """Return the share and its variance, for each repetition."""
    big_y, big_x = samples.y.sum(axis=1), samples.x.sum(axis=1)
    share = (big_y / np.maximum(big_x, 1))[:, None]
    squares = samples.yy - 2 * share * samples.xy + share**2 * samples.xx
    total = samples.y - share * samples.x
    n = samples.drawn
    terms = (1 - n / samples.listed) * n / (n - 1) * (squares - total**2 / n)
    return share[:, 0], terms.sum(axis=1) / np.maximum(big_x, 1) ** 2


def beta(share: np.ndarray, effective: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return beta limits for an effective sample size."""
    hits = share * effective
    return betaincinv(hits, effective - hits + 1, TAIL), betaincinv(hits + 1, effective - hits, 1 - TAIL)


def limits(samples: Samples) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return low and high of each method; not a number where nothing can be said."""
    share, spread = variance(samples)
    n, strata = int(samples.drawn.sum()), len(samples.drawn)
    z, t, t_all = float(ndtri(1 - TAIL)), float(stdtrit(n - strata, 1 - TAIL)), float(stdtrit(n - 1, 1 - TAIL))
    usual = spread > 1e-12
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = np.where(usual, share * (1 - share) / spread, np.nan)
    found = {
        "adopted": beta(share, plain * (z / t) ** 2),
        "R's factor": beta(share, plain * (t_all / t) ** 2),
        "plain z": (share - z * np.sqrt(np.maximum(spread, 0)), share + z * np.sqrt(np.maximum(spread, 0))),
    }
    for name in ("adopted", "R's factor"):  # where nothing varies both fall back to the program's own limits
        _fall_back(found[name], samples, ~usual)
    return found


def tally(samples: Samples, place: int) -> Tally:
    """Return one repetition as the program sees it."""
    columns = (samples.y, samples.x, samples.yy, samples.xy, samples.xx, samples.touched)
    return Tally(
        tuple(
            Stratum(str(h), int(samples.listed[h]), int(samples.drawn[h]), *(int(sums[place, h]) for sums in columns))
            for h in range(len(samples.drawn))
        )
    )


def _fall_back(pair: tuple[np.ndarray, np.ndarray], samples: Samples, odd: np.ndarray) -> None:
    for place in np.flatnonzero(odd).tolist():
        one = tally(samples, place)
        if one.applicable == 0:
            continue
        if one.touched > 1 and one.sufficient in (0, one.applicable):
            possible = one.listed - (one.cases - one.touched)
            least, most = exact_limits(possible, one.touched, one.touched if one.sufficient else 0)
            pair[0][place], pair[1][place] = least / possible, most / possible
            continue
        interval = ratio_interval(one)
        if interval.low is not None:
            pair[0][place], pair[1][place] = interval.low, interval.high


def check(samples: Samples, found: tuple[np.ndarray, np.ndarray], places: range) -> None:
    """Fail where the limits worked out at once are not those of the program."""
    for place in places:
        one = tally(samples, place)
        if one.applicable == 0:
            continue
        interval = ratio_interval(one)
        wanted = (np.nan, np.nan) if interval.low is None else (interval.low, interval.high)
        assert np.allclose((found[0][place], found[1][place]), wanted, atol=1e-9, equal_nan=True), (one, interval)
