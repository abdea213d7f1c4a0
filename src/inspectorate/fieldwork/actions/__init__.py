"""Every writing of fieldwork, by verb."""

from inspectorate.fieldwork.actions.allocating import Allocated, allocate_case, allocate_cases, declare_interest
from inspectorate.fieldwork.actions.assessing import begin_assessment, submit_assessment, take_back_assessment
from inspectorate.fieldwork.actions.bad_days import hand_over, replace_assessed_case, withdraw_assessment
from inspectorate.fieldwork.actions.forgetting import forget_notes
from inspectorate.fieldwork.actions.interests import declare_body_interest, team_and_part, tie_and_part
from inspectorate.fieldwork.actions.leavers import HandedOver, hand_over_all
from inspectorate.fieldwork.actions.opening import answer_alarm, note_reading
from inspectorate.fieldwork.actions.phases import (
    agree_to_reopen_fieldwork,
    ask_to_reopen_fieldwork,
    begin_fieldwork,
    decline_to_reopen_fieldwork,
    finish_fieldwork,
)
from inspectorate.fieldwork.actions.receiving import (
    MOST_IN_A_BATCH,
    Delivery,
    Door,
    append_entries,
    append_entries_at,
)

__all__ = [
    "MOST_IN_A_BATCH",
    "Allocated",
    "Delivery",
    "Door",
    "HandedOver",
    "agree_to_reopen_fieldwork",
    "allocate_case",
    "allocate_cases",
    "answer_alarm",
    "append_entries",
    "append_entries_at",
    "ask_to_reopen_fieldwork",
    "begin_assessment",
    "begin_fieldwork",
    "declare_body_interest",
    "declare_interest",
    "decline_to_reopen_fieldwork",
    "finish_fieldwork",
    "forget_notes",
    "hand_over",
    "hand_over_all",
    "note_reading",
    "replace_assessed_case",
    "submit_assessment",
    "take_back_assessment",
    "team_and_part",
    "tie_and_part",
    "withdraw_assessment",
]
