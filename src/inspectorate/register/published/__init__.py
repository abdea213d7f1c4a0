"""Reads the folder ``published/``: the real bodies, and the tables and lists that the documents print.

It needs no Django and no database, so that ``inspectorate published`` answers at once from a base install.
"""

from inspectorate.register.published.bodies import (
    BodyFacts,
    SuccessionFacts,
    UnitsFacts,
    bodies,
    local_delivery_units,
    successions,
)
from inspectorate.register.published.folder import folder_digest, published_folder
from inspectorate.register.published.programme_years import NotPublishedError, programme_years, read
from inspectorate.register.published.reports import ReportFacts, reports
from inspectorate.register.published.sheets import sheets_of

__all__ = [
    "BodyFacts",
    "NotPublishedError",
    "ReportFacts",
    "SuccessionFacts",
    "UnitsFacts",
    "bodies",
    "folder_digest",
    "local_delivery_units",
    "programme_years",
    "published_folder",
    "read",
    "reports",
    "sheets_of",
    "successions",
]
