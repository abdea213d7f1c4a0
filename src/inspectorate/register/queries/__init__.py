"""What can be asked of the register: who a body is, was and became; what was published about it."""

from inspectorate.register.queries.bodies import (
    BodySearch,
    Counts,
    History,
    counts,
    find_bodies,
    history_of,
    regions,
    successors_on,
    was,
)
from inspectorate.register.queries.lines import barred_bodies, line_of, open_teams, team_bodies
from inspectorate.register.queries.published import (
    current_results,
    current_sheets,
    drawn_charts,
    last_version,
    programme_year,
    programme_years,
    results_of,
)
from inspectorate.register.queries.reports import ReportSearch, find_reports, report_counts, reports_of

__all__ = [
    "BodySearch",
    "Counts",
    "History",
    "ReportSearch",
    "barred_bodies",
    "counts",
    "current_results",
    "current_sheets",
    "drawn_charts",
    "find_bodies",
    "find_reports",
    "history_of",
    "last_version",
    "line_of",
    "open_teams",
    "programme_year",
    "programme_years",
    "regions",
    "report_counts",
    "reports_of",
    "results_of",
    "successors_on",
    "team_bodies",
    "was",
]
