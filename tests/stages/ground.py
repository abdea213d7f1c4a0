"""People, a trust and an inspection of it, once for all tests of a module: for folders without tests that commit."""

import pytest

from inspectorate.inspections.models import Inspection
from inspectorate.people.models import User
from inspectorate.register.models import Body
from tests.stages.conftest import CAST, make_inspection, make_people, make_trust


@pytest.fixture(scope="module")
def ground(for_the_module):  # noqa: ARG001 - it opens the database
    """The key of the inspection."""
    make_people()
    return make_inspection(make_trust()).pk


@pytest.fixture
def people(ground, db):  # noqa: ARG001 - it opens the database
    made = {user.name: user for user in User.objects.all()}
    return {name: made[name] for name in CAST}


@pytest.fixture
def inspection(ground, db):  # noqa: ARG001 - it opens the database
    return Inspection.objects.get(pk=ground)


@pytest.fixture
def trust(inspection):
    return Body.objects.get(pk=inspection.body_id)
