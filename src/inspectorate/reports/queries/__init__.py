"""Readings of reports."""

from inspectorate.reports.queries.building import Building, building_of, edition_of, facts_of, sign_off_holds
from inspectorate.reports.queries.checking import (
    comments_of,
    counted,
    latest_draft,
    open_reopening,
    signed_report,
    unanswered,
    unchanged_though_accepted,
)
from inspectorate.reports.queries.writing import current_versions, recommendations_of, texts_of, versions_of

__all__ = [
    "Building",
    "building_of",
    "comments_of",
    "counted",
    "current_versions",
    "edition_of",
    "facts_of",
    "latest_draft",
    "open_reopening",
    "recommendations_of",
    "sign_off_holds",
    "signed_report",
    "texts_of",
    "unanswered",
    "unchanged_though_accepted",
    "versions_of",
]
