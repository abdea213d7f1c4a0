"""The embargo: before its minute a result answers, byte for byte, as one that does not exist."""

import re

import pytest
from django.urls import URLPattern, reverse

from inspectorate.people.models import User
from inspectorate.publication import urls

pytestmark = pytest.mark.django_db
ABSENT = "0" * 32
OF_A_RESULT = sorted(
    pattern.name
    for pattern in urls.urlpatterns
    if isinstance(pattern, URLPattern) and str(pattern.pattern).startswith("results/<")
)
LISTS = ["/results/", "/results/?q=westmoor", "/results/?programme=iaow", "/results/results.csv", "/results/feed.xml"]
LISTS += ["/bodies/?q=westmoor", "/programmes/", "/reports/", "/bodies/bodies.csv"]


def answer(client, address):
    response = client.get(address)
    headers = {name: value for name, value in response.headers.items() if name != "Date"}
    return response.status_code, headers, response.content


def address(name, public_id):
    more = {"code": "protecting_the_public"} if name == "account" else {}
    return reverse(f"publication:{name}", kwargs={"public_id": public_id, **more})


@pytest.mark.parametrize("who", [None, "a-chief-inspector", "a-lead-inspector", "a-body-contact"])
@pytest.mark.parametrize("name", OF_A_RESULT)
def test_an_address_before_its_minute_answers_as_one_that_does_not_exist(client, confirmed, name, who):
    if who:
        client.force_login(User.objects.get(public_id=who))
    there, absent = (answer(client, address(name, one)) for one in (confirmed.public_id, ABSENT))
    assert there == absent
    assert there[0] == 404


@pytest.mark.parametrize("name", OF_A_RESULT)
def test_every_such_address_answers_once_it_is_public(client, public, name):
    assert answer(client, address(name, public.public_id))[0] == 200


@pytest.mark.parametrize("path", LISTS)
def test_lists_search_feeds_and_files_say_nothing_before_the_minute(client, signed_off, path, request):
    def said():
        return re.sub(rb"<updated>[^<]*</updated>", b"", client.get(path).content)

    before = said()
    release = request.getfixturevalue("confirmed")
    assert signed_off == release.inspection
    assert said() == before


def test_the_page_of_the_body_and_of_the_programme_say_nothing_before_the_minute(client, confirmed):
    body = client.get(confirmed.inspection.body.get_absolute_url()).content.decode()
    assert "No result has been published for this body" in body
    assert confirmed.public_id not in body
    assert client.get("/programmes/iaow/2026-27/").status_code == 404


def test_the_page_of_the_body_and_of_the_programme_show_it_afterwards(client, public):
    for path in (public.inspection.body.get_absolute_url(), f"/programmes/iaow/{year_of(public)}/"):
        assert public.get_absolute_url() in client.get(path).content.decode(), path


def year_of(release):
    from inspectorate.publication.registered import financial_year  # noqa: PLC0415 - for this alone

    return financial_year(release.visible_from)
