"""The cast of follow-up: a result that is public."""

from tests.stages.publication.conftest import (
    confirmed,
    draft,
    inspection,
    people,
    proposed,
    public,
    signed_off,
    signed_once,
    trust,
)

__all__ = ["confirmed", "draft", "inspection", "people", "proposed", "public", "signed_off", "signed_once", "trust"]
