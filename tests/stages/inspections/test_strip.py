"""The parts of an inspection that a page shows: those with something in them, or something to do, for whoever asks."""

import re

import pytest

from inspectorate.inspections.actions import advance
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.strip import PARTS, later_parts, parts_of
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import OWN_BODY, TEAM, Person, may
from tests.stages.conftest import ASSESSOR, CONTACT, LEAD, LOCAL
from tests.stages.inspections.asked import in_state, text

pytestmark = pytest.mark.django_db
BEGUN = {
    (LEAD, "arranged"): "Overview, Notice, Team, Interests, Dates, Case list, Record",
    (LEAD, "announced"): "Overview, Notice, Team, Interests, Dates, Evidence, Case list, Sample, Record, Who read what",
    (
        LEAD,
        "sampled",
    ): "Overview, Notice, Team, Interests, Dates, Evidence, Case list, Sample, Cases, Ratings, Record, Who read what",
    (ASSESSOR, "arranged"): "Overview, Record",
    (ASSESSOR, "sampled"): "Overview, Notice, Evidence, Case list, Sample, Cases, Record",
    (LOCAL, "arranged"): "Overview",
    (LOCAL, "fieldwork"): "Overview, Notice, Cases",
    (CONTACT, "announced"): "Overview, Notice, Evidence, Case list, Sample",
    (CONTACT, "rating"): "Overview, Notice, Evidence, Case list, Sample",
    (CONTACT, "checking"): "Overview, Notice, Evidence, Case list, Sample, Draft, Recommendations",
    (CONTACT, "closed"): "Overview, Notice, Evidence, Case list, Sample, Draft, Recommendations, Follow-up",
}


def links(page):
    """Return the words of the links to parts, as the plain list has them."""
    shown = re.search(r'<ul class="ins-page-nav__list">(.*?)</ul>', page, re.DOTALL).group(1)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<li>(.*?)</li>", shown, re.DOTALL)]


@pytest.mark.usefixtures("team_of_three", "contact")
@pytest.mark.parametrize(("who", "state"), BEGUN)
def test_the_parts_are_those_with_something_in_them_by_now_for_whoever_asks(signed_in, dated, who, state):
    in_state(dated, state)
    assert ", ".join(links(text(signed_in(who).get(dated.get_absolute_url())))) == BEGUN[who, state]


def test_what_comes_later_is_named_and_is_no_link(signed_in, dated, contact):
    in_state(dated, "announced")
    page = text(signed_in(contact).get(dated.get_absolute_url()))
    assert "Later: Draft, Recommendations, Follow-up" in page
    assert f'href="{dated.get_absolute_url()}draft/"' not in page


def test_a_line_never_breaks_inside_a_date_of_the_table_of_dates(signed_in, dated):
    page = text(signed_in(LEAD).get(dated.get_absolute_url()))
    assert '<td><span class="ins-day">22 to 26 April 2013</span></td>' in page
    assert page.count('class="ins-day">') > 5


def test_a_part_that_is_opened_before_its_time_is_shown_as_open(signed_in, dated):
    page = text(signed_in(LEAD).get(f"{dated.get_absolute_url()}evidence/"))
    assert "Evidence" in links(page)
    assert "Later: Sample, Cases," in page


def test_what_was_written_stays_in_reach_when_an_inspection_goes_back(dated, signed_in):
    in_state(dated, "drafting")
    advance(inspection=dated, verb="send_draft", by=LEAD, holds={"gates_filled", "ratings_current"})
    corrected = advance(inspection=dated, verb="correct_draft", by=LEAD, why="A name is wrong.")
    assert (corrected.state, corrected.reached) == ("drafting", "checking")
    assert "Draft" in links(text(signed_in(LEAD).get(dated.get_absolute_url())))
    advance(inspection=dated, verb="withhold", by=LEAD, why="A trial begins.")
    assert "Draft" in links(text(signed_in(LEAD).get(dated.get_absolute_url())))


@pytest.mark.parametrize("state", [one.code for one in INSPECTION.states])
@pytest.mark.parametrize(
    ("role", "relations"), [("chief_inspector", ()), ("inspector", (TEAM,)), ("body_contact", (OWN_BODY,))]
)
def test_every_part_that_somebody_may_read_is_a_link_or_comes_later(role, relations, state):
    person, inspection = Person(("user", "x"), role), Inspection(title="T", state=state, state_before="arranged")
    read = lambda rule: may(person, rule, relations)  # noqa: E731 - as a page asks
    shown = [one["text"] for one in parts_of(inspection, read, "")] + later_parts(inspection, read, "")
    assert sorted(shown) == sorted(part.text for part in PARTS if read(part.rule))
