"""Every writing to inspections, by verb."""

from inspectorate.inspections.actions.advance import advance, require_in
from inspectorate.inspections.actions.announce import announce_inspection, renew_letter, send_further_letter
from inspectorate.inspections.actions.arrange import NewInspection, NewModule, arrange_inspection
from inspectorate.inspections.actions.aside import set_aside
from inspectorate.inspections.actions.exporting import (
    agree_to_export,
    ask_for_export,
    decline_export,
    take_export,
)
from inspectorate.inspections.actions.forget import forget_arrangements, forget_evidence
from inspectorate.inspections.actions.give import Written, answer_challenge, give_evidence, save_evidence
from inspectorate.inspections.actions.mark import mark_evidence
from inspectorate.inspections.actions.reinspect import arrange_reinspection
from inspectorate.inspections.actions.team import change_lead, join_team, leave_team
from inspectorate.inspections.actions.week import move_date, put_back_date, set_week

__all__ = [
    "NewInspection",
    "NewModule",
    "Written",
    "advance",
    "agree_to_export",
    "announce_inspection",
    "answer_challenge",
    "arrange_inspection",
    "arrange_reinspection",
    "ask_for_export",
    "change_lead",
    "decline_export",
    "forget_arrangements",
    "forget_evidence",
    "give_evidence",
    "join_team",
    "leave_team",
    "mark_evidence",
    "move_date",
    "put_back_date",
    "renew_letter",
    "require_in",
    "save_evidence",
    "send_further_letter",
    "set_aside",
    "set_week",
    "take_export",
]
