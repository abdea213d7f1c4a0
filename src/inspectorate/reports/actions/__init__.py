"""Every writing to reports, by verb."""

from inspectorate.reports.actions.checking import Said, answer_comment, comment_on_draft
from inspectorate.reports.actions.drafting import correct_draft, send_draft
from inspectorate.reports.actions.forgetting import forget_drafts
from inspectorate.reports.actions.recommending import (
    Recommended,
    add_recommendation,
    change_recommendation,
    move_recommendation,
    take_out_recommendation,
)
from inspectorate.reports.actions.signing import (
    agree_to_reopen,
    ask_to_reopen,
    decline_to_reopen,
    sign_off_report,
)
from inspectorate.reports.actions.writing import Written, write_section

__all__ = [
    "Recommended",
    "Said",
    "Written",
    "add_recommendation",
    "agree_to_reopen",
    "answer_comment",
    "ask_to_reopen",
    "change_recommendation",
    "comment_on_draft",
    "correct_draft",
    "decline_to_reopen",
    "forget_drafts",
    "move_recommendation",
    "send_draft",
    "sign_off_report",
    "take_out_recommendation",
    "write_section",
]
