"""What others take from the ratings: my work, the export, the command line; and the pages on which people decide."""

import json

import pytest
from django.utils import timezone

from inspectorate.config.cli import main
from inspectorate.people.access import person_of
from inspectorate.people.models import User
from inspectorate.ratings import actions
from inspectorate.ratings.export import sheets_of
from inspectorate.ratings.models import PanelMove, Settlement
from inspectorate.ratings.tasks import tasks_of

from .conftest import ASSESSOR, CHIEF, LEAD, LOCAL
from .test_deciding import decide, movable, propose, rate_all
from .test_pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(youth):
    return youth.accept()


@pytest.fixture
def at(client, accepted):
    """Open or send a page of the ratings as somebody."""

    def asking(below, name=LEAD, data=None):
        client.force_login(User.objects.get(public_id=name[1]))
        address = f"/inspections/{accepted.inspection.public_id}/ratings/{below}"
        return client.get(address) if data is None else client.post(address, data)

    return asking


def test_a_move_that_waits_is_the_chief_inspectors_to_decide(accepted, django_assert_num_queries):
    propose(accepted)
    chief, lead = person_of(CHIEF), person_of(LEAD)
    with django_assert_num_queries(1):
        (task,) = tasks_of(chief, timezone.now())
    assert task.title == f"Confirm or decline the move of {PanelMove.objects.get().standard}"
    assert tasks_of(lead, timezone.now()) == []
    decide(PanelMove.objects.get())
    assert tasks_of(chief, timezone.now()) == []


def test_everything_that_was_decided_can_be_exported(accepted):
    rate_all(accepted)
    decide(propose(accepted))
    actions.settle_ratings(inspection=accepted.inspection, by=LEAD)
    sheets = sheets_of(accepted.inspection)
    assert [len(sheet) for sheet in sheets.values()][:2] == [5, 2]
    payload = Settlement.objects.get().payload
    assert len(sheets["settled_ratings"]) == 1 + len(payload["scores"]) + len(payload["standards"]) + 1
    assert all(len({len(row) for row in sheet}) == 1 for sheet in sheets.values())


def test_the_command_line_scores_again_what_was_settled(accepted, capsys):
    settlement = actions.settle_ratings(inspection=accepted.inspection, by=LEAD)
    assert main(["ratings", "verify", settlement.public_id]) == 0
    assert "come out the same" in capsys.readouterr().out
    assert main(["ratings", "verify", "f" * 32]) == 2
    assert main(["ratings", "show", accepted.inspection.public_id, "--json"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out)["edition"] == "youth/2018"
    assert main(["ratings", "show", accepted.inspection.public_id, "--module", "police"]) == 2


def test_the_page_of_ratings_shows_rule_distance_grounds_and_why_not(at, accepted):
    rate_all(accepted)
    standard, *_ = movable(accepted)
    text = words(at(""))
    assert "The panel may move it" in text
    assert "The panel may not move it. People rate it" not in text
    assert "would take" in text
    assert "per cent:" in text
    assert "Propose a move" in text
    assert "Propose a move" not in words(at("", CHIEF))
    assert f"main/{standard}/move/" in at("").content.decode()
    assert at("", LOCAL).status_code == 403


def test_rating_a_standard_on_the_page_keeps_what_was_typed_where_it_is_refused(at, accepted):
    page = at("main/1.1/judge/", data={"rating": "good", "reason": ""})
    assert page.status_code == 422
    assert "Write the reasons for this rating." in words(page)
    page = at("main/1.1/judge/", data={"rating": "", "reason": "We saw it."})
    assert (page.status_code, "We saw it." in page.content.decode()) == (422, True)
    page = at("main/1.1/judge/", data={"rating": "good", "reason": "We saw it."})
    assert (page.status_code, page.url.rsplit("/", 1)[1]) == (302, "#rating-1.1")
    assert "We saw it." in words(at(""))
    assert "It has not given a self-assessment" in words(at("main/1.1/judge/"))
    assert at("main/2.1/judge/").status_code == 404
    assert at("main/1.1/judge/", CHIEF).status_code == 403
    assert accepted.inspection.judgements.count() == 1


def test_a_move_goes_from_proposal_to_confirmation_on_the_pages(at, accepted):
    standard, _, to = movable(accepted)
    page = at(f"main/{standard}/move/", data={"to": to, "reason": "Two reports came late."})
    move = PanelMove.objects.get()
    below = f"moves/{move.public_id}/"
    assert page.url.endswith(below)
    assert "You proposed it, so somebody else decides" in words(at(below))
    assert at(below, data={"verdict": "confirmed", "reason": "I agree with me."}).status_code == 403
    assert at(below, ASSESSOR, data={"verdict": "confirmed", "reason": "Yes."}).status_code == 403
    assert "Write why you confirm" in words(at(below, CHIEF, data={"verdict": "confirmed", "reason": ""}))
    assert at(below, CHIEF, data={"verdict": "confirmed", "reason": "Agreed."}).status_code == 302
    again = at(below, CHIEF, data={"verdict": "declined", "reason": "Or not."})
    assert again.status_code == 422
    assert "This move is confirmed already" in words(again)
    text = words(at(""))
    assert "The panel moved it" in text
    assert "By the rule:" in text
    assert at(f"main/{standard}/move/", data={"to": to, "reason": "Again."}).status_code == 422
    page = at(below, data={"verb": "withdraw", "reason": "Thought again."})
    assert (page.status_code, PanelMove.objects.get().state) == (302, "withdrawn")


def test_where_there_are_no_grounds_there_is_no_form_but_the_reason_why(at):
    text = words(at("main/1.1/move/"))
    assert "The panel may not move it" in text
    assert "Propose this move" not in text


def test_settling_reopening_and_looking_back_on_the_pages(at, accepted):
    rate_all(accepted)
    assert "9 of 9 cases accepted" in words(at("settle/"))
    page = at("settle/", data={})
    assert page.url.endswith("settled/1/")
    again = at("settle/", data={})
    assert (again.status_code, "does not fit" in words(again)) == (409, True)
    assert "Nothing that it rests on has changed since." in words(at("settled/1/"))
    assert "every figure came out the same" in words(at("settled/1/?verify=1"))
    assert json.loads(at("settled/1/ratings.json").content) == Settlement.objects.get().payload
    accepted.put("returned", next(iter(accepted.assessments)))
    assert "1 assessment was returned since" in words(at("settled/1/"))
    assert "1 assessment was returned since" in words(at(""))
    assert at("reopen/", data={"reason": ""}).status_code == 422
    assert at("reopen/", data={"reason": "A judgement was corrected."}).status_code == 302
    assert at("settled/2/").status_code == 404
    refused = at("settle/", data={})
    assert "Some cases have no accepted assessment" in words(refused)
