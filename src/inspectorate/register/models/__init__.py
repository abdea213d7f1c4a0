"""The register's facts: bodies and what became of them; what was published about them."""

from inspectorate.register.models.bodies import Body, BodyKind, LocalDeliveryUnit, Nation, Succession, SuccessionKind
from inspectorate.register.models.published import (
    DrawnChart,
    PublishedFigure,
    PublishedMeasure,
    PublishedProgrammeYear,
    PublishedReport,
    PublishedResult,
    PublishedRow,
    PublishedSheet,
    PublishedTable,
    ReportKind,
    Visit,
)

__all__ = [
    "Body",
    "BodyKind",
    "DrawnChart",
    "LocalDeliveryUnit",
    "Nation",
    "PublishedFigure",
    "PublishedMeasure",
    "PublishedProgrammeYear",
    "PublishedReport",
    "PublishedResult",
    "PublishedRow",
    "PublishedSheet",
    "PublishedTable",
    "ReportKind",
    "Succession",
    "SuccessionKind",
    "Visit",
]
