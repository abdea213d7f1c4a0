"""How long a session lasts: it ends by lying idle, by its hours, by a newer one too many, and by an administrator."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from inspectorate.people.access import NotAllowedError
from inspectorate.people.actions import add_person, end_sessions_of
from inspectorate.people.models import Role, SecurityEvent, Session
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.people.sessions import ABOUT
from inspectorate.record.models import Entry

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def opens(client):
    return client.get("/my-work/").status_code == 200


def left(session):
    return Session.objects.get(pk=session.pk).expire_date - timezone.now()


def begun(client, ago):
    """Have somebody signed in so long ago; what they did since does not matter to it."""
    session = client.session
    session[ABOUT] = session[ABOUT] | {"at": (datetime.now(UTC) - ago).isoformat()}
    session.save()


def test_a_session_that_nobody_uses_ends_after_an_hour(rhian, settings):
    client = signed_in(rhian)
    row = Session.objects.get(user=rhian)
    assert timedelta(0) <= settings.IDLE_MINUTES * MINUTE - left(row) < MINUTE
    Session.objects.filter(pk=row.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not opens(client)


def test_one_that_is_used_goes_on_and_is_written_down_every_twelfth_part_at_most(rhian):
    client = signed_in(rhian)
    row = Session.objects.get(user=rhian)
    Session.objects.filter(pk=row.pk).update(expire_date=timezone.now() + 30 * MINUTE)
    assert opens(client)
    assert left(row) > 59 * MINUTE
    Session.objects.filter(pk=row.pk).update(expire_date=timezone.now() + 57 * MINUTE)
    assert opens(client)
    assert left(row) < 58 * MINUTE, "not written again within five minutes"


def test_what_is_used_all_day_ends_after_its_hours_all_the_same(rhian, settings):
    client = signed_in(rhian)
    row = Session.objects.get(user=rhian)
    begun(client, timedelta(hours=settings.SESSION_HOURS) - 10 * MINUTE)
    Session.objects.filter(pk=row.pk).update(expire_date=timezone.now() + MINUTE)
    assert opens(client)
    assert 8 * MINUTE < left(row) <= 10 * MINUTE, "not an hour: the twelve hours are nearly over"
    begun(client, timedelta(hours=settings.SESSION_HOURS) + MINUTE)
    assert not opens(client)


def test_signing_in_at_one_place_too_many_ends_the_oldest(rhian, settings):
    settings.SESSIONS_AT_ONCE = 2
    first, second = signed_in(rhian), signed_in(rhian)
    Session.objects.filter(session_key=first.session.session_key).update(began_at=timezone.now() - MINUTE)
    third = signed_in(rhian)
    assert [opens(one) for one in (first, second, third)] == [False, True, True]
    assert SecurityEvent.objects.filter(kind="sessions_ended", who=rhian.public_id).count() == 1


def test_a_session_that_had_run_out_is_no_place_and_is_not_said_to_be_ended(rhian, settings):
    settings.SESSIONS_AT_ONCE = 2
    gone, still = signed_in(rhian), signed_in(rhian)
    row = Session.objects.filter(session_key=gone.session.session_key)
    row.update(expire_date=timezone.now() - MINUTE)
    third = signed_in(rhian)
    assert [opens(one) for one in (still, third)] == [True, True]
    assert not SecurityEvent.objects.filter(kind="sessions_ended").exists()


def test_an_administrator_ends_the_sessions_of_somebody_with_the_reason(client, rhian, people, chief):  # noqa: ARG001 - the chief adds
    adam = add_person(email="admin@example.org", name="Adam Min", role=Role.ADMINISTRATOR, by=chief)
    theirs = [signed_in(rhian), signed_in(rhian)]
    client.force_login(adam)
    page = client.get(f"/people/{rhian.public_id}/").content.decode()
    assert "Sign them out everywhere" in page
    assert client.post(f"/people/{rhian.public_id}/end-sessions/", {"sessions_why": " "}).status_code == 400
    answer = client.post(f"/people/{rhian.public_id}/end-sessions/", {"sessions_why": "A telephone was lost"})
    assert answer["Location"].endswith("?done=sessions")
    assert [opens(one) for one in theirs] == [False, False]
    entry = Entry.objects.get(verb="people.sessions_ended")
    assert (entry.actor_id, entry.subject_id, entry.why) == (adam.public_id, rhian.public_id, "A telephone was lost")
    again = client.post(f"/people/{rhian.public_id}/end-sessions/", {"sessions_why": "Once more"})
    assert (again.status_code, "signed in nowhere" in again.content.decode()) == (409, True)


def test_nobody_else_does_and_not_without_a_reason(rhian, assessor, chief):
    signed_in(rhian)
    with pytest.raises(NotAllowedError):
        end_sessions_of(user=rhian, why="Curious", by=assessor)
    with pytest.raises(RefusedError) as caught:
        end_sessions_of(user=rhian, why=" ", by=chief)
    assert caught.value.code == Refusal.REASON_MISSING
    assert Session.objects.filter(user=rhian).exists()
