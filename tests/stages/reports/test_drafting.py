"""From a written report to a signed one: the draft, its check, its correction, the signature, the reopening."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from inspectorate.methodology import lifecycle
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import NotAllowedError
from inspectorate.people.two import SAME_PERSON
from inspectorate.ratings.models import Judgement
from inspectorate.record.models import Entry
from inspectorate.record.once import WrittenOnceError
from inspectorate.reports.actions import (
    Said,
    agree_to_reopen,
    answer_comment,
    ask_to_reopen,
    comment_on_draft,
    correct_draft,
    decline_to_reopen,
    send_draft,
    sign_off_report,
)
from inspectorate.reports.content import digest_of
from inspectorate.reports.documents import draft_pdf, pdf
from inspectorate.reports.models import Answer, Comment, Draft, SignedReport
from inspectorate.reports.queries import comments_of, current_versions, signed_report
from inspectorate.reports.refusals import Refusal
from inspectorate.reports.shown import changes
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL, OUTSIDER
from tests.stages.reports.conftest import in_days, settle, to_state, write
from tests.stages.reports.settled import payload


def refused_by(act):
    with pytest.raises(RefusedError) as refused:
        act()
    return refused.value.code


def send(inspection, days=14, by=LEAD):
    return send_draft(inspection=inspection, due_on=in_days(days), by=by)


def say(draft, by=CONTACT, **changed):
    said = {"paragraph": "2.1", "wrong": "There are four.", "should_say": "Four offices.", "evidence": "Plan 3."}
    return comment_on_draft(draft=draft, said=Said(**(said | changed)), by=by)


def answer(comment, verdict="not_accepted", reason="The plan names three.", by=LEAD):
    return answer_comment(comment=comment, verdict=verdict, reason=reason, by=by)


def make_stale(inspection):
    Judgement.objects.create(
        inspection=inspection,
        standard="leadership",
        number=1,
        rating="",
        reason="Looked at again.",
        judged_by_kind="user",
        judged_by_id="x",
        judged_at=datetime.now(UTC),
    )


def test_a_draft_is_the_report_frozen_with_its_figures_and_its_digest(draft, written):
    assert (draft.number, draft.digest) == (1, digest_of(draft.content))
    texts = [one["text"]["en"] for part in draft.content["sections"] for one in part["paragraphs"]]
    assert "Other people are kept safe in 72 per cent of the work." in texts
    assert draft.content["results"] == payload()
    assert draft.content["title"]["en"] == "Inspection of Adult Offending Work: Westmoor Probation Trust"
    assert written.state == "checking"
    assert Entry.objects.filter(verb="inspection.send_draft").count() == 1


def test_without_what_no_report_may_leave_out_it_is_not_sent(drafting):
    assert refused_by(lambda: send(drafting)) == lifecycle.Refusal.GATES_EMPTY
    write(drafting, "protecting_the_public", "People are safe.")
    assert refused_by(lambda: send(drafting)) == lifecycle.Refusal.GATES_EMPTY
    write(drafting, "experience", "## Only a heading\n\n{chart:headline}")
    assert refused_by(lambda: send(drafting)) == lifecycle.Refusal.GATES_EMPTY
    assert not Draft.objects.exists()


def test_with_ratings_that_rest_on_earlier_judgements_it_is_not_sent(written):
    make_stale(written)
    assert refused_by(lambda: send(written)) == lifecycle.Refusal.RATINGS_OUT_OF_DATE


def test_with_two_texts_side_by_side_it_is_not_sent(written):
    write(written, "context", "By Ann.", by=ASSESSOR)
    write(written, "context", "By Rhian.")
    assert refused_by(lambda: send(written)) == Refusal.SIDE_BY_SIDE


def test_with_a_figure_that_the_settlement_has_not_it_is_not_sent(written):
    write(written, "context", "{finding:A01} of it.")
    fewer = payload() | {"findings": [row for row in payload()["findings"] if row["code"] != "A01"]}
    settle(written, number=2, data=fewer)
    assert refused_by(lambda: send(written)) == Refusal.FIGURE_UNKNOWN


@pytest.mark.parametrize("days", [0, -1])
def test_the_body_gets_time_to_check(written, days):
    assert refused_by(lambda: send(written, days)) == Refusal.DUE_PASSED


def test_two_who_send_at_once_make_one_draft_and_one_refusal(draft, written):
    assert refused_by(lambda: send(written)) == lifecycle.Refusal.NOT_FROM_HERE
    assert Draft.objects.count() == 1
    assert draft.number == 1


@pytest.mark.parametrize("person", [ASSESSOR, CHIEF, CONTACT, LOCAL, OUTSIDER])
def test_only_the_lead_sends_and_corrects(written, person):
    with pytest.raises(NotAllowedError):
        send(written, by=person)
    to_state(written, "checking")
    with pytest.raises(NotAllowedError):
        correct_draft(inspection=written, reason="x", by=person)


def test_the_body_comments_on_a_paragraph_once_however_often_it_is_sent(draft):
    first = say(draft, client_id="c" * 32)
    assert say(draft, client_id="c" * 32) == first
    assert (first.paragraph, first.late, first.made_by_name) == ("2.1", False, "Bob Contact")
    assert Comment.objects.count() == 1


def test_a_comment_after_the_last_day_is_kept_and_marked_as_late(draft, monkeypatch):
    after = draft.due_on + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: after)
    assert say(draft).late


def test_a_comment_on_the_last_day_is_not_late(draft, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: draft.due_on)
    assert not say(draft).late


def test_a_comment_names_a_paragraph_of_the_draft_and_says_something(draft):
    assert refused_by(lambda: say(draft, paragraph="99.9")) == Refusal.PARAGRAPH_UNKNOWN
    assert refused_by(lambda: say(draft, wrong=" ")) == Refusal.TEXT_MISSING


@pytest.mark.parametrize("person", [LEAD, ASSESSOR, CHIEF, LOCAL, OUTSIDER])
def test_only_the_body_comments(draft, person):
    with pytest.raises(NotAllowedError):
        say(draft, by=person)


def test_the_lead_answers_with_a_reason_and_a_later_answer_takes_the_place_of_an_earlier_one(draft):
    comment = say(draft)
    assert refused_by(lambda: answer(comment, verdict="perhaps")) == Refusal.VERDICT_UNKNOWN
    assert refused_by(lambda: answer(comment, reason=" ")) == Refusal.REASON_MISSING
    first = answer(comment)
    assert answer(comment) == first
    answer(comment, "accepted", "It is changed.")
    assert [one.verdict for one in Answer.objects.order_by("-number")] == ["accepted", "not_accepted"]
    for person in (ASSESSOR, CHIEF, CONTACT, LOCAL, OUTSIDER):
        with pytest.raises(NotAllowedError):
            answer(comment, by=person)


def test_a_draft_corrected_after_the_factual_accuracy_check_comes_back_with_its_comments(draft, written):
    comment = say(draft)
    assert refused_by(lambda: sign_off_report(inspection=written, by=CHIEF)) == lifecycle.Refusal.COMMENTS_UNANSWERED
    answer(comment, "accepted", "It now says four.")
    assert refused_by(lambda: sign_off_report(inspection=written, by=CHIEF)) == Refusal.ACCEPTED_NOT_CHANGED
    without = refused_by(lambda: correct_draft(inspection=written, reason=" ", by=LEAD))
    assert without == lifecycle.Refusal.REASON_MISSING
    correct_draft(inspection=written, reason="The number of offices.", by=LEAD)
    written.refresh_from_db()
    assert written.state == "drafting"
    summary = next(version for version in current_versions(written) if version.section == "summary")
    write(written, "summary", summary.text.replace("good", "better"), after=summary.public_id)
    second = send(written)
    assert second.number == 2
    assert [one.draft.number for one in comments_of(written)] == [1]
    (part,) = changes(draft.content, second.content)
    assert part["title"] == "Summary"
    assert part["rows"][0]["sides"] == [
        "The work was <del>good</del> in places.",
        "The work was <ins>better</ins> in places.",
    ]
    signed = sign_off_report(inspection=written, by=CHIEF)
    assert (signed.number, signed.digest, signed.content) == (1, second.digest, second.content)
    assert signed_report(written) == signed


def test_a_comment_goes_to_the_latest_draft(draft, written):
    correct_draft(inspection=written, reason="A word.", by=LEAD)
    write(written, "context", "A place.")
    send(written)
    assert refused_by(lambda: say(draft)) == Refusal.NO_DRAFT


def test_there_is_nothing_to_correct_where_no_draft_was_sent(drafting):
    to_state(drafting, "checking")
    assert refused_by(lambda: correct_draft(inspection=drafting, reason="x", by=LEAD)) == Refusal.NO_DRAFT


def test_what_is_signed_is_the_draft_and_its_ratings_are_those_of_the_draft(draft, written):
    settle(written, number=2)
    assert refused_by(lambda: sign_off_report(inspection=written, by=CHIEF)) == lifecycle.Refusal.RATINGS_OUT_OF_DATE
    assert draft.settlement.number == 1


@pytest.mark.parametrize("person", [LEAD, ASSESSOR, CONTACT, LOCAL, OUTSIDER])
def test_only_the_chief_inspector_signs_off(draft, written, person):  # noqa: ARG001 - the draft is there
    with pytest.raises(NotAllowedError):
        sign_off_report(inspection=written, by=person)


@pytest.fixture
def signed(draft, written):  # noqa: ARG001 - the draft is there
    made = sign_off_report(inspection=written, by=CHIEF)
    written.refresh_from_db()
    return made


def test_after_the_signature_every_change_is_refused(signed, draft, written):
    assert refused_by(lambda: write(written, "context", "More.")) == Refusal.NOT_OPEN
    assert refused_by(lambda: send(written)) == lifecycle.Refusal.NOT_FROM_HERE
    assert refused_by(lambda: correct_draft(inspection=written, reason="x", by=LEAD)) == lifecycle.Refusal.NOT_FROM_HERE
    assert refused_by(lambda: say(draft)) == Refusal.NOT_OPEN
    assert refused_by(lambda: sign_off_report(inspection=written, by=CHIEF)) == lifecycle.Refusal.NOT_FROM_HERE
    assert signed.digest == digest_of(SignedReport.objects.get().content)


def test_no_answer_is_changed_after_the_signature(draft, written):
    comment = say(draft)
    answer(comment)
    sign_off_report(inspection=written, by=CHIEF)
    assert refused_by(lambda: answer(comment, reason="Another.")) == Refusal.NOT_OPEN


@pytest.mark.parametrize("model", [Draft, SignedReport])
def test_drafts_and_signed_reports_are_never_changed_or_deleted(signed, model):  # noqa: ARG001 - it is there
    row = model.objects.get()
    row.content = {}
    for act in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(content={})):
        with pytest.raises(WrittenOnceError):
            act()
    assert model.objects.get().content["sections"]


def test_reopening_takes_two_people_and_the_signed_report_is_kept(signed, written):
    assert refused_by(lambda: agree_to_reopen(inspection=written, by=CHIEF)) == Refusal.NOT_ASKED
    assert refused_by(lambda: ask_to_reopen(inspection=written, reason=" ", by=LEAD)) == Refusal.REASON_MISSING
    asked = ask_to_reopen(inspection=written, reason="A name is wrong.", by=LEAD)
    assert ask_to_reopen(inspection=written, reason="A name is wrong.", by=LEAD) == asked
    assert refused_by(lambda: ask_to_reopen(inspection=written, reason="x", by=CHIEF)) == Refusal.ASKED_ALREADY
    assert refused_by(lambda: agree_to_reopen(inspection=written, by=LEAD)) == SAME_PERSON
    agree_to_reopen(inspection=written, by=CHIEF)
    written.refresh_from_db()
    assert written.state == "drafting"
    assert signed_report(written) == signed
    send(written)
    again = sign_off_report(inspection=written, by=CHIEF)
    assert (again.number, again.supersedes) == (2, signed)
    assert signed_report(written) == again
    assert SignedReport.objects.count() == 2


def test_the_chief_may_ask_and_the_lead_agree(signed, written):  # noqa: ARG001 - it is there
    ask_to_reopen(inspection=written, reason="A name is wrong.", by=CHIEF)
    agree_to_reopen(inspection=written, by=LEAD)
    written.refresh_from_db()
    assert written.state == "drafting"


def test_a_reopening_is_declined_or_taken_back_with_a_reason_and_may_be_asked_for_again(signed, written):
    ask_to_reopen(inspection=written, reason="A name is wrong.", by=LEAD)
    assert refused_by(lambda: decline_to_reopen(inspection=written, reason="", by=CHIEF)) == Refusal.REASON_MISSING
    assert decline_to_reopen(inspection=written, reason="It is right.", by=CHIEF).decision == "declined"
    ask_to_reopen(inspection=written, reason="It is wrong all the same.", by=LEAD)
    assert decline_to_reopen(inspection=written, reason="Seen.", by=LEAD).decision == "taken_back"
    written.refresh_from_db()
    assert written.state == "signed_off"
    assert signed.reopenings.count() == 2


@pytest.mark.parametrize("person", [ASSESSOR, CONTACT, LOCAL, OUTSIDER])
def test_only_lead_and_chief_have_a_hand_in_reopening(signed, written, person):  # noqa: ARG001 - it is there
    for act in (ask_to_reopen, decline_to_reopen):
        with pytest.raises(NotAllowedError):
            act(inspection=written, reason="x", by=person)
    with pytest.raises(NotAllowedError):
        agree_to_reopen(inspection=written, by=person)


def test_what_is_not_signed_off_is_not_reopened(draft, written):  # noqa: ARG001 - the draft is there
    assert refused_by(lambda: ask_to_reopen(inspection=written, reason="x", by=LEAD)) == lifecycle.Refusal.NOT_FROM_HERE


def test_draft_and_signed_report_are_made_as_pdf_ua(signed, draft):
    for made in (pdf(signed), draft_pdf(draft)):
        assert made.startswith(b"%PDF")
        assert b"pdfuaid:part" in made
    assert pdf(signed) == pdf(SignedReport.objects.get())
