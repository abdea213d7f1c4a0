"""Somebody reads a draft edition in a browser, comments on a clause, and finds the answer there."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from inspectorate.standards import actions
from inspectorate.standards.models import Comment

pytestmark = pytest.mark.browser
PAGE = "/editions/iaow/2013/consultation/"
INVENTED = "/editions/thematic-starter/2026/consultation/"
AUTHOR = ("system", "editions")


@pytest.fixture
def consultation(page):  # noqa: ARG001 - it opens the database
    """An edition out for comment, a comment answered, another erased, and a pilot; and an invented consultation."""
    now = timezone.now()
    actions.load_invented_consultation(by=("system", "demo"))
    times = {"opens_at": now - timedelta(days=3), "closes_at": now + timedelta(days=30)}
    lead = "We ask whether this edition says what good work is. We answer every comment here, by the end of January."
    made = actions.open_consultation(edition="iaow/2013", lead=lead, by=AUTHOR, **times)
    said = actions.Said("0" * 32, "", "The questions on housing come too late in the form.", "A. Reader", "Westmoor")
    comment = actions.receive_comment(consultation=made, said=said, by=("visitor", "anonymous"))
    actions.decide(comment=comment, shown=True, by=AUTHOR)
    actions.answer(comment=comment, text="We have moved them.", signed="Head of standards", by=AUTHOR)
    other = actions.receive_comment(consultation=made, said=actions.Said("1" * 32, "", "Gone."), by=AUTHOR)
    actions.decide(comment=other, shown=True, by=AUTHOR)
    actions.erase_comment(comment=other, why="The writer asked for it.", by=AUTHOR)
    learned = ("Assessors needed four hours a case, not three.", "Pilot lead")
    actions.record_review(edition="iaow/2013", kind="pilot", held_on=now.date(), learned=learned, by=AUTHOR)
    return made


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?sent=yes", INVENTED, "/editions/fji/2013/consultation/"])
def test_every_page_meets_wcag_on_every_width_and_is_light(page, for_everybody, transferred, consultation, address):  # noqa: ARG001
    transferred(page, address)
    for_everybody(page)


def test_somebody_comments_on_a_clause_and_mends_what_is_wrong(page, axe, consultation):  # noqa: ARG001
    page.goto(PAGE)
    page.get_by_role("link", name=re.compile("^Comment on")).first.click()
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_role("alert")).to_contain_text("Write what you want to say.")
    axe(page)
    page.get_by_label("Your comment").fill("Say who plans.")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.locator("main")).to_contain_text("your comment is received")
    assert Comment.objects.get(text="Say who plans.").clause != ""
    expect(page.locator("main")).not_to_contain_text("Say who plans.")


def test_the_keyboard_reaches_the_form(page, tab_through, consultation):  # noqa: ARG001
    page.goto(PAGE)
    assert "Send the comment" in " | ".join(tab_through(page))


@pytest.mark.pictures
def test_pages_can_be_looked_at(page, screenshot, consultation):  # noqa: ARG001
    for address, name in ((PAGE, "consultation"), (INVENTED, "consultation-invented")):
        page.goto(address)
        screenshot(page, name)
