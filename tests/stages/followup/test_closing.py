"""Closing an inspection and opening its follow-up again; the page on which that is done."""

import pytest

from inspectorate.followup.actions import close_inspection, reopen_follow_up
from inspectorate.methodology.lifecycle import Refusal
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.models import User
from tests.stages.conftest import LEAD

pytestmark = pytest.mark.django_db


def refused(code, action, **given):
    with pytest.raises(RefusedError) as told:
        action(**given)
    assert told.value.code == code


def test_an_inspection_is_closed_once_its_result_is_public_and_opened_again_with_a_reason(public):
    assert close_inspection(inspection=public.inspection, by=LEAD).state == "closed"
    refused(Refusal.REASON_MISSING, reopen_follow_up, inspection=public.inspection, why="", by=LEAD)
    assert reopen_follow_up(inspection=public.inspection, why="A plan came late.", by=LEAD).state == "released"


def test_an_inspection_is_not_closed_before_its_minute(confirmed):
    refused(Refusal.MINUTE_TO_COME, close_inspection, inspection=confirmed.inspection, by=LEAD)


def test_the_page_says_when_follow_up_begins_and_then_what_was_recommended(client, confirmed):
    client.force_login(User.objects.get(public_id="a-lead-inspector"))
    home = f"/inspections/{confirmed.inspection.public_id}/follow-up/"
    assert "Follow-up begins once the result is public" in client.get(home).content.decode()


def test_it_is_closed_and_reopened_on_the_page(client, public, django_assert_max_num_queries):
    client.force_login(User.objects.get(public_id="a-lead-inspector"))
    home = f"/inspections/{public.inspection.public_id}/follow-up/"
    with django_assert_max_num_queries(12):
        assert "Close this inspection" in client.get(home).content.decode()
    assert client.post(f"{home}close/").status_code == 302
    assert client.post(f"{home}close/").status_code == 409
    assert client.post(f"{home}reopen/", {"why": ""}).status_code == 422
    assert client.post(f"{home}reopen/", {"why": "A plan came late."}).status_code == 302
    assert "Close this inspection" in client.get(home).content.decode()
