"""Every writing to case lists and samples, by verb."""

from inspectorate.sampling.actions.drawing import draw_sample, freeze_list, make_seed, settle_list, settle_sample
from inspectorate.sampling.actions.entering import ListedCase, enter_list, remove_case, upload_list
from inspectorate.sampling.actions.forgetting import forget_cases
from inspectorate.sampling.actions.replacing import (
    decide_proposal,
    propose_extension,
    propose_replacement,
    replace_case,
)
from inspectorate.sampling.actions.settling import say_none_eligible, supersede_list

__all__ = [
    "ListedCase",
    "decide_proposal",
    "draw_sample",
    "enter_list",
    "forget_cases",
    "freeze_list",
    "make_seed",
    "propose_extension",
    "propose_replacement",
    "remove_case",
    "replace_case",
    "say_none_eligible",
    "settle_list",
    "settle_sample",
    "supersede_list",
    "upload_list",
]
