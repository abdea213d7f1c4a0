"""The pages of reports: who finds what, what is said beside a form, and how few questions the database is asked."""

import re

import pytest
from django.urls import reverse

from inspectorate.people.models import User
from inspectorate.reports.actions import Recommended, Said, add_recommendation, comment_on_draft, sign_off_report
from inspectorate.reports.models import Answer, Comment, Draft, Recommendation, Reopening, SectionVersion, SignedReport
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL, OUTSIDER
from tests.stages.reports.conftest import in_days, to_state, write


@pytest.fixture
def as_(client):
    def sign_in(name):
        client.force_login(User.objects.get(public_id=name[1]))
        return client

    return sign_in


def at(name, inspection, *more):
    return reverse(f"reports:{name}", args=[inspection.public_id, *more])


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


@pytest.fixture
def told(written, draft):
    """A draft with a comment and a recommendation."""
    to_state(written, "drafting")
    add_recommendation(inspection=written, recommended=Recommended("Plan.", organisation="The police"), by=LEAD)
    to_state(written, "checking")
    return comment_on_draft(draft=draft, said=Said("2.1", "It is not so."), by=CONTACT)


def pages(inspection, comment):
    row = Recommendation.objects.get()
    return {
        "report": at("report", inspection),
        "preview": at("preview", inspection),
        "section": at("section", inspection, "summary"),
        "versions": at("versions", inspection, "summary"),
        "drafts": at("drafts", inspection),
        "draft": at("draft", inspection, 1),
        "draft_pdf": at("draft_pdf", inspection, 1),
        "comment": at("comment", inspection, 1, "2.1"),
        "answer": at("answer", inspection, comment.public_id),
        "sign_off": at("sign_off", inspection),
        "reopen": at("reopen", inspection),
        "recommendations": at("recommendations", inspection),
        "recommendations_csv": at("recommendations_csv", inspection),
        "new_recommendation": at("new_recommendation", inspection),
        "recommendation": at("recommendation", inspection, row.public_id),
        "take_out": at("take_out", inspection, row.public_id),
    }


WRITING = {"report", "preview", "section", "versions"}
CHECKING = {"drafts", "draft", "draft_pdf", "answer"}
READING = {"recommendations", "recommendations_csv"}
CHANGING = {"new_recommendation", "recommendation", "take_out"}


@pytest.mark.parametrize(
    ("person", "open_"),
    [
        (LEAD, WRITING | CHECKING | READING | CHANGING | {"reopen"}),
        (ASSESSOR, WRITING | CHECKING | READING | CHANGING),
        (CHIEF, WRITING | CHECKING | READING | {"sign_off", "reopen"}),
        (CONTACT, CHECKING | READING | {"comment"}),
        (LOCAL, set()),
        (OUTSIDER, set()),
    ],
)
def test_each_person_finds_their_pages_and_no_other(told, written, as_, person, open_, django_assert_max_num_queries):
    for name, address in pages(written, told).items():
        client = as_(person)
        with django_assert_max_num_queries(12):
            response = client.get(address)
        hidden = 404 if person in (LOCAL, OUTSIDER) else 403
        assert response.status_code == (200 if name in open_ else hidden), name


def test_the_pages_of_a_signed_report_ask_the_database_little(draft, written, as_, django_assert_max_num_queries):
    sign_off_report(inspection=written, by=CHIEF)
    assert draft.number == 1
    as_(LEAD).post(at("reopen", written), {"verb": "ask", "reason": "A name."})
    for name in ("report", "reopen", "drafts", "recommendations", "preview"):
        client = as_(LEAD)
        with django_assert_max_num_queries(12):
            assert client.get(at(name, written)).status_code == 200
    client = as_(LEAD)
    with django_assert_max_num_queries(12):
        assert client.get(at("signed", written, 1)).status_code == 200


def test_who_has_not_signed_in_is_sent_to_do_so(written, draft, client):  # noqa: ARG001 - it is there
    for name in ("report", "drafts", "recommendations"):
        assert client.get(at(name, written)).status_code == 302


def test_the_body_finds_nothing_of_a_report_that_is_being_written(written, as_):
    add_recommendation(inspection=written, recommended=Recommended("A secret yet.", organisation="X"), by=LEAD)
    client = as_(CONTACT)
    assert "No draft has been sent yet" in text_of(client.get(at("drafts", written)))
    for name in ("recommendations", "recommendations_csv"):
        assert "A secret yet." not in client.get(at(name, written)).content.decode()


def test_the_body_finds_the_recommendations_of_the_draft_that_was_sent_and_not_those_written_since(written, as_):
    row = add_recommendation(inspection=written, recommended=Recommended("As sent.", organisation="X"), by=LEAD)
    as_(LEAD).post(at("send", written), {"due_on": in_days(14).isoformat()})
    to_state(written, "drafting")
    Recommendation.objects.filter(pk=row.pk).update(text="Changed since.")
    assert "As sent." in text_of(as_(CONTACT).get(at("recommendations", written)))
    assert "Changed since." in text_of(as_(LEAD).get(at("recommendations", written)))


def test_writing_a_section_keeps_it_and_shows_how_it_reads(drafting, as_):
    client = as_(LEAD)
    response = client.post(at("section", drafting, "context"), {"text": "In {score:stage_planning}.", "verb": "save"})
    assert response.status_code == 302
    page = text_of(client.get(response["Location"]))
    assert "Your text is kept." in page
    assert "In 72 per cent." in page


def test_who_may_read_a_section_but_not_write_it_is_told_why(drafting, as_):
    response = as_(CHIEF).post(at("section", drafting, "context"), {"text": "Words.", "verb": "save"})
    assert response.status_code == 403
    assert not SectionVersion.objects.exists()


def test_a_preview_keeps_nothing(drafting, as_):
    response = as_(LEAD).post(at("section", drafting, "context"), {"text": "In {cases} cases.", "verb": "preview"})
    assert "In 60 cases." in text_of(response)
    assert not SectionVersion.objects.exists()


def test_an_unknown_figure_is_told_at_the_top_with_the_text_still_there(drafting, as_):
    response = as_(LEAD).post(at("section", drafting, "context"), {"text": "In {score:planing}.", "verb": "save"})
    assert response.status_code == 409
    assert "The nearest is {score:stage_planning}" in text_of(response)
    assert "In {score:planing}." in response.content.decode()


def test_the_second_of_two_writers_is_told_and_settles_it(drafting, as_):
    first = write(drafting, "context", "One.")
    address = at("section", drafting, "context")
    write(drafting, "context", "One, by Ann.", by=ASSESSOR, after=first.public_id)
    client = as_(LEAD)
    response = client.post(address, {"text": "One, by Rhian.", "after": first.public_id, "verb": "save"}, follow=True)
    page = response.content.decode()
    assert "Two texts stand side by side" in page
    assert "<ins>Rhian.</ins>" in page
    after = re.search(r'name="after" value="(\w+)"', page)[1]
    settles = re.search(r'name="settles" value="(\w+)"', page)[1]
    client.post(address, {"text": "One, by both.", "after": after, "settles": settles, "verb": "save"})
    assert "side by side" not in text_of(client.get(address))


def test_a_share_typed_by_hand_is_pointed_out_and_not_refused(drafting, as_):
    client = as_(LEAD)
    address = at("section", drafting, "context")
    assert client.post(address, {"text": "One.\n\nIn 73 per cent.", "verb": "save"}).status_code == 302
    assert "Line 3: &#x27;73 per cent&#x27; was typed by hand" in client.get(address).content.decode()


def test_what_people_write_is_never_markup(drafting, as_):
    write(drafting, "context", '<script>alert(1)</script> <img src=x onerror="y">')
    page = as_(LEAD).get(at("preview", drafting)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_every_figure_stands_beside_the_text_with_its_value(drafting, as_):
    page = text_of(as_(LEAD).get(at("section", drafting, "summary")))
    for words in ("{score:protecting_the_public}", "72 per cent", "{chart:headline}", "{finding:A01}"):
        assert words in page


def test_what_is_missing_is_named_and_a_draft_that_is_not_ready_is_refused_beside_its_form(drafting, as_):
    client = as_(LEAD)
    assert "is empty, and no report may leave it out" in text_of(client.get(at("report", drafting)))
    response = client.post(at("send", drafting), {"due_on": in_days(14).isoformat()})
    assert response.status_code == 409
    assert "A part that no report may leave out is empty" in text_of(response)


def test_a_draft_is_sent_once_though_its_button_is_pressed_twice(written, as_):
    client = as_(LEAD)
    sent = client.post(at("send", written), {"due_on": in_days(14).isoformat()})
    again = client.post(at("send", written), {"due_on": in_days(14).isoformat()})
    assert (sent.status_code, again.status_code) == (302, 409)
    assert Draft.objects.count() == 1


def test_a_day_that_cannot_be_read_is_told_at_its_field(written, as_):
    response = as_(LEAD).post(at("send", written), {"due_on": "soon"})
    assert response.status_code == 422
    assert "Give a date, as 12 December 2026." in text_of(response)


def test_the_body_comments_the_lead_answers_and_the_body_reads_the_answer(draft, written, as_):
    contact = as_(CONTACT)
    page = contact.get(at("comment", written, 1, "2.1")).content.decode()
    assert "The work was <strong>good</strong> in places." in page
    given = {"wrong": "It is not so.", "client_id": re.search(r'name="client_id" value="(\w+)"', page)[1]}
    for _ in range(2):
        assert contact.post(at("comment", written, 1, "2.1"), given).status_code == 302
    comment = Comment.objects.get()
    answer = {"verdict": "not_accepted", "reason": "The plan says so."}
    assert as_(LEAD).post(at("answer", written, comment.public_id), answer).status_code == 302
    assert Answer.objects.count() == 1
    assert "<strong>good</strong>" in as_(LEAD).get(at("answer", written, comment.public_id)).content.decode()
    page = text_of(as_(CONTACT).get(at("draft", written, draft.number)))
    assert "Not accepted. The plan says so." in page
    assert as_(CONTACT).post(at("answer", written, comment.public_id), answer).status_code == 403
    assert Answer.objects.count() == 1


def test_a_recommendation_and_a_chart_are_commented_on_like_a_paragraph(told, written, as_):  # noqa: ARG001 - it is there
    to_state(written, "drafting")
    as_(LEAD).post(at("send", written), {"due_on": in_days(14).isoformat()})
    contact = as_(CONTACT)
    assert "Plan." in text_of(contact.get(at("comment", written, 2, "R1")))
    assert "Headline scores" in text_of(contact.get(at("comment", written, 2, "2.2")))
    given = {"wrong": "Not for us.", "client_id": "e" * 32}
    assert contact.post(at("comment", written, 2, "R1"), given).status_code == 302
    assert "Not for us." in text_of(contact.get(at("draft", written, 2)))


def test_an_empty_comment_and_an_empty_answer_are_told_at_their_fields(told, written, as_):
    response = as_(CONTACT).post(at("comment", written, 1, "2.1"), {"client_id": "d" * 32, "evidence": "Plan 3."})
    assert response.status_code == 422
    assert "Plan 3." in response.content.decode()
    response = as_(LEAD).post(at("answer", written, told.public_id), {"reason": "So."})
    assert response.status_code == 422


def test_a_paragraph_a_draft_or_a_section_that_there_is_not_is_not_found(draft, written, as_):  # noqa: ARG001
    lead, missing = as_(LEAD), []
    for name, more in (("draft", [9]), ("draft_pdf", [9]), ("changes", [1]), ("section", ["weather"]), ("signed", [1])):
        missing.append(lead.get(at(name, written, *more)).status_code)
    missing.append(lead.get(at("recommendation", written, "0" * 32)).status_code)
    missing.append(lead.get(at("answer", written, "0" * 32)).status_code)
    missing.append(as_(CONTACT).get(at("comment", written, 1, "99.9")).status_code)
    assert set(missing) == {404}


def test_the_draft_is_marked_and_handed_out_as_pdf(draft, written, as_):  # noqa: ARG001 - it is there
    client = as_(CONTACT)
    assert "Draft 1, not for publication" in text_of(client.get(at("drafts", written)))
    response = client.get(at("draft_pdf", written, 1))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="draft-1.pdf"'


def test_the_draft_is_corrected_and_what_changed_is_shown(draft, written, as_):
    client = as_(LEAD)
    assert client.post(at("correct", written), {"reason": ""}).status_code == 422
    assert client.post(at("correct", written), {"reason": "A number."}).status_code == 302
    assert client.post(at("correct", written), {"reason": "A number."}).status_code == 409
    write(written, "context", "A windy place.")
    client.post(at("send", written), {"due_on": in_days(14).isoformat()})
    page = text_of(as_(CONTACT).get(at("changes", written, 2)))
    assert "Why draft 1 was corrected: A number." in page
    assert "A windy place." in page
    assert "There is a later draft" in text_of(as_(CONTACT).get(at("draft", written, draft.number)))


def test_the_chief_signs_off_and_reads_what_was_signed(draft, written, as_):
    client = as_(CHIEF)
    assert "The body may still comment" in text_of(client.get(at("sign_off", written)))
    assert client.post(at("sign_off", written)).status_code == 302
    assert client.post(at("sign_off", written)).status_code == 409
    assert draft.digest in text_of(client.get(at("signed", written, 1)))
    assert client.get(at("signed_pdf", written, 1)).content.startswith(b"%PDF")
    assert as_(CONTACT).get(at("signed", written, 1)).status_code == 403


def test_an_unanswered_comment_stands_in_the_way_of_the_signature(told, written, as_):  # noqa: ARG001 - it is there
    client = as_(CHIEF)
    assert "has no answer" in text_of(client.get(at("sign_off", written)))
    assert client.post(at("sign_off", written)).status_code == 409
    assert not SignedReport.objects.exists()


def test_reopening_is_asked_for_by_one_and_agreed_to_by_the_other(draft, written, as_):  # noqa: ARG001 - it is there
    sign_off_report(inspection=written, by=CHIEF)
    lead = as_(LEAD)
    assert lead.post(at("reopen", written), {"verb": "ask", "reason": ""}).status_code == 422
    for _ in range(2):
        assert lead.post(at("reopen", written), {"verb": "ask", "reason": "A name."}).status_code == 302
    assert lead.post(at("reopen", written), {"verb": "agree"}).status_code == 409
    assert "A name." in text_of(as_(CHIEF).get(at("reopen", written)))
    assert as_(CHIEF).post(at("reopen", written), {"verb": "agree"}).status_code == 302
    written.refresh_from_db()
    assert written.state == "drafting"
    assert Reopening.objects.get().decision == "agreed"


def test_recommendations_are_added_changed_moved_and_taken_out(drafting, as_):
    client = as_(LEAD)
    new = at("new_recommendation", drafting)
    assert client.post(new, {"text": "Plan."}).status_code == 422
    for text in ("Plan.", "Share."):
        given = {"text": text, "body": drafting.body.public_id, "by_when": "31 March 2027"}
        assert client.post(new, given).status_code == 302
    first, second = Recommendation.objects.order_by("place")
    for _ in range(2):
        client.post(at("move", drafting, second.public_id), {"to": "1"})
    page = text_of(client.get(at("recommendations", drafting)))
    assert page.index("Share.") < page.index("Plan.")
    assert re.search(r"Westmoor Probation Trust ?2", page)
    change = {"text": "Plan well.", "organisation": "The police", "revision": "1", "rests_on": "{score:stage_planning}"}
    assert client.post(at("recommendation", drafting, first.public_id), change).status_code == 302
    stale = client.post(at("recommendation", drafting, first.public_id), change | {"text": "Plan better."})
    assert stale.status_code == 409
    assert "It reads like this now" in text_of(stale)
    assert client.post(at("take_out", drafting, second.public_id)).status_code == 302
    assert client.post(at("take_out", drafting, second.public_id)).status_code == 404
    csv = client.get(at("recommendations_csv", drafting)).content.decode()
    assert "1,Plan well.,The police,," in csv
