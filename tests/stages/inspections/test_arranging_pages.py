"""Arranging an inspection on its pages, step by step."""

import pytest
from django.utils import timezone

from inspectorate.inspections.models import Inspection
from inspectorate.people.models import Tie
from inspectorate.register.actions import NewBody, register_body
from tests.stages.conftest import ASSESSOR, CONTACT, LEAD, LOCAL, OUTSIDER
from tests.stages.inspections.asked import details, monday_in, new_address, text

pytestmark = pytest.mark.django_db


def test_arranging_goes_step_by_step_and_shows_every_date_before_the_deed(signed_in, trust):
    client, monday = signed_in(LEAD), monday_in(30)
    assert "Step 1 of 3" in text(client.get("/inspections/new/"))
    assert "Step 2 of 3" in text(client.get("/inspections/new/", new_address(trust)))
    preview = client.get("/inspections/new/", new_address(trust) | details(monday))
    assert "Step 3 of 3" in text(preview)
    assert "Week +2: managers, providers and sentencers" in text(preview)
    assert Inspection.objects.count() == 0
    sent = new_address(trust) | details(monday) | {"sent_id": preview.context["sent_id"]}
    answer = client.post("/inspections/new/", sent)
    arranged = Inspection.objects.get()
    assert answer.headers["Location"] == f"{arranged.get_absolute_url()}?done=arranged"
    assert (arranged.title, arranged.body, arranged.fieldwork_on) == ("Westmoor 2027", trust, monday)
    assert arranged.invented, "as its body is"


def test_a_body_is_found_by_its_name_and_what_was_typed_stays(signed_in, trust):
    other = register_body(body=NewBody("Saltmere", kind="youth_offending_team", nation="england"), by=LEAD)
    client, given = signed_in(LEAD), {"edition": "fji/2013", "visits": "body", "body": "", "q": "salt", "find": "yes"}
    page = text(client.get("/inspections/new/", given))
    assert "1 of 2 bodies fits “salt”: choose below." in page
    assert f'value="{other.public_id}"' in page
    assert f'value="{trust.public_id}"' not in page
    assert '<option value="fji/2013" selected>' in page
    assert 'value="salt"' in page
    assert "Choose the body that is visited." not in page
    chosen = text(client.get("/inspections/new/", given | {"body": trust.public_id}))
    assert f'<option value="{trust.public_id}" selected>' in chosen, "what was chosen already stays"
    del given["find"]
    assert "Step 2 of 3" in text(client.get("/inspections/new/", given | {"body": other.public_id}))


def test_where_no_body_fits_it_is_said_and_an_area_needs_none(signed_in, trust):
    assert trust
    client, given = signed_in(LEAD), {"edition": "fji/2013", "visits": "body", "q": "nowhere", "find": "yes"}
    assert "No body has “nowhere” in its name: try a part of it." in text(client.get("/inspections/new/", given))
    area = {"visits": "area", "area": "The Moors"}
    assert "Step 2 of 3" in text(client.get("/inspections/new/", given | area))


def test_the_back_button_and_a_second_press_arrange_one_inspection(signed_in, trust):
    sent = new_address(trust) | details(monday_in(30)) | {"sent_id": "a" * 32}
    for _ in range(2):
        assert signed_in(LEAD).post("/inspections/new/", sent).status_code == 302
    assert Inspection.objects.count() == 1


def test_the_back_button_finds_that_it_is_arranged_already(signed_in, trust):
    client, given = signed_in(LEAD), new_address(trust) | details(monday_in(30)) | {"sent_id": "a" * 32}
    assert "Arrange this inspection" in text(client.get("/inspections/new/", given))
    client.post("/inspections/new/", given)
    page = client.get("/inspections/new/", given)
    assert ("It is arranged already" in text(page), "Arrange this inspection" in text(page)) == (True, False)
    assert page.context["sent_id"] != "a" * 32, "another like it has an id of its own"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"body": ""}, "Choose the body that is visited."),
        ({"visits": "area"}, "Give the name of the area."),
        ({"edition": "iaow/1913"}, "is not one of the available choices"),
        ({"title": ""}, "Give the title that people will know it by."),
        ({"monday": ""}, "Give the Monday on which fieldwork begins."),
        ({"monday": "soon"}, "Give a day, such as 2 March 2026."),
        ({"monday": "2027-01-19"}, "A fieldwork week begins on a Monday"),
        ({"weeks": "4"}, "is not one of the available choices"),
        ({"visits": "area", "area": "The Moors"}, "Choose the providers whose work is seen in the area."),
        (
            {"edition": "fji/2013", "module_interventions": "on", "reason_interventions": " "},
            "Write why this inspection has the module.",
        ),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_written_stays(signed_in, trust, changed, says):
    given = new_address(trust) | details(monday_in(30)) | changed
    page = text(signed_in(LEAD).get("/inspections/new/", given))
    assert says in page
    assert "There is a problem" in page
    assert "Arrange this inspection" not in page
    sent = signed_in(LEAD).post("/inspections/new/", given)
    assert (sent.status_code, Inspection.objects.count()) == (422, 0)


def test_a_fieldwork_week_in_the_past_is_refused_with_a_sentence(signed_in, trust):
    trust.invented = False
    trust.save()
    given = new_address(trust) | details(monday_in(-5))
    page = text(signed_in(LEAD).get("/inspections/new/", given))
    assert "is over: choose one that is still to come." in page
    assert "Arrange this inspection" not in page
    answer = signed_in(LEAD).post("/inspections/new/", given)
    assert (answer.status_code, Inspection.objects.count()) == (409, 0)
    assert 'value="Westmoor 2027"' in text(answer)


def test_a_notice_that_can_no_longer_be_kept_is_said_before_the_deed(signed_in, trust):
    page = text(signed_in(LEAD).get("/inspections/new/", new_address(trust) | details(monday_in(3))))
    assert "The notice of the edition can no longer be kept" in page
    assert "Arrange this inspection" in page


def test_an_area_is_visited_with_several_providers_and_an_optional_module(signed_in, trust):
    sent = {"edition": "fji/2013", "visits": "area", "area": "The Moors", "providers": [trust.public_id]}
    sent |= details(monday_in(30)) | {"module_interventions": "on", "reason_interventions": "Reoffending rose."}
    assert signed_in(LEAD).post("/inspections/new/", sent).status_code == 302
    arranged = Inspection.objects.get()
    assert (arranged.area, arranged.body) == ("The Moors", None)
    assert {module.code: module.reason for module in arranged.modules.all()} == {
        "main": "",
        "interventions": "Reoffending rose.",
    }


def test_a_part_of_an_inspection_is_arranged_from_its_whole(signed_in, dated, trust):
    sent = new_address(trust) | details(monday_in(30)) | {"parent": dated.public_id}
    assert signed_in(LEAD).post("/inspections/new/", sent).status_code == 302
    assert Inspection.objects.latest("pk").parent == dated


def test_nobody_makes_a_part_of_an_inspection_that_is_not_theirs_to_plan(signed_in, dated, trust):
    sent = new_address(trust) | details(monday_in(30)) | {"parent": dated.public_id}
    assert signed_in(OUTSIDER).post("/inspections/new/", sent).status_code == 302
    assert Inspection.objects.latest("pk").parent is None


def test_the_weeks_are_suggested_by_size_with_the_reason(signed_in, trust):
    given = new_address(trust, edition="probation/2018") | details(monday_in(30)) | {"caseload": "4000", "title": ""}
    page = text(signed_in(LEAD).get("/inspections/new/", given))
    assert "4,000 cases give a sample of about 158, and a week holds at most 90." in page


@pytest.mark.parametrize("who", [ASSESSOR, LOCAL, CONTACT])
def test_others_are_told_that_arranging_is_not_for_them(signed_in, trust, who):
    answer = signed_in(who).get("/inspections/new/")
    assert (answer.status_code, "that is for" in text(answer)) == (403, True)
    assert signed_in(who).post("/inspections/new/", new_address(trust)).status_code == 403


def test_a_body_in_which_one_has_an_interest_is_not_offered(signed_in, people, trust):
    told = {"subject_kind": "body", "subject_id": trust.public_id, "declared_at": timezone.now()}
    Tie.objects.create(user=people[LEAD], kind="family", **told)
    page = text(signed_in(LEAD).get("/inspections/new/"))
    assert trust.public_id not in page
    assert "Bodies in which you have declared an interest are not offered." in page
