"""One inspection from notice to a published result, on real screens, by four people as a newcomer would play them.

Nobody has a mouse: everything is done by the keys that a person without one presses.
"""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from inspectorate.config.story.inventing import Assessor
from inspectorate.config.story.scenes import SCENES
from inspectorate.fieldwork.actions import append_entries, begin_assessment, submit_assessment
from inspectorate.fieldwork.models import Assessment
from inspectorate.inspections.models import Inspection
from inspectorate.methodology import editions
from inspectorate.people.access import person_of_user
from inspectorate.people.actions import load_demonstration, tie_to_body
from inspectorate.publication.models import Release
from inspectorate.quality.actions import accept_assessment
from inspectorate.register.actions import NewBody, register_body
from inspectorate.register.models import PublishedResult
from inspectorate.sampling.queries import current_sample
from tests.journeys.by_keyboard import chosen, enter, reached, ticked, typed

pytestmark = [pytest.mark.browser, pytest.mark.begins_first]
IMAGES = settings.CHECKOUT / "docs/tutorials/images"
LARGEST_IMAGE = 150_000
DEMO = ("system", "demo")
LEAD, CONTACT, INSPECTOR, CHIEF = "Rhian Prosser", "Peter Holloway", "Dafydd Llewelyn", "Carys Vaughan"
EDITION, CASES, ON_SCREEN = "sqs/2012", 8, 5
FILE = settings.CHECKOUT / "docs/tutorials/files/saltmere-cases.csv"
SAFE = "Safe to close: everything is saved"
GATES = {
    "Protecting the public": "Other people are kept safe in {score:protecting_the_public} of the work.",
    "The experience": "Eleven children told us that they are treated with respect, and listened to.",
}


class Story:
    """The browser with one of the four at it, the inspection that they work on, and the pictures on the way."""

    def __init__(self, page, axe):
        self.page, self._axe, self.home = page, axe, ""

    def become(self, name):
        """Sign out, and sign in as somebody else, through the page."""
        self.page.context.clear_cookies()
        self.page.goto("/sign-in/")
        self.press(f"Sign in as {name}")
        self.page.wait_for_url("**/my-work/")

    def go(self, below=""):
        """Open a page of the inspection."""
        self.page.goto(f"{self.home}{below}")

    def press(self, name):
        enter(self.page.get_by_role("button", name=name, exact=True).first)

    def follow(self, name):
        enter(self.page.get_by_role("link", name=name).first)

    def fill(self, **given):
        """Type into fields by their labels; an underscore stands for a space."""
        for label, value in given.items():
            typed(self.page.get_by_label(label.replace("_", " "), exact=True), value)

    def tick(self, label):
        ticked(self.page.get_by_label(label, exact=True))

    def choose(self, label, words):
        chosen(self.page.get_by_label(label, exact=True), words)

    def says(self, words):
        self.page.get_by_text(words).first.wait_for()

    def look(self, name="", at=".ins-header"):
        """Check that the page is accessible; take its picture for the tutorial where it has a name, from a place on."""
        self._axe(self.page)
        if name:
            self.page.set_viewport_size({"width": 1000, "height": 800})
            self.page.locator(at).first.evaluate("e => e.scrollIntoView()")
            _picture(self.page, IMAGES / f"story-{name}.png")
            self.page.set_viewport_size({"width": 1280, "height": 900})

    @property
    def inspection(self):
        return Inspection.objects.get()


def _picture(page, path):
    """Take it where INSPECTORATE_SCREENSHOTS is 1; otherwise it must be there."""
    if settings.SCREENSHOTS:
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path)
    assert path.stat().st_size < LARGEST_IMAGE, path


@pytest.fixture
def people(page, settings, tmp_path):  # noqa: ARG001 - the page opens the database
    """The people of the demonstration, and the invented service that Peter speaks for."""
    settings.VAR = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "story"}}
    found = {person.full_name: person for person in load_demonstration(by=DEMO)}
    new = NewBody("Saltmere", kind="youth_offending_team", nation="england", region="Coast", invented=True)
    tie_to_body(user=found[CONTACT], body=register_body(body=new, by=DEMO).public_id, by=DEMO)
    return found


@pytest.fixture
def story(page, axe):
    return Story(page, axe)


@pytest.fixture
def visitor(browser, server):
    """Somebody of the public, in a browser of their own."""
    with browser.new_context(base_url=server) as context:
        yield context.new_page()


def test_an_inspection_goes_from_notice_to_a_published_result(story, people, visitor):
    arranges(story)
    announces(story)
    gives_evidence(story)
    hands_in_the_list(story)
    draws_and_gives_the_cases(story)
    assesses(story, people)
    accepts(story, people)
    settles(story)
    writes(story)
    checks_the_facts(story)
    signs_and_releases(story, visitor)
    is_public(story, visitor)


def arranges(story):
    """Rhian arranges an inspection six weeks ahead, and takes Dafydd into the team."""
    today = timezone.localdate()
    monday = today - timedelta(today.weekday()) + timedelta(weeks=6)
    story.become(LEAD)
    page = story.page
    page.goto("/inspections/")
    story.follow("Arrange an inspection")
    story.choose("What it is judged by", page.locator(f"option[value='{EDITION}']").inner_text())
    story.fill(Find_the_body_by_its_name="saltm")
    story.press("Find")
    story.says("1 of 1 bodies fits")
    story.choose("Body", "Saltmere")
    story.press("Continue")
    story.fill(Title="Saltmere screening", Monday_of_the_first_fieldwork_week=monday.isoformat())
    story.press("Show every date")
    story.look("arrange", at="#preview")
    story.press("Arrange this inspection")
    story.says("It is arranged")
    story.home = Inspection.objects.get().get_absolute_url()
    story.go("team/")
    story.choose("Person", INSPECTOR)
    story.press("Take into the team")
    story.says("Dafydd Llewelyn")


def announces(story):
    """Rhian finds the letter in her work, and sends it."""
    page = story.page
    page.goto("/my-work/")
    story.look()
    story.go("notice/")
    story.press("Announce the inspection")
    story.says("The inspection is announced")
    story.look("letter", at=".ins-frame .ins-notice, .ins-letter")
    page.goto("/my-work/")
    story.look("my-work")


def gives_evidence(story):
    """Peter gives evidence for one standard, and cannot see who will get which case."""
    story.become(CONTACT)
    story.go("evidence/")
    story.look()
    story.follow(re.compile("Write it"))
    story.fill(Evidence="Our own audits of spring and summer, which the board has read.")
    story.tick("Sufficient")
    typed(story.page.get_by_label("Why do you rate it so?"), "Eight of ten plans were good.")
    story.press("Give to the inspectors")
    story.says("Given to the inspectors")


def hands_in_the_list(story):
    """Peter's list has a row without its disposal; only that row is mended."""
    content = FILE.read_text("utf-8")
    heads, *_, faulty = content.splitlines()
    mended = f"{heads}\n{faulty.replace(',,', ',youth rehabilitation order,')}\n"
    _hand_in(story, FILE.name, content)
    story.says("Some rows were not accepted")
    story.look("fault")
    _hand_in(story, "mended.csv", mended)
    story.says("Every row was accepted")
    _hand_in(story, "mended.csv", mended)
    story.says("You have uploaded this file before")
    story.go("list/case/")
    story.look()


def _hand_in(story, name, content):
    story.go("list/case/upload/")
    given = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    story.page.get_by_label("Case list", exact=True).set_input_files(given)
    story.press("Upload")


def draws_and_gives_the_cases(story):
    """Rhian freezes the list, draws the sample, gives every case to Dafydd, and begins."""
    story.become(LEAD)
    story.go("sample/case/")
    story.follow("Freeze the list and draw")
    story.look()
    story.press("Freeze the list and draw")
    story.says("SA0001")
    assert current_sample(story.inspection).count() == CASES
    story.look("sample", at=".ins-page-nav >> nth=1")
    story.go("cases/")
    story.follow("Give cases to assessors")
    story.choose("Person", INSPECTOR)
    story.look()
    story.press("Give and look")
    story.says(f"{INSPECTOR} gets {CASES} cases.")
    story.press("Save")
    story.says("The cases were given to their assessors.")
    story.press("Begin fieldwork")
    story.says("Fieldwork has begun")


def assesses(story, people):
    """Dafydd answers the first questions of a case by keyboard; the rest is answered as he would have."""
    story.become(INSPECTOR)
    page, by = story.page, person_of_user(people[INSPECTOR])
    first, *others = current_sample(story.inspection).order_by("reference")
    story.go("cases/")
    story.follow(first.reference)
    story.press("Begin the assessment")
    _saved(page)
    entries = _entries(first)
    seen = _answer_on_screen(page, entries)
    story.look("case", at=f"#q-{seen[-2]}")
    rest = [entry for entry in entries if entry.question not in seen]
    append_entries(assessment=Assessment.objects.get(), entries=rest, by=by)
    page.reload()
    _saved(page)
    story.follow("Hand it in")
    story.press("Hand it in")
    story.says("Handed in: it waits for the lead inspector.")
    for case in others:
        begun = begin_assessment(case=case, assessor=by.name, by=by)
        append_entries(assessment=begun, entries=_entries(case), by=by)
        submit_assessment(assessment=begun, by=by)


def _entries(case):
    form = editions.load(EDITION).form
    return list(Assessor(form, form.kinds[0]).entries(SCENES[0], case.reference, case.stratum))


def _saved(page):
    expect(page.locator("#light-words")).to_have_text(SAFE, timeout=10_000)


def _answer_on_screen(page, entries):
    """Answer the first questions as the entries say, each by the key of its answer; say which they are."""
    answers = [entry for entry in entries if entry.part == "answer"][:ON_SCREEN]
    for entry in answers:
        radios = page.locator(f"#q-{entry.question} input[type=radio]")
        place = [radio.get_attribute("value") for radio in radios.all()].index(entry.value)
        radios.first.focus()
        page.keyboard.press(str(place + 1))
        expect(radios.nth(place)).to_be_checked()
        _saved(page)
    return [entry.question for entry in answers]


def accepts(story, people):
    """Rhian reads and accepts one assessment; the others are accepted as she would have; fieldwork ends."""
    story.become(LEAD)
    story.page.goto("/my-work/")
    story.look()
    story.go("checks/")
    story.look()
    story.follow("SA0001")
    story.look()
    story.press("Accept")
    by = person_of_user(people[LEAD])
    for assessment in Assessment.objects.filter(state="submitted"):
        accept_assessment(assessment=assessment, by=by)
    story.go("cases/")
    story.press("Finish fieldwork")
    story.says("Fieldwork is finished")


def settles(story):
    """Rhian opens the account of a score, and settles what this edition scores."""
    story.go("scores/")
    story.look("scores", at="#headline")
    story.follow("Protecting the public")
    story.page.wait_for_url("**/account/protecting_the_public/")
    story.says("What would change it")
    story.look()
    story.go("ratings/")
    story.look()
    story.follow("Settle the ratings")
    story.press("Settle the ratings")
    story.page.get_by_role("heading", name="Ratings as settled, number 1").wait_for()


def writes(story):
    """Rhian writes what no report may leave out, and one recommendation, and sends the draft."""
    for section, text in GATES.items():
        story.go("report/")
        enter(story.page.locator("main table").get_by_role("link", name=re.compile(section)))
        story.fill(Text=text)
        story.press("Save")
        story.says("Your text is kept.")
    story.look()
    story.go("recommendations/")
    story.follow("Add a recommendation")
    story.fill(What_should_be_done="Review each plan when the child's life changes.")
    to = reached(story.page.get_by_label("To whom", exact=True))
    to.press("Home")
    assert to.input_value()
    story.press("Save")
    story.go("report/")
    story.look()
    story.fill(Comments_by=(timezone.localdate() + timedelta(14)).isoformat())
    story.press("Send the draft")
    story.page.wait_for_url("**/draft/1/")


def checks_the_facts(story):
    """Peter says what is wrong; Rhian does not accept it, and says why."""
    story.become(CONTACT)
    story.go("draft/")
    story.look()
    story.follow(re.compile("^Comment on"))
    story.fill(What_is_wrong="Twelve children were heard, not eleven.")
    story.press("Send the comment")
    story.page.wait_for_url("**/draft/1/#p-*")
    story.become(LEAD)
    story.go("draft/")
    story.follow(re.compile("^Answer to the comment"))
    story.tick("Not accepted")
    typed(story.page.get_by_label("What is changed, or why nothing is"), "One of the twelve took back what was said.")
    story.look()
    story.press("Save the answer")
    story.says("One of the twelve took back what was said.")


def signs_and_releases(story, visitor):
    """Carys signs off; Rhian proposes a minute, Carys confirms it; nobody outside can know of it."""
    story.become(CHIEF)
    story.go("report/sign-off/")
    story.look()
    story.press("Sign it off")
    story.become(LEAD)
    story.go("release/")
    story.fill(Day=(timezone.localdate() + timedelta(21)).isoformat())
    story.press("Propose it")
    story.says("You proposed it; the chief inspector has to confirm it.")
    story.become(CHIEF)
    story.go("release/")
    story.look()
    story.press("Confirm the release")
    story.says("Released, and not public yet")
    address = Release.objects.get().get_absolute_url()
    assert visitor.goto(address).status == 404
    assert "Saltmere screening" not in visitor.goto("/results/").text()


def is_public(story, visitor):
    """The minute comes; the result, its account, the page of the body and that of the programme show it."""
    now = timezone.now()
    Release.objects.update(confirmed_at=now - timedelta(1), visible_from=now - timedelta(minutes=1))
    PublishedResult.objects.update(visible_from=now - timedelta(minutes=1))
    address = Release.objects.get().get_absolute_url()
    assert visitor.goto(address).status == 200
    story.page.goto(address)
    story.says("Inspectors assessed every case on the service’s list")
    story.look("result", at="h1")
    enter(visitor.get_by_role("link", name="Protecting the public").first)
    visitor.get_by_text("What would change it").first.wait_for()
    visitor.goto(address)
    enter(visitor.get_by_role("link", name=re.compile("Saltmere")).first)
    visitor.get_by_text("Short Quality Screening").first.wait_for()
    year = PublishedResult.objects.first().measure.programme_year
    visitor.goto(year.get_absolute_url())
    visitor.get_by_role("link", name=re.compile("Saltmere")).first.wait_for()
    visitor.goto("/results/")
    expect(visitor.locator("main")).to_contain_text("Saltmere")
