"""The cast of publication: an inspection whose report is signed off, and one that is public."""

from datetime import UTC, datetime, timedelta

import pytest

from inspectorate.publication.actions import confirm_release, propose_release
from inspectorate.reports.actions import sign_off_report
from tests.stages.conftest import CHIEF, LEAD
from tests.stages.reports.conftest import draft, drafting, written

__all__ = ["draft", "drafting", "written"]
MINUTE = datetime(2027, 1, 21, 9, 30, tzinfo=UTC)


@pytest.fixture
def signed_off(draft):
    """An inspection whose report is signed off."""
    sign_off_report(inspection=draft.inspection, by=CHIEF)
    draft.inspection.refresh_from_db()
    return draft.inspection


@pytest.fixture
def proposed(signed_off):
    """The release of a signed report, proposed by the lead for a minute to come."""
    return propose_release(inspection=signed_off, visible_from=MINUTE, by=LEAD)


@pytest.fixture
def confirmed(proposed):
    """The release confirmed by the chief; its minute has not come."""
    return confirm_release(inspection=proposed.inspection, by=CHIEF)


@pytest.fixture
def public(signed_off):
    """A result that has been public for an hour."""
    minute = datetime.now(UTC) - timedelta(hours=1)
    before = minute - timedelta(days=1)
    propose_release(inspection=signed_off, visible_from=minute, by=LEAD, at=before)
    return confirm_release(inspection=signed_off, by=CHIEF, at=before)
