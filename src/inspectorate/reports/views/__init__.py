"""The pages of reports."""

from inspectorate.reports.views.commenting import answer_page, comment_page
from inspectorate.reports.views.copies import readers_page
from inspectorate.reports.views.drafts import changes_page, draft_page, draft_pdf_page, drafts_page
from inspectorate.reports.views.recommending import (
    move_recommendation_page,
    new_recommendation_page,
    recommendation_page,
    recommendations_csv_page,
    recommendations_page,
    take_out_recommendation_page,
)
from inspectorate.reports.views.sending import correct_page, send_page
from inspectorate.reports.views.signing import reopen_page, sign_off_page, signed_page, signed_pdf_page
from inspectorate.reports.views.writing import preview_page, report_page, section_page, versions_page

__all__ = [
    "answer_page",
    "changes_page",
    "comment_page",
    "correct_page",
    "draft_page",
    "draft_pdf_page",
    "drafts_page",
    "move_recommendation_page",
    "new_recommendation_page",
    "preview_page",
    "readers_page",
    "recommendation_page",
    "recommendations_csv_page",
    "recommendations_page",
    "reopen_page",
    "report_page",
    "section_page",
    "send_page",
    "sign_off_page",
    "signed_page",
    "signed_pdf_page",
    "take_out_recommendation_page",
    "versions_page",
]
