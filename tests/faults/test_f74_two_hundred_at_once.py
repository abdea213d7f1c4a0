"""F74: two hundred assessors save at once: no error, and nothing acknowledged is lost."""

import pytest

from benchmarks.load import world
from benchmarks.load.asking import load
from tests.faults.living import Starter, database_address

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]
ASSESSORS, EVERY, SECONDS = 200, 10.0, 120.0


def test_two_hundred_assessors_save_every_ten_seconds(db):  # noqa: ARG001 - it opens the database
    people = world.people(ASSESSORS)
    starter = Starter(INSPECTORATE_DATABASE_URL=database_address())
    try:
        with starter.serving() as server:
            told = load(people, server.port, seconds=SECONDS, every=EVERY)
            rush = load(people, server.port, seconds=1.0, every=0.0)  # all at five o'clock
    finally:
        starter.stop()
    assert told.errors == []
    assert rush.errors == []
    assert len(told.acknowledged) > ASSESSORS * SECONDS / EVERY / 4
    assert set(told.acknowledged + rush.acknowledged) <= world.held()
