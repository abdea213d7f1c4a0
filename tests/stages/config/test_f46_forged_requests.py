"""F46: requests forged by another site, frames, foreign origins, redirects to elsewhere and a forged host: refused."""

import pytest
from django.core import mail
from django.test import Client

from tests.stages.config.access_world import OWN, Asking, any_address, make_world
from tests.stages.config.test_access_matrix import ALL

pytestmark = pytest.mark.django_db
ELSEWHERE = "https://elsewhere.example"
HEADERS = (
    "Content-Security-Policy",
    "Permissions-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
)


def test_every_address_refuses_what_another_site_sends():
    world = make_world()
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(world.users["chief inspector"])
    token = "a" * 32
    strict.cookies["csrftoken"] = token
    taken = []
    for route in ALL:
        here = any_address(route, Asking(world, "chief inspector", OWN))
        without = strict.post(here)
        foreign = strict.post(here, {"csrfmiddlewaretoken": token}, headers={"origin": ELSEWHERE})
        taken += [f"{route.name}: {answer.status_code}" for answer in (without, foreign) if answer.status_code != 403]
    assert taken == []


def test_every_answer_of_every_address_carries_the_headers_and_lets_no_other_site_read_it():
    world = make_world()
    client = world.clients["lead inspector"]
    missing = []
    for route in ALL:
        answer = client.get(any_address(route, Asking(world, "lead inspector", OWN)), headers={"origin": ELSEWHERE})
        missing += [f"{route.name}: {name}" for name in HEADERS if not answer.has_header(name)]
        missing += [f"{route.name}: open to others"] if answer.has_header("Access-Control-Allow-Origin") else []
        if answer.streaming:
            list(answer)
    assert missing == []


@pytest.mark.parametrize(
    "next_", [ELSEWHERE, "//elsewhere.example/", "https:elsewhere.example", "javascript:x", "\\\\elsewhere.example"]
)
def test_nobody_is_sent_elsewhere(client, people, lead, next_):
    people[lead].set_password("a quiet harbour at dusk")
    people[lead].save()
    sent = {"login": people[lead].email, "password": "a quiet harbour at dusk", "next": next_}
    assert client.post("/sign-in/", sent)["Location"] == "/my-work/"
    client.get("/account/second-factor/", {"next": next_})
    assert "after_enrolling" not in client.session
    client.post("/account/again/", {"password": "a quiet harbour at dusk", "next": next_})
    assert "elsewhere" not in client.post("/sign-out/", {"next": next_})["Location"]


def test_a_forged_host_is_refused_and_stands_in_no_link(client, people, lead):
    answer = client.post("/password/reset/", {"email": people[lead].email}, headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert mail.outbox == []
    forwarded = {"x-forwarded-host": "elsewhere.example"}
    client.post("/password/reset/", {"email": people[lead].email}, headers=forwarded)
    assert "elsewhere" not in mail.outbox[0].body
