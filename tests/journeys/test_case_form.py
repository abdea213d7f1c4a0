"""An assessor in a browser: answers save by themselves, and the light never lies; without script a button saves."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from inspectorate.fieldwork.actions import begin_assessment
from inspectorate.fieldwork.models import Allocation, Assessment, Entry
from inspectorate.fieldwork.standing import coded, standing_of
from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection, join_team
from inspectorate.inspections.models import Inspection
from inspectorate.methodology import editions
from inspectorate.methodology.examples import rows_of
from inspectorate.people.models import Role, User
from inspectorate.register.actions import NewBody, register_body
from inspectorate.sampling.models import Case, CaseList, DrawnCase, Sample

pytestmark = pytest.mark.browser
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SAFE, NOT_SAVED = "Safe to close: everything is saved", "Not saved: kept on this page, trying again"
ROUTING = settings.PACKAGE / "fieldwork/static/fieldwork/routing.js"
EDITION = "fji/2013"  # the longest form there is: 144 questions


@pytest.fixture
def people(page):  # noqa: ARG001 - it opens the database
    """A lead and an inspector."""
    made = {}
    for name, role in (("Rhian Prosser", Role.LEAD_INSPECTOR), ("Priya Raman", Role.INSPECTOR)):
        first, last = name.split()
        account = {"username": first.lower(), "first_name": first, "last_name": last, "role": role}
        made[first] = User.objects.create(email=f"{first.lower()}@example.org", **account)
    return made


def signed_in(context, user, server):
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server}])


@pytest.fixture
def assessment(people):
    """Priya has begun the first of three cases of a sample."""
    lead, priya = people["Rhian"], people["Priya"]
    team = NewBody("Saltmarsh", kind="youth_offending_team", nation="england", region="Coast", invented=True)
    body = register_body(body=team, by=lead.name)
    new = NewInspection(title="Saltmarsh 2026", modules=[NewModule(EDITION)], body=body, invented=True)
    inspection = arrange_inspection(inspection=new, by=lead.name)
    join_team(inspection=inspection, user=priya, role="inspector", by=lead.name)
    case_list = CaseList.objects.create(inspection=inspection, kind="case")
    sample = Sample.objects.create(case_list=case_list, size=3, by_rule=3, drawn_at=AT)
    for order in (1, 2, 3):
        case = Case.objects.create(case_list=case_list, reference=f"S-{order:03d}", holder=body)
        DrawnCase.objects.create(sample=sample, case=case, role="drawn", order=order)
        Allocation.objects.create(case=case, assessor=priya, allocated_at=AT)
    Inspection.objects.filter(pk=inspection.pk).update(state="fieldwork", announced_at=AT)
    first = case_list.cases.select_related("case_list").get(reference="S-001")
    return begin_assessment(case=first, assessor=priya.name, by=priya.name)


@pytest.fixture
def form(page, assessment, people, server):
    """The address of the form, Priya signed in."""
    signed_in(page.context, people["Priya"], server)
    inspection = assessment.case.case_list.inspection
    return f"/inspections/{inspection.public_id}/cases/{assessment.case.public_id}/"


@pytest.fixture
def first(assessment):
    """The code of the first judgement that is asked of every case and has reasons."""
    questions = standing_of(assessment).kind.questions
    return next(q.code for q in questions if q.role == "judgement" and q.reasons and not q.asked_when)


def says(page, words, seconds=10):
    expect(page.locator("#light-words")).to_have_text(words, timeout=seconds * 1000)


def with_time_in_hand(page, form):
    """Open the form, and let its clock stand still: nothing is sent again until it goes on."""
    page.clock.install(time=AT)
    page.goto(form)
    says(page, SAFE)
    page.clock.pause_at(AT + timedelta(hours=1))


def card(page, code):
    return page.locator(f"#q-{code}")


def answer(page, code, number=1):
    card(page, code).locator("input[type=radio]").nth(number - 1).check()


def current(assessment, code, part="answer"):
    found = standing_of(Assessment.objects.get(pk=assessment.pk)).current.get((code, part), ())
    return sorted(entry.value or entry.text for entry in found)


def test_answers_reasons_and_evidence_save_by_themselves_and_are_there_again(page, form, assessment, first):
    said = []

    def hear(route):
        said.append(page.locator("#light-words").inner_text())
        route.continue_()

    page.route("**/entries/**", hear, times=1)
    page.goto(form)
    says(page, SAFE)
    answer(page, first, 2)
    reasons = card(page, first).locator(".ins-reasons")
    reasons.locator("input[type=checkbox]").first.check()
    card(page, first).locator("textarea").fill("Seen in the file,\n\nŴyr <b>")
    says(page, SAFE)
    assert said == ["Saving…"]
    assert current(assessment, first) == ["not_sufficient"]
    assert current(assessment, first, "note") == ["Seen in the file,\n\nŴyr <b>"]
    page.goto(form)
    expect(card(page, first).locator("input[type=radio]").nth(1)).to_be_checked()
    expect(reasons.locator("input[type=checkbox]").first).to_be_checked()
    expect(card(page, first).locator("textarea")).to_have_value("Seen in the file,\n\nŴyr <b>")
    expect(page.locator("#answered")).to_have_text("1")


def test_text_is_on_the_server_two_seconds_after_the_last_key(page, form, assessment, first):
    with_time_in_hand(page, form)
    card(page, first).locator("textarea").press_sequentially("Slowly typed")
    says(page, "Saving…")
    page.clock.run_for(2000)
    says(page, SAFE)
    assert current(assessment, first, "note") == ["Slowly typed"]


def test_offline_is_said_and_nothing_is_lost_when_the_network_is_back(page, form, assessment, first):
    page.goto(form)
    says(page, SAFE)
    page.context.set_offline(True)
    answer(page, first)
    says(page, NOT_SAVED)
    with page.expect_event("requestfailed"):
        card(page, first).locator("textarea").fill("Written on the train")
    says(page, NOT_SAVED)
    expect(page.locator("#unsent-copy")).to_have_value(re.compile("Written on the train"))
    page.context.set_offline(False)
    says(page, SAFE)
    assert (current(assessment, first), current(assessment, first, "note")) == (
        ["sufficient"],
        ["Written on the train"],
    )
    expect(page.locator("#unsent")).to_be_hidden()


def test_a_page_with_something_unsent_asks_before_it_is_left(page, form, first):
    page.goto(form)
    says(page, SAFE)
    page.context.set_offline(True)
    answer(page, first)
    says(page, NOT_SAVED)
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    page.context.set_offline(False)
    says(page, SAFE)
    page.goto("about:blank")  # with nothing unsent nobody is asked


@pytest.mark.parametrize("status", [500, 502])
def test_an_error_of_the_server_is_tried_again(page, form, assessment, first, status):
    with_time_in_hand(page, form)
    page.route("**/entries/**", lambda route: route.fulfill(status=status, body="no"), times=2)
    answer(page, first)
    says(page, NOT_SAVED)
    page.clock.resume()
    says(page, SAFE, 20)
    assert current(assessment, first) == ["sufficient"]


def test_a_lost_answer_to_what_was_stored_stores_nothing_twice(page, form, assessment, first):
    with_time_in_hand(page, form)

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/entries/**", lose, times=1)
    answer(page, first)
    says(page, NOT_SAVED)
    page.clock.resume()
    says(page, SAFE)
    assert Entry.objects.filter(assessment=assessment).count() == 1


def test_who_is_signed_out_signs_in_elsewhere_and_the_page_goes_on(page, form, assessment, first, people, server):
    page.goto(form)
    says(page, SAFE)
    page.context.clear_cookies()
    answer(page, first)
    says(page, NOT_SAVED)
    expect(page.locator("#unsent-why")).to_contain_text("You are signed out")
    signed_in(page.context, people["Priya"], server)
    page.locator("#unsent-again").click()
    says(page, SAFE, 20)
    assert current(assessment, first) == ["sufficient"]


def test_what_may_not_be_written_any_more_stays_on_the_page_to_copy(page, form, assessment, first):
    page.goto(form)
    says(page, SAFE)
    Assessment.objects.filter(pk=assessment.pk).update(state="submitted")
    card(page, first).locator("textarea").fill("Too late")
    says(page, "Not saved: kept on this page")
    expect(page.locator("#unsent-why")).to_contain_text("handed in")
    expect(page.locator("#unsent-copy")).to_have_value(f"{first} (note)\nToo late")
    Allocation.objects.filter(case=assessment.case).update(ended_at=AT, ended_because="for a test")
    page.locator("#unsent-again").click()
    expect(page.locator("#unsent-why")).to_contain_text("any more")
    says(page, "Not saved: kept on this page")


def test_two_tabs_keep_both_answers_and_a_person_decides(page, form, assessment, first):
    page.goto(form)
    other = page.context.new_page()
    other.goto(form)
    answer(page, first, 1)
    says(page, SAFE)
    answer(other, first, 2)
    says(other, SAFE)
    assert current(assessment, first) == ["not_sufficient", "sufficient"]
    other.get_by_role("link", name="Look at both and decide").click()
    sides = other.locator(".ins-doubt__side")
    expect(sides).to_have_count(2)
    expect(sides.first).to_contain_text("Priya Raman")
    other.locator(".ins-doubt__side", has_text="Not sufficient").get_by_role("button", name="This one holds").click()
    other.wait_for_url("**saved=yes**")
    assert current(assessment, first) == ["not_sufficient"]


def test_a_tab_that_is_duplicated_takes_a_name_of_its_own(page, form, assessment, first):
    page.goto(form)
    answer(page, first)
    says(page, SAFE)
    storage = page.evaluate("() => ({...sessionStorage})")
    twin = page.context.new_page()
    twin.goto(form)
    twin.evaluate(
        "held => Object.entries(held).forEach(([name, value]) => sessionStorage.setItem(name, value))", storage
    )
    twin.reload()
    twin.evaluate("() => sessionStorage.setItem('inspectorate-counter', '0')")
    card(twin, first).locator("textarea").fill("From the twin")
    says(twin, SAFE)
    assert current(assessment, first, "note") == ["From the twin"]
    assert Entry.objects.values("device").distinct().count() == 2


def test_the_keyboard_alone_answers_and_goes_on(page, form, assessment, first):
    page.goto(form)
    card(page, first).locator("input[type=radio]").first.focus()
    page.keyboard.press("2")
    expect(card(page, first).locator("input[type=radio]").nth(1)).to_be_checked()
    page.keyboard.press("e")
    page.keyboard.type("12 e g n")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    expect(card(page, first).locator("details")).to_have_attribute("open", "")
    page.keyboard.press("n")
    reached = page.evaluate("() => document.activeElement.closest('.ins-card').dataset.q")
    page.keyboard.press("1")
    says(page, SAFE)
    assert (current(assessment, first), current(assessment, first, "note")) == (["not_sufficient"], ["12 e g n"])
    assert len(current(assessment, reached)) == 1


def test_a_fact_opens_and_closes_questions_at_once_and_the_server_agrees(page, form, assessment):
    standing = standing_of(assessment)
    routed = next(q for q in standing.kind.questions if not standing.asked[q.code])
    fact, value = next(standing.form.rules[routed.asked_when[0]].when.told())
    page.goto(form)
    expect(card(page, routed.code)).to_have_attribute("data-out", "")
    page.locator(f"[name='answer:{fact}'][value='{value}']").check()
    says(page, SAFE)
    shown = page.evaluate("() => [...document.querySelectorAll('.ins-card:not([data-out])')].map(c => c.dataset.q)")
    assert shown == [code for code, yes in standing_of(assessment).asked.items() if yes]


def test_without_script_a_section_is_saved_by_its_button(browser, server, form, assessment, first, people):
    with browser.new_context(base_url=server, java_script_enabled=False) as context:
        signed_in(context, people["Priya"], server)
        page = context.new_page()
        page.goto(form)
        answer(page, first, 2)
        card(page, first).locator("textarea").fill("By hand")
        section = page.locator("form.ins-section", has=page.locator(f"#q-{first}"))
        section.get_by_role("button", name=re.compile("^Save ")).click()
        expect(page.locator("#light-words")).to_contain_text("Saved")
        assert (current(assessment, first), current(assessment, first, "note")) == (["not_sufficient"], ["By hand"])


def test_the_browser_routes_as_the_methodology_does_in_every_worked_example(page):
    page.set_content("<p>routing</p>")
    page.add_script_tag(path=ROUTING)
    seen = 0
    for code in editions.codes():
        edition = editions.load(code)
        cases = [
            case
            for _, example in editions.read_examples(editions.standards_folder() / code)
            for case in _answered(edition, example)
        ]
        sent = [[*_as_script(edition, kind), given] for kind, given in cases]
        told = page.evaluate("cases => cases.map(([q, r, v]) => CaseRouting.asked(q, r, v))", sent)
        for (kind, given), found in zip(cases, told, strict=True):
            asked = edition.form.asked(kind, coded(kind, [given]))[0].tolist()
            assert found == dict(zip(kind.place, asked, strict=True)), f"{code}: {given}"
        seen += len(cases)
    assert seen > 100


def _answered(edition, example):
    """Return kind and answers of every case of an example, but for those that are meant to be refused."""
    answers = {}
    for row in rows_of(edition, example):
        case, question, value = row[-3:]
        answers.setdefault(case.split("-")[0], {})[question] = value
    kinds = [(edition.form.kind_of.get(next(iter(given))), given) for given in answers.values()]
    return [(kind, given) for kind, given in kinds if kind is not None and set(given) <= set(kind.place)]


def _as_script(edition, kind):
    from inspectorate.fieldwork.shown import routing  # noqa: PLC0415 - beside its only use

    made = routing(edition.form, kind)
    return made["questions"], made["rules"]


@pytest.fixture
def rhian(page, people, server):
    """The browser of the lead."""
    signed_in(page.context, people["Rhian"], server)
    return page


LEADS_PAGES = [
    "cases/",
    "cases/allocate/?show=all",
    "checks/",
    "{case}about/",
    "{case}hand-over/",
    "{case}leave-sample/",
]
LEADS_PAGES += ["{case}check/", "{case}check/changes/", "{case}check/return/?question=A02"]


def test_every_page_of_the_lead_meets_wcag_and_fits(rhian, for_everybody, assessment):
    home, case = (
        f"/inspections/{assessment.case.case_list.inspection.public_id}/",
        f"cases/{assessment.case.public_id}/",
    )
    for below in LEADS_PAGES:
        Assessment.objects.filter(pk=assessment.pk).update(state="submitted" if "check" in below else "begun")
        rhian.goto(home + below.format(case=case))
        for_everybody(rhian)


def test_every_page_of_an_assessor_meets_wcag_and_fits(page, for_everybody, transferred, form):
    for below in ("submit/", "declare/", "../", "../../cases/?state=begun", ""):
        transferred(page, form + below)
        for_everybody(page)


def test_the_form_with_all_open_meets_wcag(page, axe, no_overflow, form, first, screenshot):
    page.goto(form)
    answer(page, first, 2)
    says(page, SAFE)
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.emulate_media(color_scheme="dark")
    axe(page)
    page.emulate_media(color_scheme="light")
    no_overflow(page)
    page.evaluate("() => document.querySelectorAll('details').forEach((one, n) => { one.open = n % 9 === 8; })")
    screenshot(page, "case-form")
