"""How fast one person may hand in and take away: slowed down by themselves, and nobody else with them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from inspectorate.people.models import SecurityEvent

pytestmark = pytest.mark.django_db
SCORE, FILE = "/score/new/iaow/2013/", "/people/people.csv"
WORDS = "What I wrote beside it"


@pytest.fixture(autouse=True)
def own_counters(settings, request):
    counters = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": request.node.nodeid}
    settings.CACHES = {"default": counters}


def sends(client, place="203.0.113.9"):
    sent = {"answers": SimpleUploadedFile("a.csv", b"case\n"), "title": WORDS}
    return client.post(SCORE, sent, REMOTE_ADDR=place)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_person_who_sends_too_much_is_slowed_down_and_gets_their_words_back(settings, people, lead, chief):
    settings.UPLOADS_AN_HOUR = 2
    hers, his = signed_in(people[lead]), signed_in(people[chief])
    assert [sends(hers).status_code for _ in range(3)][-1] == 429
    refused = sends(hers)
    assert ("Too many attempts" in refused.content.decode(), WORDS in refused.content.decode()) == (True, True)
    assert sends(his).status_code != 429, "from the same place, and not counted with her"
    assert hers.get(SCORE).status_code == 200
    assert SecurityEvent.objects.filter(kind="throttled", who=lead[1]).exists()


def test_a_visitor_is_counted_by_place(settings):
    settings.UPLOADS_AN_HOUR = 1
    assert [sends(Client()).status_code == 429 for _ in range(2)] == [False, True]
    assert sends(Client(), "198.51.100.7").status_code != 429


def test_a_person_who_takes_away_too_much_is_slowed_down(settings, people, lead, chief):
    settings.DOWNLOADS_AN_HOUR = 2
    hers, his = signed_in(people[lead]), signed_in(people[chief])
    assert [hers.get(FILE).status_code for _ in range(3)] == [200, 200, 429]
    assert his.get(FILE).status_code == 200
    assert hers.get("/people/").status_code == 200, "pages are read as before"


def test_signing_out_has_the_browser_forget_and_leaves_other_cookies_alone(people, lead):
    client = signed_in(people[lead])
    assert client.post("/sign-out/")["Clear-Site-Data"] == '"cache", "storage"'
    assert not client.get("/").has_header("Clear-Site-Data")
