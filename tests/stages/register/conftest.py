"""The cast of the register's tests: two invented teams, a loader, and the published record."""

from datetime import UTC, datetime

import pytest

from inspectorate.register.actions import NewBody, load_published_record, register_body

INSPECTOR = ("system", "a-keeper-of-the-register")
LOADED_AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def by():
    return INSPECTOR


@pytest.fixture
def northmoor(db, by):  # noqa: ARG001 - it opens the database
    return register_body(body=team("Northmoor"), by=by)


@pytest.fixture
def southmoor(db, by):  # noqa: ARG001 - it opens the database
    return register_body(body=team("Southmoor"), by=by)


@pytest.fixture
def record_of_the_documents(db):  # noqa: ARG001 - as above
    return load_published_record(by=("system", "loader"), at=LOADED_AT)


@pytest.fixture(scope="module")
def documents_loaded(for_the_module):  # noqa: ARG001 - it opens the database
    """The published record, loaded once for a module whose tests only read it."""
    return load_published_record(by=("system", "loader"), at=LOADED_AT)


def team(name, **changed):
    """An invented youth offending team."""
    facts = {"name": name, "kind": "youth_offending_team", "nation": "england", "region": "Moors", "invented": True}
    return NewBody(**(facts | changed))
