"""The embargo: before its minute a result answers, byte for byte, as one that does not exist."""

import re
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.urls import URLPattern, reverse

from inspectorate.people.models import User
from inspectorate.publication import urls
from inspectorate.publication.actions import confirm_release, propose_release, take_back_release
from inspectorate.publication.registered import measures_of, shape_of, values_of
from inspectorate.register.actions import NewResult, add_measures, open_programme_year, record_result
from inspectorate.register.models import PublishedProgrammeYear
from inspectorate.register.queries import programme_year
from inspectorate.register.tables import Measure
from inspectorate.reports.queries import signed_report
from tests.stages.conftest import CHIEF, LEAD
from tests.stages.publication.conftest import MINUTE, YEAR

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
    return response.status_code, dict(response.headers), response.content


def address(name, public_id):
    more = {"code": "protecting_the_public"} if name == "account" else {}
    return reverse(f"publication:{name}", kwargs={"public_id": public_id, **more})


@pytest.mark.parametrize("who", [None, "a-chief-inspector", "a-lead-inspector", "a-body-contact"])
@pytest.mark.parametrize("name", OF_A_RESULT)
def test_f43_an_address_before_its_minute_answers_as_one_that_does_not_exist(client, confirmed, name, who):
    if who:
        client.force_login(User.objects.get(public_id=who))
    there, absent = (answer(client, address(name, one)) for one in (confirmed.public_id, ABSENT))
    assert there == absent
    assert there[0] == 404


def test_f43_five_hundred_guesses_tell_nothing(client, confirmed):
    chance = Random(43)  # noqa: S311 - guesses that are the same each time
    guesses = [f"{chance.getrandbits(128):032x}" for _ in range(500)]
    guesses.insert(chance.randrange(500), confirmed.public_id)
    assert len({repr(answer(client, address("result", one))) for one in guesses}) == 1


@pytest.mark.parametrize("name", OF_A_RESULT)
def test_every_such_address_answers_once_it_is_public(client, public, name):
    assert answer(client, address(name, public.public_id))[0] == 200


@pytest.mark.parametrize("path", LISTS)
def test_f43_lists_search_feeds_and_files_say_nothing_before_the_minute(client, signed_off, path, request):
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
    assert client.get(f"/programmes/iaow/{YEAR}/").status_code == 404


def test_the_page_of_the_body_and_of_the_programme_show_it_afterwards(client, public):
    for path in (public.inspection.body.get_absolute_url(), f"/programmes/iaow/{year_of(public)}/"):
        assert public.get_absolute_url() in client.get(path).content.decode(), path


def year_of(release):
    from inspectorate.publication.registered import financial_year  # noqa: PLC0415 - for this alone

    return financial_year(release.visible_from)


REGISTER = ["/programmes/", f"/programmes/iaow/{YEAR}/", f"/programmes/iaow/{YEAR}/table.csv"]
REGISTER += [f"/programmes/iaow/{YEAR}/table.json", "/bodies/?q=westmoor", "/bodies/bodies.csv", "/reports/", "/years/"]


@pytest.fixture
def seen_year(signed_off):
    """The year is public already by an earlier result of the same body: one measure alone, with a page of its own."""
    one, *others = measures_of(signed_report(signed_off).content["results"])
    assert others
    shape = replace(shape_of(signed_off, signed_report(signed_off).content["results"], MINUTE), measures=(one,))
    open_programme_year(shape=shape, by=CHIEF)
    value = {"per_cent": 50} if one.scale == "per_cent" else {"rating": "Fair"}
    earlier = NewResult("iaow", YEAR, one.code, address="/results/earlier/", **value)
    record_result(body=signed_off.body, result=earlier, by=CHIEF)
    return signed_off


def all_that_is_said(client, body):
    pages = [body.get_absolute_url(), *REGISTER, *LISTS]
    return {path: re.sub(rb"<updated>[^<]*</updated>", b"", client.get(path).content) for path in pages}


def test_a_year_that_is_public_already_shows_no_heading_and_no_address_of_a_release_to_come(client, seen_year):
    before = all_that_is_said(client, seen_year.body)
    assert b"/results/earlier/" in before[f"/programmes/iaow/{YEAR}/"]
    release = propose_release(inspection=seen_year, visible_from=MINUTE, by=LEAD)
    confirm_release(inspection=seen_year, by=CHIEF)
    assert all_that_is_said(client, seen_year.body) == before
    take_back_release(inspection=seen_year, why="A figure is looked at again.", by=LEAD)
    assert all_that_is_said(client, seen_year.body) == before
    assert release.public_id.encode() not in b"".join(before.values())


def test_f43_the_same_year_shows_the_heading_and_the_address_from_the_minute_on(seen_year):
    propose_release(inspection=seen_year, visible_from=MINUTE, by=LEAD)
    release = confirm_release(inspection=seen_year, by=CHIEF)
    just_before, then = (programme_year("iaow", YEAR, at=at) for at in (MINUTE - timedelta(seconds=1), MINUTE))
    told = values_of(release.signed_report.content["results"])
    assert ([len(just_before.measures)], {m.code for m in then.measures}) == ([1], set(told))
    shown = [row.address for shape in (just_before, then) for table in shape.tables for row in table.rows]
    assert shown == ["/results/earlier/", release.get_absolute_url()]


@pytest.mark.usefixtures("seen_year")
def test_a_heading_under_which_a_release_says_nothing_is_never_shown():
    add_measures(
        programme_year=PublishedProgrammeYear.objects.get(programme="iaow", year=YEAR),
        measures=[Measure("silent", "Nothing was said of it", "Silent")],
        by=CHIEF,
    )
    assert len(programme_year("iaow", YEAR, at=MINUTE).measures) == 1
