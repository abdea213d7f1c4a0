"""Exact limits for a share in a list of unknown size (Clopper and Pearson 1934, through the beta function)."""

from scipy.special import betaincinv


def clopper_pearson(drawn: float, hits: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the limits, as shares, of ``hits`` out of ``drawn``; neither need be whole (effective sizes are not)."""
    tail = (1 - confidence) / 2
    low = 0.0 if hits <= 0 else float(betaincinv(hits, drawn - hits + 1, tail))
    high = 1.0 if hits >= drawn else float(betaincinv(hits + 1, drawn - hits, 1 - tail))
    return low, high
