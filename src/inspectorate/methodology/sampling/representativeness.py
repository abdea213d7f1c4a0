"""How like the case list the sample is, for each characteristic, with a plain sentence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspectorate.methodology.bands import per_cent
from inspectorate.methodology.intervals.hypergeometric import within_exact_limits


@dataclass(frozen=True, slots=True)
class Comparison:
    """One value of one characteristic: counts in the list and in the sample, and whether chance explains the gap."""

    characteristic: str
    value: str
    listed: int
    sampled: int
    list_per_cent: int
    sample_per_cent: int
    as_expected: bool
    sentence: str


def compare(
    listed: Mapping[str, Sequence[str]], sampled: Mapping[str, Sequence[str]], confidence: float = 0.95
) -> tuple[Comparison, ...]:
    """Compare the sample with the list, characteristic by characteristic.

    Both map a characteristic to the value of each case; the sampled cases are some of those listed. A value is as
    expected when its count on the list lies within the exact limits that the sample's count gives.
    """
    found = []
    for name, values in listed.items():
        whole, part = Counter(values), Counter(sampled[name])
        found += [_one(name, value, whole, part, confidence) for value in sorted(whole)]
    return tuple(found)


def _one(name: str, value: str, whole: Counter[str], part: Counter[str], confidence: float) -> Comparison:
    population, drawn = whole.total(), part.total()
    expected = not drawn or within_exact_limits(population, whole[value], drawn, part[value], confidence)
    in_list, in_sample = per_cent(whole[value], population), per_cent(part[value], drawn) if drawn else 0
    shown = value or "not recorded"
    verdict = "as chance would have it" if expected else "further apart than chance explains"
    sentence = f"{name}, {shown}: {in_sample} per cent of the sample, {in_list} per cent of the list; {verdict}."
    return Comparison(name, value, whole[value], part[value], in_list, in_sample, expected, sentence)
