"""The cast of reports: an inspection whose ratings are settled, and a report that has all that it must have."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from inspectorate.inspections.models import Inspection
from inspectorate.people.models import Tie, User
from inspectorate.ratings.models import Settlement
from inspectorate.ratings.resting import rests_on
from inspectorate.reports.actions import Written, send_draft, write_section
from tests.stages.conftest import ASSESSOR, CONTACT, LEAD
from tests.stages.ground import ground, inspection, people, trust
from tests.stages.reports.settled import payload

__all__ = ["ground", "inspection", "people", "trust"]
GATES = {
    "protecting_the_public": "Other people are kept safe in {score:protecting_the_public} of the work.",
    "experience": "Forty people told us that they are treated with respect.",
}


NOW = datetime.now(UTC)


def settle(inspection, number=1, data=None):
    """Settle the ratings of an inspection with the figures of the invented example."""
    now = rests_on(inspection)
    return Settlement.objects.create(
        inspection=inspection,
        number=number,
        payload=data or payload(),
        inputs_digest=now.digest,
        rests_on=now.as_data(),
        inputs=Settlement.pack({}),
        settled_at=datetime.now(UTC),
        settled_by_kind=LEAD[0],
        settled_by_id=LEAD[1],
    )


def to_state(inspection, state):
    Inspection.objects.filter(pk=inspection.pk).update(state=state, announced_at=datetime.now(UTC))
    inspection.refresh_from_db()
    return inspection


def write(inspection, section, text, by=LEAD, **more):
    return write_section(inspection=inspection, written=Written(section, text, **more), by=by)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def drafting(inspection):
    """An inspection whose ratings are settled; its report can be written."""
    return make_drafting(inspection)


def make_drafting(inspection):
    contact = User.objects.get(public_id=CONTACT[1])
    tied = {"kind": Tie.Kind.WORKS_FOR, "subject_kind": "body", "subject_id": inspection.body.public_id}
    Tie.objects.create(user=contact, declared_at=datetime.now(UTC), **tied)
    settle(inspection)
    return to_state(inspection, "drafting")


@pytest.fixture
def written(drafting):
    """A report in which all is written that no report may leave out."""
    return make_written(drafting)


def make_written(drafting):
    for section, text in GATES.items():
        write(drafting, section, text, by=ASSESSOR)
    write(drafting, "summary", "The work was **good** in places.\n\n{chart:headline}\n\n{table:provider}")
    return drafting


@pytest.fixture
def draft(written):
    """The first draft, sent to the body."""
    return make_draft(written)


def make_draft(written):
    made = send_draft(inspection=written, due_on=in_days(14), by=LEAD)
    written.refresh_from_db()
    return made
