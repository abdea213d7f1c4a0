"""The cast of publication: an inspection whose report is signed off, and one that is public."""

from datetime import UTC, datetime, timedelta

import pytest

from inspectorate.inspections.models import Inspection
from inspectorate.people.models import User
from inspectorate.publication.actions import confirm_release, propose_release
from inspectorate.register.models import Body
from inspectorate.reports.actions import sign_off_report
from inspectorate.reports.queries import latest_draft
from tests.stages.conftest import CAST, CHIEF, LEAD, make_inspection, make_people, make_trust
from tests.stages.reports.conftest import make_draft, make_drafting, make_written


def coming():
    """Return a minute in the winter that comes: a release is for a minute to come, and at most a year away."""
    now = datetime.now(UTC)
    minutes = [datetime(now.year + later, month, 21, 9, 30, tzinfo=UTC) for later in (0, 1) for month in (1, 2)]
    return next(minute for minute in minutes if minute > now + timedelta(days=2))


MINUTE = coming()
DAY = f"{MINUTE:%-d %B %Y}"
YEAR = f"{MINUTE.year - 1}-{MINUTE:%y}"
"""The financial year of the minute."""


@pytest.fixture(scope="module")
def signed_once(for_the_module):  # noqa: ARG001 - it opens the database
    """The key of an inspection whose report is signed off, made once for all tests of a module."""
    make_people()
    inspection = make_inspection(make_trust())
    make_draft(make_written(make_drafting(inspection)))
    sign_off_report(inspection=inspection, by=CHIEF)
    return inspection.pk


@pytest.fixture
def signed_off(signed_once, db):  # noqa: ARG001 - it opens the database
    """An inspection whose report is signed off."""
    return Inspection.objects.get(pk=signed_once)


@pytest.fixture
def inspection(signed_off):
    return signed_off


@pytest.fixture
def trust(signed_off):
    return Body.objects.get(pk=signed_off.body_id)


@pytest.fixture
def people(signed_off):  # noqa: ARG001 - they were made with it
    made = {user.name: user for user in User.objects.all()}
    return {name: made[name] for name in CAST}


@pytest.fixture
def draft(signed_off):
    """The draft that was signed."""
    return latest_draft(signed_off)


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
