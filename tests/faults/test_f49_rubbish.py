"""F49: rubbish in every field of every page, as everybody: refused or inert, and never an error of the server."""

import pytest
from django.test import Client
from django.urls import reverse

from benchmarks.pages.crawling import crawl
from inspectorate.config.no_nul import TakeOutNul
from inspectorate.config.story import scenes, tell_story, telling
from inspectorate.people.models import User
from tests.faults.fuzzing import Fuzzer
from tests.stages.config.access_world import ABSENT, OWN, PARAMETERS, Asking, make_world
from tests.stages.config.test_access_matrix import ALL
from tests.stages.config.test_story import TOLD

pytestmark = pytest.mark.django_db
SOME, MUCH, MORE = 300, 4_000, 6_000
"""Requests: with every change; and at night of either world, on SQLite and on PostgreSQL, which are 20,000 in all."""


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.VAR = tmp_path


def fuzzer_of_every_route(seed):
    """Somebody of every kind, and an address of every route."""
    world = make_world()
    clients = {kind: client for kind, client in world.clients.items() if kind != "somebody who left"}
    addresses = {address(route, Asking(world, kind, OWN)) for route in ALL for kind in ("lead inspector", "inspector")}

    def sign_in(kind):
        clients[kind].force_login(world.users[kind])

    return Fuzzer(seed, clients, dict.fromkeys(clients, sorted(addresses)), sign_in)


def fuzzer_of_the_story(seed, monkeypatch):
    """The invented people of the demonstration, and whatever links lead each of them to."""
    monkeypatch.setattr(telling, "SCENES", tuple(scene for scene in scenes.SCENES if scene.title in TOLD))
    tell_story(by=("system", "demo"))
    people = {user.public_id: user for user in User.objects.filter(demonstration=True).order_by("pk")}
    clients, addresses = {"visitor": Client()}, {"visitor": ["/", "/results/", "/sign-in/"]}
    for name, user in people.items():
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(user)
        addresses[name] = [page.path.partition("?")[0] for page in crawl(clients[name], of_a_kind=2)]
    return Fuzzer(seed, clients, addresses, lambda name: clients[name].force_login(people[name]))


def address(route, asking):
    """Return the address of a route; what nobody knows stands for something that is not there."""
    values = {name: PARAMETERS.get(f"{route.name}.{name}", PARAMETERS.get(name, ABSENT)) for name in route.parameters}
    return reverse(route.name, kwargs={name: one(asking) if callable(one) else one for name, one in values.items()})


def assert_nothing_breaks(fuzzer, times):
    fuzzer.run(times)
    assert sum(fuzzer.statuses.values()) == times
    assert {200, 302, 404} <= fuzzer.statuses.keys()
    assert fuzzer.broken == [], "\n\n".join(map(str, fuzzer.broken[:5])).replace("\\n", "\n")


def test_some_rubbish_breaks_nothing():
    assert_nothing_breaks(fuzzer_of_every_route(1), SOME)


@pytest.mark.nightly
def test_much_rubbish_breaks_nothing():
    assert_nothing_breaks(fuzzer_of_every_route(2), MUCH)


@pytest.mark.nightly
def test_rubbish_on_the_pages_of_the_whole_story_breaks_nothing(monkeypatch):
    assert_nothing_breaks(fuzzer_of_the_story(3, monkeypatch), MORE)


def test_a_page_that_breaks_would_be_found(client):
    def breaks(*_, **__):
        raise ZeroDivisionError

    client.raise_request_exception = False
    fuzzer = Fuzzer(4, {"visitor": client}, {"visitor": ["/accessibility/"]}, None)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TakeOutNul, "__call__", breaks)
        fuzzer.run(20)
    assert len(fuzzer.broken) == 20
    assert "ZeroDivisionError" in fuzzer.broken[0][-1][0]
