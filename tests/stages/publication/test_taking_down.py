"""What is public can be taken down at once by one person, and is put up again by another."""

import pytest
from django.utils import timezone

from inspectorate.people.access import NotAllowedError
from inspectorate.people.models import User
from inspectorate.publication.actions import note_what_became_public, put_up_release, take_down_release
from inspectorate.publication.models import Release
from inspectorate.publication.refusals import Refusal
from inspectorate.record.models import Entry
from inspectorate.register.queries import current_results
from tests.stages.conftest import ASSESSOR, CHIEF, LEAD
from tests.stages.publication.test_constraints import refused_by
from tests.stages.publication.test_embargo import LISTS, OF_A_RESULT, address, year_of
from tests.stages.publication.test_releasing import refused

pytestmark = pytest.mark.django_db
WHY = "A name stands in it."


@pytest.fixture
def down(public):
    return take_down_release(inspection=public.inspection, why=WHY, by=LEAD)


@pytest.mark.parametrize("name", OF_A_RESULT)
def test_every_address_of_it_says_that_it_is_down_and_not_why(client, down, name):
    answer = client.get(address(name, down.public_id))
    assert (answer.status_code, answer["Cache-Control"]) == (410, "public, max-age=30, must-revalidate")
    assert b"This result has been taken down" in answer.content
    assert WHY.encode() not in answer.content


@pytest.mark.parametrize("path", LISTS)
def test_no_list_feed_or_file_shows_it(client, public, path):
    if path in ("/results/", "/results/results.csv", "/results/feed.xml"):
        assert public.public_id in client.get(path).content.decode()
    take_down_release(inspection=public.inspection, why=WHY, by=LEAD)
    assert public.public_id not in client.get(path).content.decode()


def test_the_register_shows_its_figures_no_more_and_again_once_it_is_up(client, public):
    body = public.inspection.body
    pages = [body.get_absolute_url(), f"/programmes/iaow/{year_of(public)}/"]
    at = timezone.now()
    assert current_results(at=at).filter(row__body=body).exists()
    assert all(public.public_id in client.get(page).content.decode() for page in pages)
    take_down_release(inspection=public.inspection, why=WHY, by=LEAD)
    assert not current_results(at=at).filter(row__body=body).exists()
    assert not any(public.public_id in client.get(page).content.decode() for page in pages)
    put_up_release(inspection=public.inspection, why="It was not a real name.", by=CHIEF)
    assert all(public.public_id in client.get(page).content.decode() for page in pages)


def test_whoever_took_it_down_does_not_put_it_up_again(client, down):
    refused(Refusal.SAME_PERSON, put_up_release, inspection=down.inspection, why="It is right.", by=LEAD)
    put_up_release(inspection=down.inspection, why="It is right.", by=CHIEF)
    assert client.get(down.get_absolute_url()).status_code == 200
    said = Entry.objects.filter(subject_kind="release", verb__in=["release.taken_down", "release.put_up"])
    assert list(said.order_by("id").values_list("verb", "actor_id")) == [
        ("release.taken_down", LEAD[1]),
        ("release.put_up", CHIEF[1]),
    ]


def test_what_is_not_public_is_not_taken_down(signed_off, confirmed):
    refused(Refusal.NOT_PUBLIC, take_down_release, inspection=signed_off, why=WHY, by=LEAD)
    assert Release.objects.get().taken_down_at is None
    take_down_release(inspection=signed_off, why=WHY, by=LEAD, at=confirmed.visible_from)


def test_a_reason_is_asked_for_and_nothing_is_done_twice(public):
    inspection = public.inspection
    refused(Refusal.REASON_MISSING, take_down_release, inspection=inspection, why=" ", by=LEAD)
    refused(Refusal.NOT_DOWN, put_up_release, inspection=inspection, why=WHY, by=CHIEF)
    take_down_release(inspection=inspection, why=WHY, by=LEAD)
    refused(Refusal.DOWN_ALREADY, take_down_release, inspection=inspection, why=WHY, by=CHIEF)
    refused(Refusal.REASON_MISSING, put_up_release, inspection=inspection, why=" ", by=CHIEF)


def test_an_assessor_takes_nothing_down_and_puts_nothing_up(public, down):
    for action in (take_down_release, put_up_release):
        with pytest.raises(NotAllowedError):
            action(inspection=public.inspection, why=WHY, by=ASSESSOR)
    assert Release.objects.get().taken_down_at == down.taken_down_at


def test_that_it_became_public_is_written_down_also_when_it_is_down(down):
    assert note_what_became_public(by=("system", "test")) == [down]


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"taken_down_because": ""}, "publication_taken_down_with_a_reason"),
        ({"taken_down_by_id": ""}, "publication_taken_down_with_a_reason"),
        ({"taken_down_at": "2001-01-01T00:00:00Z"}, "publication_taken_down_once_public"),
    ],
)
def test_the_database_holds_that_too(down, changed, name):
    refused_by(name, lambda: Release.objects.filter(pk=down.pk).update(**changed))


def test_it_is_taken_down_and_put_up_on_the_page(client, public, django_assert_max_num_queries):
    home = f"/inspections/{public.inspection.public_id}/release/"
    client.force_login(User.objects.get(public_id=LEAD[1]))
    assert "Take it down now" in client.get(home).content.decode()
    assert client.post(f"{home}take-down/", {"why": ""}).status_code == 422
    assert client.post(f"{home}take-down/", {"why": WHY}).status_code == 302
    assert client.post(f"{home}take-down/", {"why": WHY}).status_code == 409
    with django_assert_max_num_queries(12):
        text = client.get(home).content.decode()
    assert ("It is taken down" in text, WHY in text, "Put it up again</button>" in text) == (True, True, False)
    assert client.post(f"{home}put-up/", {"why": "It is right."}).status_code == 409
    client.force_login(User.objects.get(public_id=CHIEF[1]))
    assert "Put it up again" in client.get(home).content.decode()
    assert client.post(f"{home}put-up/", {"why": ""}).status_code == 422
    assert client.post(f"{home}put-up/", {"why": "It is right."}).status_code == 302
    assert client.get(home).content.decode().count("It is public") == 1
