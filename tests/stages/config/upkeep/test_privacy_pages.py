"""The pages about privacy: what goes when, what is held and why, the register, the assessment, one person."""

from datetime import date

import pytest

from inspectorate.config.upkeep.actions import export_one_person
from inspectorate.config.upkeep.models import Hold
from inspectorate.config.upkeep.privacy.schedule import retention, told
from inspectorate.config.upkeep.refusals import Refusal, RefusedError
from inspectorate.inspections.actions import set_aside
from inspectorate.record.queries import entries_in

THIS = ("installation", "this")


@pytest.fixture
def cancelled(inspection, lead):
    set_aside(inspection=inspection, verb="cancel", why="The trust is wound up.", by=lead)
    return inspection


@pytest.fixture
def signed_in(client, people, chief):
    client.force_login(people[chief])
    return client


@pytest.mark.usefixtures("people")
def test_where_nothing_has_a_day_the_page_says_when_the_clock_begins(signed_in):
    page = signed_in.get("/privacy/").content.decode()
    assert "The clock begins when a report becomes public" in page
    for kind in retention().kinds:
        assert kind.title in page


def test_what_is_held_is_shown_with_its_reason_until_that_ends(signed_in, cancelled):
    page = signed_in.get("/privacy/").content.decode()
    assert cancelled.title in page
    what = f"inspection/{cancelled.public_id}"
    assert signed_in.post("/privacy/holds/", {"what": what}).status_code == 400
    answer = signed_in.post("/privacy/holds/", {"what": what, "reason": "A claim."})
    assert answer["Location"] == "/privacy/?done=held"
    assert signed_in.post("/privacy/holds/", {"what": what, "reason": "A claim."}).status_code == 400
    assert "A claim." in signed_in.get("/privacy/").content.decode()
    assert "A claim." in signed_in.get("/privacy/due.csv").content.decode()
    ending = f"/privacy/holds/{Hold.objects.get().public_id}/end/"
    refused = signed_in.post(ending, {"reason": ""})
    assert (refused.status_code, "Say why the hold ends." in refused.content.decode()) == (400, True)
    assert signed_in.post(ending, {"reason": "Settled."})["Location"] == "/privacy/?done=lifted"
    assert signed_in.post(ending, {"reason": "Settled."}).status_code == 400
    assert [line.verb for line in entries_in(THIS)] == ["hold.placed", "hold.lifted"]


@pytest.mark.usefixtures("cancelled")
def test_the_page_asks_little_of_the_database(signed_in, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        signed_in.get("/privacy/")


def test_the_register_and_the_assessment_show_all_that_their_files_say(signed_in):
    page = signed_in.get("/privacy/register/").content.decode()
    assert all(one["title"] in page for one in told("processing")["activities"])
    page = signed_in.get("/privacy/impact/").content.decode()
    assert all(one["risk"] in page for one in told("impact")["risks"])


def test_everything_about_one_person_is_one_file_and_that_it_was_made_is_recorded(signed_in, people, assessor):
    address = people[assessor].email
    answer = signed_in.post("/privacy/one-person/", {"whom": address, "reason": "Request 7"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.json()["about"]["name"] == people[assessor].full_name
    (line,) = entries_in(THIS)
    assert (line.verb, tuple(line.subject), line.why) == ("person.exported", assessor, "Request 7")
    wrong = signed_in.post("/privacy/one-person/", {"whom": "nobody@example.org", "reason": "x"})
    assert (wrong.status_code, "Nobody here has the address" in wrong.content.decode()) == (400, True)


def test_one_person_is_not_handed_out_without_a_reason(people, chief):
    for whom, reason, code in (
        ("a@example.org", " ", Refusal.REASON_MISSING),
        ("", "x", Refusal.NOBODY_FOUND),
    ):
        with pytest.raises(RefusedError) as caught:
            export_one_person(whom=whom, reason=reason, by=chief)
        assert caught.value.code == code
    assert people


def test_a_table_of_the_installation_takes_the_place_of_that_of_the_project(settings, tmp_path):
    ours = retention()
    text = "author: Us\nsource: Our law.\nreview_on: 2027-01-01\nkept: []\nkinds:\n"
    for kind in ours.kinds:
        text += f"  - {{code: {kind.code}, title: T, whose: W, goes: G, stays: S, ground: B, from: now, days: 9}}\n"
    settings.RETENTION = tmp_path / "ours.yaml"
    settings.RETENTION.write_text(text)
    assert {kind.days for kind in retention().kinds} == {9}
    settings.RETENTION = tmp_path / "short.yaml"
    settings.RETENTION.write_text(text.rsplit("\n", 2)[0] + "\n")
    with pytest.raises(ValueError, match="must have each of"):
        retention()
    assert ours.review_on > date(2026, 11, 26), "it says when it is looked at again"


def test_a_lead_finds_no_inspection_there_that_they_find_nowhere_else(client, people, cancelled, lead):
    outsider = next(user for name, user in people.items() if "another-lead" in name[1])
    for user, seen in ((people[lead], True), (outsider, False)):
        client.force_login(user)
        for address in ("/privacy/", "/privacy/due.csv"):
            assert (cancelled.title in client.get(address).content.decode()) is seen


@pytest.mark.usefixtures("people")
def test_how_long_something_is_kept_is_said_in_days_and_whole_years(signed_in):
    long = {kind.code: kind.how_long for kind in retention().kinds}
    assert (long["case_details"], long["mail"]) == ("730 days (2 years)", "30 days")
    assert "730 days (2 years) after " in signed_in.get("/privacy/register/").content.decode()
