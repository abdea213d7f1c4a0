"""Closing the follow-up of an inspection, opening it again, and opening a reinspection."""

from datetime import UTC, datetime

from django.db import transaction

from inspectorate.inspections.actions import advance
from inspectorate.inspections.models import Inspection
from inspectorate.publication.queries import open_release


@transaction.atomic
def close_inspection(*, inspection: Inspection, by: tuple[str, str], at: datetime | None = None) -> Inspection:
    """Close an inspection of which nothing more is expected. Refused before its result is public."""
    now = at or datetime.now(UTC)
    release = open_release(inspection)
    is_public = release is not None and release.confirmed_at is not None and release.visible_from <= now
    return advance(inspection=inspection, verb="close", by=by, holds={"minute_passed"} if is_public else set())


@transaction.atomic
def reopen_follow_up(*, inspection: Inspection, why: str, by: tuple[str, str]) -> Inspection:
    """Open the follow-up of a closed inspection again. Refused without a reason."""
    return advance(inspection=inspection, verb="reopen_follow_up", by=by, why=why)
