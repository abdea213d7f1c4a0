"""The scores and ratings of an inspection in a browser: from a score to the evidence by keyboard, a move, settling."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from inspectorate.people.models import User
from inspectorate.register.actions import NewBody, register_body
from tests.stages.conftest import CAST, CHIEF, LEAD
from tests.stages.ratings.inspected.conftest import made_inspection
from tests.stages.ratings.inspected.test_deciding import propose


@pytest.fixture
def youth(transactional_db):  # noqa: ARG001 - it opens the database
    for name, (full_name, role) in CAST.items():
        first, _, last = full_name.partition(" ")
        account = {"username": name[1], "first_name": first, "last_name": last, "role": role}
        User.objects.create(public_id=name[1], email=f"{first.lower()}@example.org", **account)
    new = NewBody("Westmoor", kind="youth_offending_team", nation="england", region="Moors", invented=True)
    body = register_body(body=new, by=LEAD)
    made = made_inspection("youth/2018", {"court": 5, "out_of_court": 4}, {"court": 30, "out_of_court": 12}, body)
    made.begin().at("rating").accept()
    for assessment in made.assessments.values():
        if assessment.case.kind == "court":
            note = made.entry(_key_question(made), "", part="note", text="Seen in the plan of March.")
            made.send(assessment, note)
    return made


def _key_question(made):
    from inspectorate.ratings.queries import scored_inspection  # noqa: PLC0415 - once the inspection is there

    return scored_inspection(made.inspection).result("2.1.1").step.questions[0]


@pytest.fixture
def signed_in(page, server):
    """Let somebody be signed in, with the cookie that signing in leaves."""

    def signing_in(name):
        client = Client()
        client.force_login(User.objects.get(public_id=name[1]))
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])

    return signing_in


def test_scores_open_down_to_the_evidence_by_keyboard_and_ratings_are_settled(page, youth, signed_in, for_everybody):
    home = f"/inspections/{youth.inspection.public_id}/"
    signed_in(LEAD)
    page.goto(f"{home}scores/")
    for_everybody(page)
    for name, address in (("2.1.1", "**/account/2.1.1/"), ("each judgement", "**/account/2.1.1/?question=*")):
        page.get_by_role("link", name=name).first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(address)
    expect(page.get_by_text("Seen in the plan of March.").first).to_be_visible()
    for_everybody(page)

    page.goto(f"{home}ratings/main/1.1/judge/")
    for_everybody(page)
    page.get_by_label("Good").check()
    page.get_by_label("Reasons").fill("Board minutes of March.")
    page.get_by_role("button", name="Save this rating").click()
    expect(page.get_by_text("Rated by people: Board minutes of March.")).to_be_visible()
    for_everybody(page)

    move = propose(youth)
    signed_in(CHIEF)
    page.goto(move.get_absolute_url())
    for_everybody(page)
    page.get_by_label("Confirm the move").check()
    page.get_by_label("Reasons").fill("Agreed at the meeting.")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_role("button", name="Save the decision")).to_have_count(0)
    expect(page.get_by_text("Agreed at the meeting.")).to_be_visible()

    signed_in(LEAD)
    page.goto(f"{home}ratings/settle/")
    page.get_by_role("button", name="Settle the ratings").click()
    expect(page.get_by_role("heading", name="Ratings as settled, number 1")).to_be_visible()
    for_everybody(page)
    page.goto(f"{page.url}?verify=1")
    expect(page.get_by_text("every figure came out the same")).to_be_visible()
