"""What is released may be kept by others for half a minute, and by ourselves for some seconds; nothing else ever is."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from inspectorate.config import rush
from inspectorate.people.models import User
from inspectorate.publication.actions import take_down_release
from inspectorate.publication.models import Release
from tests.stages.conftest import LEAD
from tests.stages.publication.test_embargo import ABSENT, OF_A_RESULT, address, answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings):
    """Answers are kept in memory, as where people are served."""
    settings.RUSH_SECONDS = 10
    return settings


@pytest.mark.parametrize("name", OF_A_RESULT)
def test_what_is_released_is_kept_for_half_a_minute_and_asked_again_by_its_mark(client, public, name):
    first = client.get(address(name, public.public_id))
    assert first["Cache-Control"] == "public, max-age=30, must-revalidate"
    again = client.get(address(name, public.public_id), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", first["Cache-Control"])
    other = client.get(address(name, public.public_id), headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_whoever_has_signed_in_has_it_kept_nowhere(client, public, kept):  # noqa: ARG001 - it is on
    user = User.objects.get(public_id=LEAD[1])
    client.force_login(user)
    for _ in range(2):
        answer = client.get(public.get_absolute_url())
        assert ("no-store" in answer["Cache-Control"], "ETag" in answer) == (True, False)
    assert user.full_name not in Client().get(public.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", OF_A_RESULT)
def test_f43_before_its_minute_it_is_kept_nowhere_and_no_mark_is_known(client, confirmed, name, kept):  # noqa: ARG001
    marks = {"If-None-Match": "*", "If-Modified-Since": "Thu, 01 Jan 2037 00:00:00 GMT"}
    there, absent = (client.get(address(name, one), headers=marks) for one in (confirmed.public_id, ABSENT))
    assert (there.status_code, there.content, dict(there.headers)) == (404, absent.content, dict(absent.headers))
    assert ("no-store" in there["Cache-Control"], "ETag" in there) == (True, False)


def test_f43_one_that_was_asked_for_before_its_minute_is_there_at_its_minute(client, confirmed, kept):  # noqa: ARG001
    assert answer(client, confirmed.get_absolute_url())[0] == 404
    moved = confirmed.visible_from - timedelta(days=400)
    Release.objects.filter(pk=confirmed.pk).update(visible_from=moved, confirmed_at=moved)
    assert answer(client, confirmed.get_absolute_url())[0] == 200


def test_f75_in_a_rush_the_database_is_asked_once(client, public, kept, django_assert_num_queries):  # noqa: ARG001
    first = answer(client, public.get_absolute_url())
    with django_assert_num_queries(0):
        for _ in range(20):
            assert answer(client, public.get_absolute_url()) == first
    packed = client.get(public.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    with django_assert_num_queries(0):
        marked = client.get(public.get_absolute_url(), headers={"If-None-Match": first[1]["ETag"]})
    assert marked.status_code == 304


def test_f75_what_was_taken_down_is_gone_when_the_seconds_are_over(client, public, kept, monkeypatch):  # noqa: ARG001
    assert client.get(public.get_absolute_url()).status_code == 200
    take_down_release(inspection=public.inspection, why="A name stands in it.", by=LEAD)
    now = rush.time.monotonic()
    monkeypatch.setattr(rush.time, "monotonic", lambda: now + 11)
    assert client.get(public.get_absolute_url()).status_code == 410


def test_f75_memory_is_bounded_and_makes_room_when_seconds_are_over(kept, rf, monkeypatch):  # noqa: ARG001
    monkeypatch.setattr(rush, "MOST_KEPT", 3)
    headers = {"Cache-Control": "public, max-age=30", "ETag": '"a"'}
    layer = rush.AnswerRushFromMemory(lambda _: HttpResponse("x", headers=headers))
    for number in range(9):
        layer(rf.get(f"/results/{number}/"))
    assert sorted(path for _, _, path, _ in layer.kept) == ["/results/0/", "/results/1/", "/results/2/"]
    now = rush.time.monotonic()
    monkeypatch.setattr(rush.time, "monotonic", lambda: now + 11)
    layer(rf.get("/results/9/"))
    assert [path for _, _, path, _ in layer.kept] == ["/results/9/"]


@pytest.mark.parametrize(
    "changed",
    [
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private, max-age=30"},
        {"Set-Cookie": "a=b"},
    ],
)
def test_nothing_is_kept_that_is_not_called_public_or_sets_a_cookie(kept, rf, changed):  # noqa: ARG001
    headers = {"Cache-Control": "public, max-age=30", "ETag": '"a"'} | changed
    layer = rush.AnswerRushFromMemory(lambda _: HttpResponse("x", headers=headers))
    layer(rf.get("/results/"))
    assert layer.kept == {}
