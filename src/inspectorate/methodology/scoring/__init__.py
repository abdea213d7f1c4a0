"""The methods that an edition may name, each in a file of its own: ``name@number`` stays what it is for ever."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from inspectorate.methodology.plans import Step
from inspectorate.methodology.results import Inputs, Result
from inspectorate.methodology.scoring import (
    case_share,
    judgement,
    lowest_key_question,
    pooled_share,
    sum_of_points,
)

METHODS: Mapping[str, Callable[[Step, Inputs], Result]] = MappingProxyType(
    {
        module.METHOD: module.compute
        for module in (pooled_share, case_share, lowest_key_question, judgement, sum_of_points)
    }
)
"""Every method by its name and number."""
