"""The case form without script: what is shown, saved, decided between, handed in; and what is never lost."""

import gzip
import re
from html import unescape
from urllib.parse import urlencode

import pytest

from inspectorate.fieldwork.actions import append_entries, begin_assessment, hand_over, take_back_assessment
from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.fieldwork.standing import edition_of, standing_of
from inspectorate.inspections.actions import leave_team
from inspectorate.methodology import editions
from inspectorate.people.models import Reading, User
from inspectorate.quality.actions import return_assessment
from inspectorate.quality.queries import guidance_lines
from inspectorate.record.models import Entry as Line
from tests.stages.casework import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(client, people, assessor):
    client.force_login(people[assessor])
    return client


@pytest.fixture
def longest(ann, sample, give, assessor):
    """A case under the longest form there is, begun and answered in full."""
    inspection, edition = sample.case_list.inspection, editions.load("fji/2013")
    inspection.modules.update(edition=edition.code, edition_digest=edition.digest)
    case = sample.case_list.cases.select_related("case_list__inspection").get(reference="C001")
    give(case, assessor)
    type(inspection).objects.filter(pk=inspection.pk).update(state="fieldwork")
    begun = begin_assessment(case=case, assessor=assessor, by=assessor)
    append_entries(assessment=begun, entries=everything("fji/2013"), by=assessor)
    return ann, where(begun)


def where(assessment, more=""):
    case = assessment.case
    return f"/inspections/{case.case_list.inspection.public_id}/cases/{case.public_id}/{more}"


def fields_of(page, section):
    """Return what a browser would send of one section: every field as it stands in the page."""
    text = page.content.decode()
    form = re.search(rf'<form class="ins-section"[^>]*id="section-{section}".*?</form>', text, re.DOTALL)[0]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    fields |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)" checked', form))
    reasons = {}
    for name, value in re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]*)" checked', form):
        reasons.setdefault(name, []).append(value)
    notes = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    return fields | reasons | {name: unescape(text) for name, text in notes}


def section_of(assessment, code):
    return next(s.code for s in standing_of(assessment).kind.sections for q in s.questions if q.code == code)


def send(client, assessment, page, section, **changed):
    given = fields_of(page, section) | {name.replace("__", ":"): value for name, value in changed.items()}
    return client.post(where(assessment, "save/"), given)


def current(assessment, question, part="answer"):
    return [entry.value or entry.text for entry in standing_of(assessment).current.get((question, part), ())]


def test_a_section_is_saved_and_shown_again(ann, begun):
    section = section_of(begun, "A01")
    note = "Ŵyr <b>bold</b>\n\n  10 o’clock"
    changed = {"answer__A01": "not_sufficient", "reasons__A01": ["late"], "note__A01": note}
    reasons = [reason.code for reason in standing_of(begun).form.question("A01").reasons]
    changed["reasons__A01"] = reasons[:2]
    saved = send(ann, begun, ann.get(where(begun)), section, **changed)
    assert saved["Location"].endswith(f"?saved=yes#section-{section}")
    again = fields_of(ann.get(where(begun)), section)
    assert (again["answer:A01"], again["reasons:A01"], again["note:A01"]) == ("not_sufficient", reasons[:2], note)


def test_a_double_submit_and_a_stale_page_store_once(ann, begun):
    section = section_of(begun, "A01")
    page = ann.get(where(begun))
    for _ in range(3):
        send(ann, begun, page, section, answer__A01="sufficient", note__A01="Once")
    assert Entry.objects.count() == 2
    assert Line.objects.filter(verb="entries.received").count() == 1


def test_the_back_button_and_another_answer_take_the_place_of_the_first(ann, begun):
    section = section_of(begun, "A01")
    page = ann.get(where(begun))
    for value in ("sufficient", "not_sufficient", "sufficient", ""):
        send(ann, begun, page, section, answer__A01=value)
        assert current(begun, "A01") == [value]
    assert Entry.objects.count() == 4


def test_what_a_page_did_not_change_overwrites_nothing(ann, begun):
    section = section_of(begun, "A01")
    stale = ann.get(where(begun))
    send(ann, begun, ann.get(where(begun)), section, answer__A01="sufficient")
    send(ann, begun, stale, section, answer__A02="sufficient")
    assert (current(begun, "A01"), current(begun, "A02")) == (["sufficient"], ["sufficient"])


def test_two_pages_never_overwrite_each_other_and_a_person_decides(ann, begun):
    section = section_of(begun, "A01")
    one, two = ann.get(where(begun)), ann.get(where(begun))
    send(ann, begun, one, section, answer__A01="sufficient", note__A01="From one")
    send(ann, begun, two, section, answer__A01="not_sufficient", note__A01="From two")
    page = ann.get(where(begun))
    text = page.content.decode()
    assert "Two answers were given. Which holds?" in text
    assert text.count("Ann Assessor, ") == 4
    settles = re.findall(r'name="settle" value="([^"]+)"', text)
    answers = [value for value in settles if "|answer|" in value]
    send(ann, begun, page, section, settle=answers[1])
    send(ann, begun, ann.get(where(begun)), section, settle="A01|note|both")
    assert (current(begun, "A01"), current(begun, "A01", "note")) == (["not_sufficient"], ["From one\n\nFrom two"])
    before = Entry.objects.count()
    send(ann, begun, page, section, settle=answers[0])  # a second press, once it is decided
    assert Entry.objects.count() == before


def test_three_answers_are_decided_in_one_press(ann, begun):
    section = section_of(begun, "A01")
    pages = [ann.get(where(begun)) for _ in range(3)]
    for page, value in zip(pages, ("sufficient", "not_sufficient", "not_applicable"), strict=True):
        send(ann, begun, page, section, answer__A01=value)
    page = ann.get(where(begun))
    settles = re.findall(r'name="settle" value="(A01\|answer\|[^"]+)"', page.content.decode())
    send(ann, begun, page, section, settle=settles[2])
    assert current(begun, "A01") == ["not_applicable"]


def test_an_answer_that_opens_questions_opens_them_on_the_server(ann, begun):
    standing = standing_of(begun)
    routed = next(q for q in standing.kind.questions if not standing.asked[q.code])
    rule = standing.form.rules[routed.asked_when[0]].when
    fact, value = next(rule.told())
    card = re.compile(rf'id="q-{routed.code}" data-q="{routed.code}" data-out')
    assert card.search(ann.get(where(begun)).content.decode())
    send(ann, begun, ann.get(where(begun)), section_of(begun, fact), **{f"answer__{fact}": value})
    assert standing_of(begun).asked[routed.code] == (not card.search(ann.get(where(begun)).content.decode()))


def test_a_note_that_is_refused_stays_on_the_page(ann, begun):
    section = section_of(begun, "A01")
    page = send(ann, begun, ann.get(where(begun)), section, note__A01="x" * 100_001)
    assert (page.status_code, Entry.objects.count()) == (409, 0)
    assert "x" * 100_001 in page.content.decode()


def test_what_comes_after_handing_in_is_refused_by_name_and_given_back_to_copy(ann, begun):
    page = ann.get(where(begun))
    Assessment.objects.filter(pk=begun.pk).update(state="submitted")
    answer = send(ann, begun, page, section_of(begun, "A01"), note__A01="Written too late")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "nothing more is written in it" in text
    assert "A01 (note)\nWritten too late</textarea>" in text


def test_the_page_to_hand_in_names_what_is_missing_with_links_and_hands_in(ann, begun, assessor):
    text = ann.get(where(begun, "submit/")).content.decode()
    assert f'href="{where(begun)}#q-F01"' in text
    append_entries(assessment=begun, entries=everything(), by=assessor)
    assert "What is still to do" not in ann.get(where(begun, "submit/")).content.decode()
    for _ in range(2):  # a second press is harmless
        assert ann.post(where(begun, "submit/"))["Location"] == where(begun)
    begun.refresh_from_db()
    assert begun.state == "submitted"
    read_only = ann.get(where(begun)).content.decode()
    assert 'href="take-back/"' in read_only
    assert "case_form" not in read_only


def test_handing_in_too_early_is_refused_on_the_page(ann, begun):
    page = ann.post(where(begun, "submit/"))
    assert page.status_code == 409
    assert "Questions that are asked of this case have no answer" in page.content.decode()


def test_it_is_taken_back_with_a_reason(ann, submitted):
    page = ann.post(where(submitted, "take-back/"), {"why": ""})
    assert page.status_code == 422
    assert ann.post(where(submitted, "take-back/"), {"why": "I found the plan"}).status_code == 302
    submitted.refresh_from_db()
    assert submitted.state == "begun"


def test_a_returned_one_shows_reason_and_guidance_at_the_top_and_at_the_question(ann, submitted, lead):
    line = guidance_lines(edition_of(submitted), "A01")[0]
    return_assessment(assessment=submitted, reason="Look at the dates", question="A01", guidance=line, by=lead)
    text = unescape(ann.get(where(submitted)).content.decode())
    assert "Rhian Lead, " in text
    assert text.count("Look at the dates") == 2
    assert text.count(line) == 1
    assert "ins-card--returned" in text


def test_who_opened_a_case_is_written_down_once_a_minute(ann, begun, people, assessor):
    for _ in range(3):
        ann.get(where(begun))
    told = set(Reading.objects.values_list("reader", "subject_id", "way", "because"))
    assert told == {(people[assessor].pk, begun.case.public_id, "page", "own")}
    assert Reading.objects.count() <= 2  # a minute may have ended in between


def test_the_form_takes_few_queries(ann, begun, submitted, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        ann.get(where(begun))
    take_back_assessment(assessment=submitted, why="More", by=("user", "an-assessor"))
    with django_assert_max_num_queries(12):
        ann.get(where(begun))


def test_the_longest_form_has_every_question_and_stays_small(longest):
    client, there = longest
    page = client.get(there)
    assert page.content.decode().count("<fieldset") == 144
    assert len(gzip.compress(page.content)) < 75_000  # with fonts and styles a page stays under 150 KB


def test_everybody_else_sees_how_it_stands_and_no_answer(client, begun, people, lead, assessor, entry):
    append_entries(assessment=begun, entries=[entry(1, "", part="note", text="Secret words")], by=assessor)
    for name in (lead, ("user", "a-chief-inspector")):
        client.force_login(people[name])
        text = client.get(where(begun)).content.decode()
        assert "Begun" in text
        assert "Secret words" not in text
        assert client.get(where(begun, "submit/")).status_code == 403
        assert client.post(where(begun, "save/")).status_code == 403


def test_a_case_of_an_interest_answers_as_one_that_is_not_there(ann, begun, tie, assessor):
    tie(assessor, "case", begun.case)
    other = where(begun).replace(begun.case.public_id, "0" * 32)
    for more in ("", "about/", "submit/", "declare/", "entries/", "take-back/"):
        assert ann.get(where(begun, more)).status_code == ann.get(other + more).status_code == 404


def test_who_has_left_the_team_finds_nothing(ann, begun, lead, people, assessor, inspection):
    leave_team(member=inspection.team.get(user=people[assessor]), why="Ill", by=lead)
    assert ann.get(where(begun)).status_code == 404


def test_a_case_is_begun_with_one_press_and_a_second_goes_on(ann, begun, give, assessor):
    case = begun.case.case_list.cases.select_related("case_list__inspection").get(reference="C002")
    give(case, assessor)
    there = where(begun).replace(begun.case.public_id, case.public_id)
    assert "Begin the assessment" in ann.get(there).content.decode()
    for early in (ann.get(f"{there}submit/"), ann.post(f"{there}save/"), ann.get(f"{there}take-back/")):
        assert (early.status_code, "begin it first" in early.content.decode()) == (409, True)
    for _ in range(2):
        assert ann.post(f"{there}begin/")["Location"] == there
    assert case.assessments.count() == 1


def test_an_interest_is_declared_on_the_first_page(ann, begun, people, assessor):
    answer = ann.post(where(begun, "declare/"), {"note": "A neighbour"}, follow=True)
    assert "The case is hidden from you now" in answer.content.decode()
    assert ann.get(where(begun)).status_code == 404
    assert people[assessor].ties.get().note == "A neighbour"


def test_the_lead_hands_over_to_somebody_who_may_have_it(client, begun, people, lead):
    client.force_login(people[lead])
    text = client.get(where(begun, "hand-over/")).content.decode()
    assert ("Rhian Lead" in text, "Ann Assessor" in re.findall(r"<option.*?</option>", text)) == (True, False)
    assert client.post(where(begun, "hand-over/"), {"to": "", "why": ""}).status_code == 422
    answer = client.post(where(begun, "hand-over/"), {"to": lead[1], "why": "Ann is ill"})
    assert answer.status_code == 302
    begun.refresh_from_db()
    assert begun.assessor == lead


def test_an_assessment_that_went_to_another_person_is_gone_from_the_page_of_the_first(ann, begun, people, lead):
    hand_over(assessment=begun, to=people[lead], why="Ann is ill", by=lead)
    text = ann.get(where(begun)).content.decode()
    assert "ins-case__form" not in text
    assert User.objects.get(pk=people[lead].pk).allocations.count() == 1


def test_a_case_is_replaced_in_the_middle_with_its_assessment_withdrawn(client, begun, people, lead):
    client.force_login(people[lead])
    page = client.get(where(begun, "leave-sample/"))
    reason = re.findall(r'<option value="([^"]+)"', page.content.decode())[0]
    assert client.post(where(begun, "leave-sample/"), {"reason": reason, "why": ""}).status_code == 422
    assert client.post(where(begun, "leave-sample/"), {"reason": reason, "why": "Moved away"}).status_code == 302
    begun.refresh_from_db()
    assert (begun.state, begun.case.drawn.replaced_by.reason) == ("withdrawn", reason)
    assert "not in the sample now" in client.get(where(begun, "about/")).content.decode()


def test_where_the_reserve_is_empty_nothing_is_withdrawn_either(client, begun, people, lead, sample):
    sample.drawn_cases.filter(role="reserve").delete()
    client.force_login(people[lead])
    reason = re.findall(r'<option value="([^"]+)"', client.get(where(begun, "leave-sample/")).content.decode())[0]
    assert client.post(where(begun, "leave-sample/"), {"reason": reason, "why": "Moved"}).status_code == 422
    begun.refresh_from_db()
    assert begun.state == "begun"


def test_what_is_handed_in_has_no_fields_that_could_be_sent(ann, submitted):
    assert 'name="was:' not in ann.get(where(submitted)).content.decode()


def test_an_assessment_that_was_withdrawn_meanwhile_cannot_be_handed_over_and_it_is_said(client, people, begun, lead):
    Assessment.objects.filter(pk=begun.pk).update(state="withdrawn")
    client.force_login(people[lead])
    answer = client.post(where(begun, "hand-over/"), {"to": lead[1], "why": "Ann is ill"})
    assert (answer.status_code, "give the case to somebody instead" in answer.content.decode()) == (422, True)


def test_what_was_written_when_the_case_went_to_another_person_is_there_to_be_copied(ann, begun, people, lead):
    hand_over(assessment=begun, to=people[lead], why="Ann is ill", by=lead)
    sent = urlencode({"note:A01": "Seen on page 3", "answer:A01": "sufficient"})
    answer = ann.post(where(begun, "save/"), sent, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, "Seen on page 3</textarea>" in answer.content.decode()) == (403, True)


def test_evidence_of_a_fact_is_folded_until_it_holds_text_and_that_of_a_judgement_stands_open(ann, begun):
    form = editions.load(begun.edition).form
    questions = form.kinds[0].questions
    fact = next(one.code for one in questions if one.role == "fact")
    folded = sum(one.role != "judgement" for one in questions)
    text = ann.get(where(begun)).content.decode()
    assert text.count('<details class="ins-card__evidence"><summary>Add evidence') == folded
    assert text.count('class="govuk-textarea ins-card__note"') == len(questions) > folded
    page = ann.get(where(begun))
    send(ann, begun, page, section_of(begun, fact), **{f"note__{fact}": "Seen in the file"})
    again = ann.get(where(begun)).content.decode()
    assert again.count('<details class="ins-card__evidence" open>') == 1
    assert "Seen in the file</textarea></details>" in again


def test_the_hint_names_as_many_keys_as_a_question_has_answers(ann, begun):
    most = max(len(one.options) for one in editions.load(begun.edition).form.kinds[0].questions)
    assert f"<kbd>1</kbd> to <kbd>{most}</kbd> answer" in ann.get(where(begun)).content.decode()
