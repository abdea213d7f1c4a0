"""What the tests of faults share: the cast and the world of the stages, really served."""

import pytest
from django.db import connection

from tests.faults.living import SignedIn, Starter, Writer, database_address
from tests.faults.passing import Passage
from tests.stages import casework
from tests.stages import conftest as stages

# The cast and the world, as the stages make them.
people, lead, assessor, chief = stages.people, stages.lead, stages.assessor, stages.chief
trust, inspection, case_list, give, entry = (
    stages.trust,
    stages.inspection,
    stages.case_list,
    stages.give,
    stages.entry,
)
sample, begun = casework.sample, casework.begun


@pytest.fixture(scope="session")
def passage(django_db_setup):  # noqa: ARG001 - the database is there then
    """The way from what is served to PostgreSQL, which can be closed and paused; SQLite is a file and needs none."""
    if connection.vendor == "sqlite":
        yield None
        return
    given = connection.settings_dict
    made = Passage(f"{given['HOST']}/.s.PGSQL.{given['PORT'] or 5432}")
    yield made
    made.close()


@pytest.fixture(scope="session")
def starter(passage):
    """Makes servers on the database of the tests; one waits a second for it, where an installation waits longer."""
    made = Starter(
        INSPECTORATE_DATABASE_URL=database_address(passage.port if passage else None),
        INSPECTORATE_DATABASE_WAIT_SECONDS=1,
        INSPECTORATE_DATABASE_SILENT_SECONDS=3,
    )
    yield made
    made.stop()


@pytest.fixture
def server(starter, begun):  # noqa: ARG001 - what is served is there before
    with starter.serving() as server:
        yield server


@pytest.fixture
def ann(people, assessor):
    """The assessor, signed in."""
    return SignedIn(people[assessor])


@pytest.fixture
def case_href(begun):
    return f"/inspections/{begun.case.case_list.inspection.public_id}/cases/{begun.case.public_id}/"


@pytest.fixture
def door(begun, case_href):
    return f"{case_href}entries/?assessment={begun.public_id}"


@pytest.fixture
def writers(ann, door):
    return [Writer(ann, door) for _ in range(2)]
