"""Exact limits for a share in a finite list, from the hypergeometric distribution.

Source: Buonaccorsi (1987), "A note on confidence intervals for proportions in finite populations", The American
Statistician 41: keep every K whose two tails both exceed α/2. Never covers less than it says.
"""

from fractions import Fraction
from functools import lru_cache
from math import comb

import numpy as np
from scipy.special import gammaln

NEAR = 1e-7
"""Tails this near to α/2, as a part of it, are worked out again in whole numbers, so that a tie is a tie."""


def _log_comb(n: int, k: np.ndarray | int) -> np.ndarray:
    result: np.ndarray = gammaln(n + 1) - gammaln(np.asarray(k) + 1) - gammaln(n - np.asarray(k) + 1)
    return result


def _tail_exceeds(population: int, having: int, drawn: int, hits: tuple[int, int], limit: Fraction) -> bool:
    """Say whether P(first ≤ X ≤ last) is above ``limit``, X hypergeometric."""
    first = max(hits[0], 0, drawn - (population - having))
    last = min(hits[1], having, drawn)
    if first > last:
        return False
    j = np.arange(first, last + 1)
    logs = _log_comb(having, j) + _log_comb(population - having, drawn - j) - _log_comb(population, drawn)
    tail = float(np.exp(logs).sum())
    if abs(tail - float(limit)) > NEAR * float(limit):
        return tail > limit
    exact = sum(comb(having, k) * comb(population - having, drawn - k) for k in range(first, last + 1))
    return Fraction(exact, comb(population, drawn)) > limit


@lru_cache(maxsize=4096)
def exact_limits(population: int, drawn: int, hits: int, confidence: float = 0.95) -> tuple[int, int]:
    """Return the least and the greatest K that ``hits`` of ``drawn`` cases leaves possible in a list of ``population``.

    All are counts; 0 ≤ hits ≤ drawn ≤ population. 18 of 30 from a list of 40 gives 20 and 27, which is 50.0 and 67.5
    per cent of the list. Raises ValueError when the counts contradict each other.
    """
    if not 0 <= hits <= drawn <= population or drawn == 0:
        raise ValueError(f"{hits} of {drawn} from {population} is not possible.")
    limit = (1 - Fraction(str(confidence))) / 2
    least, most = hits, population - drawn + hits
    low, top = least, most
    while low < top:  # the upper tail grows with K: find the first K that is above the limit
        middle = (low + top) // 2
        if _tail_exceeds(population, middle, drawn, (hits, drawn), limit):
            top = middle
        else:
            low = middle + 1
    bottom, high = least, most
    while bottom < high:  # the lower tail shrinks with K: find the last K that is above it
        middle = (bottom + high + 1) // 2
        if _tail_exceeds(population, middle, drawn, (0, hits), limit):
            bottom = middle
        else:
            high = middle - 1
    return low, high


@lru_cache(maxsize=4096)
def within_exact_limits(population: int, having: int, drawn: int, hits: int, confidence: float = 0.95) -> bool:
    """Say whether ``having`` lies within ``exact_limits`` of the other counts, without looking for them."""
    limit = (1 - Fraction(str(confidence))) / 2
    return all(_tail_exceeds(population, having, drawn, tail, limit) for tail in ((hits, drawn), (0, hits)))
