"""The list and the overview of inspections: what each role sees, and how many queries it takes."""

import csv
import io

import pytest

from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection, set_aside
from inspectorate.inspections.models import Inspection
from inspectorate.record.models import Entry
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL, OUTSIDER
from tests.stages.inspections.asked import details, in_state, monday_in, new_address, text

pytestmark = pytest.mark.django_db


# the list


@pytest.mark.parametrize(
    ("who", "says"),
    [
        (LEAD, "There is no inspection that you lead or work in yet"),
        (CHIEF, "There is no inspection that you lead or work in yet"),
        (ASSESSOR, "You are in no team yet"),
        (LOCAL, "You are in no team yet"),
        (CONTACT, "No inspection of your body is announced"),
    ],
)
def test_an_empty_list_says_why_and_what_to_do(signed_in, who, says):
    page = text(signed_in(who).get("/inspections/"))
    assert says in page
    assert ("Arrange an inspection" in page) == (who in (LEAD, CHIEF))


@pytest.mark.usefixtures("team_of_three")
@pytest.mark.parametrize("who", [LEAD, CHIEF, ASSESSOR, LOCAL])
def test_the_list_shows_the_inspections_one_has_to_do_with(signed_in, who):
    assert "Westmoor 2013" in text(signed_in(who).get("/inspections/"))
    assert "1 of 1 inspection" in text(signed_in(who).get("/inspections/"))


def test_what_one_has_nothing_to_do_with_is_neither_listed_counted_nor_handed_out(signed_in, team_of_three):
    for address in ("/inspections/", "/inspections/?q=Westmoor", "/inspections/inspections.csv"):
        assert "Westmoor" not in text(signed_in(OUTSIDER).get(address))
    assert signed_in(OUTSIDER).get(team_of_three.get_absolute_url()).status_code == 404


def test_the_body_finds_its_inspection_from_the_announcement_on(signed_in, dated, contact):  # noqa: ARG001 - Bob speaks for it
    client = signed_in(CONTACT)
    assert "Westmoor" not in text(client.get("/inspections/"))
    assert client.get(dated.get_absolute_url()).status_code == 404
    in_state(dated, "announced")
    assert "Westmoor 2013" in text(client.get("/inspections/"))
    assert client.get(dated.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?q=moor", ["Westmoor 2013", "The Moors"]),
        ("?q=Rhian", []),
        ("?q=westmoor", ["Westmoor 2013"]),
        ("?state=deferred", ["The Moors"]),
        ("?programme=fji", ["The Moors"]),
        ("?mine=yes", ["Westmoor 2013", "The Moors"]),
        ("?state=nonsense&sort=nonsense", ["Westmoor 2013", "The Moors"]),
        ("?sort=title", ["The Moors", "Westmoor 2013"]),
    ],
)
def test_the_list_is_filtered_and_sorted_and_handed_out_as_shown(signed_in, dated, trust, asked, found):
    new = NewInspection(title="The Moors", modules=[NewModule("fji/2013")], area="Moors", providers=[trust])
    set_aside(inspection=arrange_inspection(inspection=new, by=LEAD), verb="defer", why="Snow.", by=LEAD)
    Inspection.objects.filter(pk=dated.pk).update(fieldwork_on=monday_in(10))
    Inspection.objects.filter(title="The Moors").update(fieldwork_on=monday_in(9))
    handed = text(signed_in(LEAD).get(f"/inspections/inspections.csv{asked}")).removeprefix("\ufeff")
    assert [row["title"] for row in csv.DictReader(io.StringIO(handed))] == found
    page = text(signed_in(LEAD).get(f"/inspections/{asked}"))
    assert f"{len(found)} of 2 inspections" in page
    assert ("No inspection matches these filters" in page) == (not found)


def test_a_title_that_a_spreadsheet_would_run_is_harmless_in_the_file(signed_in, dated):
    Inspection.objects.filter(pk=dated.pk).update(title="=1+1")
    assert "'=1+1" in text(signed_in(LEAD).get("/inspections/inspections.csv"))


def test_a_long_list_is_paged(signed_in, trust):
    for number in range(51):
        facts = {"title": f"Visit {number:02d}", "modules": [NewModule("iaow/2013")], "body": trust}
        arrange_inspection(inspection=NewInspection(**facts), by=LEAD)
    page = text(signed_in(LEAD).get("/inspections/?sort=title"))
    assert ("Visit 49" in page, "Visit 50" in page, "1 to 50 of 51 inspections" in page) == (True, False, True)
    assert "Visit 50" in text(signed_in(LEAD).get("/inspections/?sort=title&page=2"))


# how many queries

PAGES = ["", "team/", "team/lead/", "dates/", "dates/draft/", "history/", "history/record.csv"]
PAGES += ["aside/", "aside/defer/"]


@pytest.mark.parametrize("below", [page for page in PAGES if not page.endswith(".csv")])
def test_no_page_takes_more_than_twelve_queries(signed_in, team_of_three, django_assert_max_num_queries, below):
    client = signed_in(LEAD)
    client.get(team_of_three.get_absolute_url() + below)
    with django_assert_max_num_queries(12):
        assert client.get(team_of_three.get_absolute_url() + below).status_code == 200


@pytest.mark.parametrize("step", [{}, {"title": None}, "dates"])
def test_no_step_of_arranging_takes_more_than_twelve_queries(signed_in, trust, django_assert_max_num_queries, step):
    given = {} if step == {} else new_address(trust) | (details(monday_in(30)) if step == "dates" else {})
    client = signed_in(LEAD)
    with django_assert_max_num_queries(12):
        assert client.get("/inspections/new/", given).status_code == 200


@pytest.mark.usefixtures("contact")
@pytest.mark.parametrize("who", [LEAD, CHIEF, CONTACT])
def test_a_list_of_many_takes_no_more_either(signed_in, trust, who, django_assert_max_num_queries):
    for number in range(20):
        facts = {"title": f"Visit {number}", "modules": [NewModule("iaow/2013")], "body": trust}
        in_state(arrange_inspection(inspection=NewInspection(**facts), by=LEAD), "announced")
    client = signed_in(who)
    with django_assert_max_num_queries(12):
        assert "20 of 20 inspections" in text(client.get("/inspections/"))


# who sees which page


READ = {"": (LEAD, CHIEF, ASSESSOR, LOCAL)} | dict.fromkeys(["history/", "history/record.csv"], (LEAD, CHIEF, ASSESSOR))


@pytest.mark.parametrize("below", PAGES)
@pytest.mark.parametrize("who", [LEAD, CHIEF, ASSESSOR, LOCAL, OUTSIDER])
def test_each_role_sees_the_pages_that_are_for_it(signed_in, team_of_three, who, below):
    answer = signed_in(who).get(team_of_three.get_absolute_url() + below)
    may = who in READ.get(below, (LEAD, CHIEF))
    assert answer.status_code == (200 if may else 404 if who == OUTSIDER else 403)


@pytest.mark.parametrize("below", ["team/join/", "dates/week/", "dates/draft/back/", "aside/defer/", "reinspection/"])
@pytest.mark.parametrize("who", [ASSESSOR, LOCAL, OUTSIDER])
def test_nobody_else_changes_anything(signed_in, team_of_three, who, below):
    before = Entry.objects.count()
    answer = signed_in(who).post(team_of_three.get_absolute_url() + below, {"why": "Why not?", "sure": "on"})
    assert answer.status_code == (404 if who == OUTSIDER else 403)
    assert Entry.objects.count() == before


def test_whoever_has_not_signed_in_is_sent_to_sign_in(client, dated):
    for address in ("/inspections/", "/inspections/new/", dated.get_absolute_url(), "/inspections/nonsense/"):
        assert client.get(address).headers["Location"].startswith("/sign-in/")


# the overview


def test_the_overview_says_what_is_next_to_whoever_holds_it(signed_in, team_of_three):
    assert "Change the week or move a date" in text(signed_in(LEAD).get(team_of_three.get_absolute_url()))
    page = text(signed_in(ASSESSOR).get(team_of_three.get_absolute_url()))
    assert "Rhian Lead" in page
    assert "Inspection of Adult Offending Work" in page
    assert "so it is 3 weeks after instead" in page.replace("\n", " ")
    assert "Change the week" not in page
    assert "Defer" not in page


def test_an_inspection_without_lead_and_week_says_what_is_missing(signed_in, trust):
    new = NewInspection(title="Westmoor", modules=[NewModule("iaow/2013")], body=trust)
    arranged = arrange_inspection(inspection=new, by=CHIEF)
    page = text(signed_in(CHIEF).get(arranged.get_absolute_url()))
    assert "Name its lead inspector" in page
    assert "Set the fieldwork week" in page


def test_the_overview_leads_to_the_inspections_that_belong_with_it(signed_in, dated, trust):
    part = NewInspection(title="Unit of Westmoor", modules=[NewModule("iaow/2013")], body=trust, parent=dated)
    arrange_inspection(inspection=part, by=LEAD)
    again = NewInspection(title="Again at Westmoor", modules=[NewModule("iaow/2013")], body=trust, reinspects=dated)
    arrange_inspection(inspection=again, by=CHIEF)
    page = text(signed_in(CHIEF).get(dated.get_absolute_url()))
    assert "Has the part" in page
    assert "Reinspected by" in page
    page = text(signed_in(LEAD).get(dated.get_absolute_url()))
    assert "Has the part" in page
    assert "Reinspected by" not in page, "Rhian has nothing to do with it"
