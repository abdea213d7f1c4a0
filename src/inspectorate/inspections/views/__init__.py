"""The pages of inspections."""

from inspectorate.inspections.views.arranging import new_page, reinspection_page
from inspectorate.inspections.views.aside import aside_page, aside_verb_page
from inspectorate.inspections.views.dates import back_view, dates_page, move_page, week_view
from inspectorate.inspections.views.listing import list_csv, list_page
from inspectorate.inspections.views.reading import history_csv, history_page
from inspectorate.inspections.views.team import end_page, interests_page, join_view, lead_page, team_page

__all__ = [
    "aside_page",
    "aside_verb_page",
    "back_view",
    "dates_page",
    "end_page",
    "history_csv",
    "history_page",
    "interests_page",
    "join_view",
    "lead_page",
    "list_csv",
    "list_page",
    "move_page",
    "new_page",
    "reinspection_page",
    "team_page",
    "week_view",
]
