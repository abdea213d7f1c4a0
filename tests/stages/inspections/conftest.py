"""An announced inspection, and somebody who speaks for the body that is inspected."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from inspectorate.inspections.actions import advance, join_team, set_week
from inspectorate.inspections.evidence.files import NewFile
from inspectorate.inspections.models import Inspection
from inspectorate.people.models import Tie
from tests import made_files

PDF = made_files.pdf()


@pytest.fixture
def contact(people, trust):
    """Bob, who speaks for Westmoor."""
    user = people[("user", "a-body-contact")]
    told = {"subject_kind": "body", "subject_id": trust.public_id, "declared_at": datetime(2026, 1, 5, tzinfo=UTC)}
    Tie.objects.create(user=user, kind=Tie.Kind.WORKS_FOR, **told)
    return user.name


@pytest.fixture
def announced(inspection, lead):
    """The inspection, of which the body knows."""
    holds = ("lead_named", "week_set", "week_ahead")
    return advance(inspection=inspection, verb="announce", by=lead, holds=holds)


@pytest.fixture
def dated(inspection, lead):
    """The inspection with fieldwork on Monday 22 April 2013, where week +2 meets a bank holiday."""
    Inspection.objects.filter(pk=inspection.pk).update(invented=True)
    return set_week(inspection=inspection, monday=date(2013, 4, 22), weeks=1, by=lead)


@pytest.fixture
def signed_in(client, people):
    """Sign somebody of the cast in."""

    def sign_in(who):
        client.force_login(people[who])
        return client

    return sign_in


@pytest.fixture
def team_of_three(dated, people, lead):
    """The dated inspection with a local assessor in its team."""
    join_team(inspection=dated, user=people[("user", "a-local-assessor")], role="local_assessor", by=lead)
    return dated


def pdf(name="plan.pdf", more=b""):
    return NewFile(name, made_files.pdf(more or b"Westmoor"))


def packed(*parts, **contents):
    """Return the bytes of a packed file with these parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts:
            made.writestr(part, contents.get(part, "x"))
    return kept.getvalue()
