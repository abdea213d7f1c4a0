"""What the database itself holds of reports, whatever the code above it does."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from inspectorate.reports.models import (
    Answer,
    Comment,
    Correction,
    Draft,
    Recommendation,
    Reopening,
    SectionVersion,
    SignedReport,
)

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def version(inspection, **changed):
    facts = {"section": "context", "number": 1, "text": "x", "written_at": AT, "written_by_kind": "user"}
    facts |= {"written_by_id": "a", "written_by_name": "A"}
    return SectionVersion(**({"inspection": inspection} | facts | changed))


def recommendation(inspection, **changed):
    facts = {"place": 1, "text": "x", "addressee": "The police"}
    return Recommendation(**({"inspection": inspection} | facts | changed))


def another(draft, **changed):
    facts = {"number": 2, "content": {}, "digest": "0" * 64, "settlement": draft.settlement, "due_on": draft.due_on}
    facts |= {"inspection": draft.inspection, "sent_at": AT, "sent_by_kind": "user", "sent_by_id": "a"}
    return Draft(**(facts | changed))


def comment(draft, **changed):
    facts = {"client_id": "c" * 32, "paragraph": "1.1", "wrong": "x", "made_at": AT, "made_by_kind": "user"}
    facts |= {"made_by_id": "a", "made_by_name": "A"}
    return Comment(**({"draft": draft} | facts | changed))


def answer(draft, **changed):
    said = Comment.objects.first()
    if said is None:
        said = comment(draft)
        said.save()
    facts = {"number": 1, "verdict": "accepted", "reason": "x", "answered_at": AT, "answered_by_kind": "user"}
    return Answer(**({"comment": said, "answered_by_id": "a"} | facts | changed))


def signed(draft, **changed):
    facts = {"inspection": draft.inspection, "number": 1, "content": {}, "digest": "0" * 64, "draft": draft}
    facts |= {"settlement": draft.settlement, "signed_at": AT, "signed_by_kind": "user", "signed_by_id": "a"}
    return SignedReport(**(facts | changed))


def correction(draft, **changed):
    facts = {"reason": "x", "corrected_at": AT, "corrected_by_kind": "user", "corrected_by_id": "a"}
    return Correction(**({"draft": draft} | facts | changed))


def reopening(draft, **changed):
    report = SignedReport.objects.first()
    if report is None:
        report = signed(draft)
        report.save()
    facts = {"reason": "x", "asked_at": AT, "asked_by_kind": "user", "asked_by_id": "a"}
    return Reopening(**({"report": report} | facts | changed))


DECIDED = {"decision": "agreed", "decided_at": AT, "decided_by_kind": "user", "decided_by_id": "b"}


def refused(*rows):
    """Return the words with which the database refuses the last of these rows."""
    *before, last = rows
    for row in before:
        row.save()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        last.save()
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("reports_version_number_from_one", {"number": 0}),
        ("reports_version_has_a_section", {"section": ""}),
        ("reports_version_language_is_known", {"language": "fr"}),
    ],
)
def test_versions(inspection, name, changed):
    assert name in refused(version(inspection, **changed))


def test_a_version_has_a_number_of_its_own(inspection):
    words = refused(version(inspection), version(inspection))
    assert "reports_one_version_of_a_number" in words or "reports_sectionversion.number" in words


def test_a_version_settles_another_than_it_comes_after(inspection):
    first = version(inspection)
    first.save()
    name = "reports_version_settles_another"
    assert name in refused(version(inspection, number=2, after=first, settles=first))
    assert name in refused(version(inspection, number=2, settles=first))


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("reports_recommendation_place_from_one", {"place": 0}),
        ("reports_recommendation_has_a_text", {"text": ""}),
        ("reports_recommendation_is_addressed", {"addressee": ""}),
    ],
)
def test_recommendations(inspection, name, changed):
    assert name in refused(recommendation(inspection, **changed))


def test_one_recommendation_stands_at_a_place_and_many_are_taken_out(inspection):
    for _ in range(2):
        recommendation(inspection, place=None).save()
    words = refused(recommendation(inspection), recommendation(inspection))
    assert "reports_one_recommendation_at_a_place" in words or "reports_recommendation.place" in words


@pytest.mark.parametrize(
    ("name", "make", "changed"),
    [
        ("reports_draft_number_from_one", another, {"number": 0}),
        ("reports_draft_has_a_digest", another, {"digest": "short"}),
        ("reports_correction_has_a_reason", correction, {"reason": ""}),
        ("reports_comment_says_what_is_wrong", comment, {"wrong": ""}),
        ("reports_comment_names_a_paragraph", comment, {"paragraph": ""}),
        ("reports_answer_number_from_one", answer, {"number": 0}),
        ("reports_answer_verdict_is_known", answer, {"verdict": "perhaps"}),
        ("reports_answer_has_a_reason", answer, {"reason": ""}),
        ("reports_signed_has_a_digest", signed, {"digest": "short"}),
        ("reports_later_report_supersedes_one", signed, {"number": 2}),
        ("reports_reopening_has_a_reason", reopening, {"reason": ""}),
        ("reports_reopening_decision_is_known", reopening, DECIDED | {"decision": "perhaps"}),
        ("reports_reopening_is_decided_by_somebody", reopening, {"decision": "agreed"}),
        ("reports_reopening_takes_two_people", reopening, DECIDED | {"decided_by_id": "a"}),
        ("reports_reopening_takes_two_people", reopening, DECIDED | {"decision": "declined", "decided_by_id": "a"}),
    ],
)
def test_drafts_comments_answers_signatures_and_reopenings(draft, name, make, changed):
    assert name in refused(make(draft, **changed))


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (("reports_one_draft_of_a_number", "reports_draft.number"), lambda d: [another(d, number=1)]),
        (("reports_one_answer_of_a_number", "reports_answer.number"), lambda d: [answer(d), answer(d)]),
        (("reports_one_open_reopening_of_a_report", "report_id"), lambda d: [reopening(d), reopening(d)]),
        (("reports_comment_client_id", "reports_comment.client_id"), lambda d: [comment(d), comment(d)]),
        (("reports_signedreport_draft_id", "reports_signedreport.draft_id"), lambda d: [signed(d), _second(d)]),
        (("reports_correction_draft_id", "reports_correction.draft_id"), lambda d: [correction(d), correction(d)]),
    ],
)
def test_each_stands_once(draft, names, rows):
    words = refused(*rows(draft))
    assert any(name in words for name in names), words


def _second(draft):
    return signed(draft, number=2, supersedes=SignedReport(pk=1))


def test_one_signed_report_has_a_number(draft):
    first = signed(draft)
    first.save()
    second = another(draft)
    second.save()
    words = refused(signed(second))
    assert "reports_one_signed_report_of_a_number" in words or "reports_signedreport.number" in words
