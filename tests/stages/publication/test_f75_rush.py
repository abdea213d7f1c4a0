"""F75: a rush on the public pages at half past nine: who works inside is answered, and taking down works meanwhile."""

import http.client
import time
from threading import Event, Thread

import pytest

from inspectorate.people.models import User
from inspectorate.publication.actions import take_back_release
from tests.faults.conftest import passage, starter
from tests.faults.living import SignedIn

__all__ = ["passage", "starter"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]
READERS, SECONDS = 32, 20


def test_a_rush_of_readers_keeps_nobody_out_and_a_result_can_be_taken_down_meanwhile(public, starter):
    where, seen, ended = f"/results/{public.public_id}/", [], Event()
    inside = SignedIn(User.objects.get(public_id="a-lead-inspector"))

    def read(server):
        while not ended.is_set():
            try:
                seen.append(server.ask("GET", where)[0])
            except (OSError, http.client.HTTPException) as error:
                seen.append(type(error).__name__)

    with starter.serving() as server:
        assert server.ask("GET", where)[0] == 200
        readers = [Thread(target=read, args=(server,), daemon=True) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            for _ in range(SECONDS // 2):
                assert inside.get(server, "/inspections/")[0] == 200
                time.sleep(1)
            take_back_release(inspection=public.inspection, why="for a test", by=("user", "a-chief-inspector"))
            assert server.ask("GET", where)[0] == 404
        finally:
            ended.set()
            for reader in readers:
                reader.join(30)
    assert set(seen) == {200, 404}
