"""The register's facts: bodies and what became of them; what was published about them."""

from inspectorate.register.models.bodies import Body, BodyKind, LocalDeliveryUnit, Nation, Succession, SuccessionKind
from inspectorate.register.models.published import (
    DrawnChart,
    PublishedFigure,
    PublishedMeasure,
    PublishedProgrammeYear,
    PublishedResult,
    PublishedRow,
    PublishedTable,
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
    "PublishedResult",
    "PublishedRow",
    "PublishedTable",
    "Succession",
    "SuccessionKind",
    "Visit",
]
