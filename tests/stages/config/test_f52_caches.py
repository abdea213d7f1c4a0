"""F52: nothing private is kept by a cache, in between or in the browser; what is not there yet is not kept either."""

import pytest
from django.test import Client

from tests.stages.config.access_world import OWN, Asking, any_address, make_world
from tests.stages.config.test_access_matrix import ALL, RULED

pytestmark = pytest.mark.django_db


def kept(client, world, kind, wanted):
    for route in wanted:
        answer = client.get(any_address(route, Asking(world, kind, OWN)))
        if answer.streaming:
            list(answer)
        if "no-store" not in answer.get("Cache-Control", ""):
            yield f"{route.name}: {answer.status_code}"


@pytest.mark.parametrize("kind", ["lead inspector", "body contact"])
def test_whatever_somebody_gets_who_is_signed_in_is_stored_nowhere(kind):
    world = make_world()
    assert list(kept(world.clients[kind], world, kind, ALL)) == []


def test_whatever_a_visitor_is_refused_is_stored_nowhere():
    world = make_world()
    assert list(kept(Client(), world, "visitor", RULED)) == []


@pytest.mark.parametrize("place", ["/results/not-yet/", "/no-such-page/", "/bodies/nobody/"])
def test_what_is_not_there_or_not_yet_is_stored_nowhere(client, place):
    answer = client.get(place)
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (404, True)


def test_after_signing_out_the_same_address_leads_to_the_sign_in_page(client, people, lead):
    client.force_login(people[lead])
    assert "no-store" in client.get("/my-work/")["Cache-Control"]
    client.post("/sign-out/")
    assert client.get("/my-work/")["Location"].startswith("/sign-in/")
