"""F44: a copy from before publication is for people named on a list, carries its reader's name, ends at the minute."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from inspectorate.inspections.models import Inspection
from inspectorate.people.actions import deactivate, give_role
from inspectorate.people.models import Reading, Role, User
from inspectorate.reports.actions import sign_off_report
from inspectorate.reports.readers import readers_of
from inspectorate.ui.words import written_date
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL, OUTSIDER

pytestmark = pytest.mark.django_db
PUBLISHER = "somebody-of-publications"


@pytest.fixture
def as_(client):
    def sign_in(name):
        client.force_login(User.objects.get(public_id=name[1]))
        return client

    return sign_in


def at(page, inspection, *more):
    return reverse(f"reports:{page}", args=[inspection.public_id, *more])


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.content.decode()))


def printed(page):
    return [one.extract_text() for one in PdfReader(BytesIO(page.content)).pages]


def publish(inspection, minutes):
    minute = timezone.now() + timedelta(minutes=minutes)
    Inspection.objects.filter(pk=inspection.pk).update(state="released", public_from=minute)
    inspection.refresh_from_db()


def test_f44_page_and_every_page_of_the_pdf_carry_the_reader_and_the_day(as_, draft):
    today = written_date(timezone.localdate())
    for name, full_name in ((CONTACT, "Bob Contact"), (LEAD, "Rhian Lead")):
        client, mark = as_(name), f"Copy of {full_name}, {today}: not for publication"
        assert mark in text_of(client.get(at("draft", draft.inspection, 1)))
        pages = printed(client.get(at("draft_pdf", draft.inspection, 1)))
        assert all(mark in re.sub(r"\s+", " ", one) for one in pages)


def test_f44_each_reading_of_a_draft_is_written_down(as_, draft):
    client = as_(CONTACT)
    client.get(at("drafts", draft.inspection))
    client.get(at("draft_pdf", draft.inspection, 1))
    found = Reading.objects.filter(reader__public_id=CONTACT[1], subject_kind="draft", subject_id=draft.public_id)
    assert sorted(found.values_list("way", "because")) == [("file", "body"), ("page", "body")]


def test_f44_the_list_names_who_may_read_it_and_nobody_else_can(as_, draft, django_assert_max_num_queries):
    as_(CONTACT).get(at("draft", draft.inspection, 1))
    lead = as_(LEAD)
    with django_assert_max_num_queries(12):
        page = text_of(lead.get(at("readers", draft.inspection)))
    named = {one.user.name for one in readers_of(draft.inspection)}
    assert named == {LEAD, ASSESSOR, CHIEF, CONTACT}
    assert all(User.objects.get(public_id=name[1]).full_name in page for name in named)
    for user in User.objects.all():
        answer = as_(user.name).get(at("draft", draft.inspection, 1))
        assert (answer.status_code == 200) == (user.name in named), user.full_name
    assert as_(CONTACT).get(at("readers", draft.inspection)).status_code == 403


@pytest.mark.parametrize(
    "lost",
    [
        lambda user: give_role(user=user, role=Role.AUDITOR, by=CHIEF),
        lambda user: deactivate(user=user, why="Left.", by=CHIEF),
        lambda user: user.ties.update(ended_at=timezone.now()),
    ],
)
def test_f44_whoever_loses_role_account_or_tie_is_on_the_list_no_more(as_, draft, lost):
    assert as_(CONTACT).get(at("draft", draft.inspection, 1)).status_code == 200
    lost(User.objects.get(public_id=CONTACT[1]))
    assert CONTACT not in {one.user.name for one in readers_of(draft.inspection)}
    answer = as_(CONTACT).get(at("draft", draft.inspection, 1))
    assert answer.status_code != 200


@pytest.mark.parametrize("page", ["drafts", "draft", "draft_pdf", "comment"])
def test_f44_at_the_minute_the_copy_of_the_body_ends(as_, draft, page):
    more = {"drafts": (), "comment": (1, "2.1")}.get(page, (1,))
    address = at(page, draft.inspection, *more)
    publish(draft.inspection, minutes=5)
    assert as_(CONTACT).get(address).status_code == 200
    publish(draft.inspection, minutes=-5)
    ended = as_(CONTACT).get(address)
    assert ended.status_code == 410
    assert "Drafts and copies from before publication have ended" in text_of(ended)
    assert as_(LEAD).get(at("draft", draft.inspection, 1)).status_code == 200


def test_f44_a_signed_report_is_marked_for_its_reader_until_it_is_public(as_, draft):
    signed = sign_off_report(inspection=draft.inspection, by=CHIEF)
    User.objects.create(
        public_id=PUBLISHER, username=PUBLISHER, email="p@example.org", first_name="Tomos", role=Role.PUBLICATIONS
    )
    client, mark = as_(("user", PUBLISHER)), "Copy of Tomos"
    assert mark in text_of(client.get(at("signed", draft.inspection, 1)))
    assert mark in printed(client.get(at("signed_pdf", draft.inspection, 1)))[0]
    found = Reading.objects.filter(subject_kind="report", subject_id=signed.public_id)
    assert set(found.values_list("way", "because")) == {("page", "signed"), ("file", "signed")}
    publish(draft.inspection, minutes=-5)
    assert mark not in text_of(client.get(at("signed", draft.inspection, 1)))


def test_f44_a_local_assessor_and_whoever_is_in_no_team_find_no_draft(as_, draft):
    for name in (LOCAL, OUTSIDER):
        assert as_(name).get(at("draft", draft.inspection, 1)).status_code == 404
