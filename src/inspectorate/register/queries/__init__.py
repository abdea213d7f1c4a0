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
from inspectorate.register.queries.published import (
    current_results,
    drawn_charts,
    last_version,
    programme_year,
    programme_years,
    results_of,
)

__all__ = [
    "BodySearch",
    "Counts",
    "History",
    "counts",
    "current_results",
    "drawn_charts",
    "find_bodies",
    "history_of",
    "last_version",
    "programme_year",
    "programme_years",
    "regions",
    "results_of",
    "successors_on",
    "was",
]
