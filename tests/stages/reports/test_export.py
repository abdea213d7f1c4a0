"""Everything that was written for a report leaves as sheets, at any stage."""

from inspectorate.reports.actions import (
    Recommended,
    Said,
    add_recommendation,
    answer_comment,
    ask_to_reopen,
    comment_on_draft,
    sign_off_report,
)
from inspectorate.reports.export import sheets_of
from tests.stages.conftest import CHIEF, CONTACT, LEAD
from tests.stages.reports.conftest import to_state


def rows(sheets, name):
    head, *found = sheets[name]
    assert all(len(row) == len(head) for row in found)
    return [dict(zip(head, row, strict=True)) for row in found]


def test_before_anything_is_written_every_sheet_has_its_heads_alone(inspection):
    assert {len(sheet) for sheet in sheets_of(inspection).values()} == {1}


def test_versions_comments_answers_and_signatures_are_all_there(written, draft):
    to_state(written, "drafting")
    add_recommendation(inspection=written, recommended=Recommended("Plan.", organisation="The police"), by=LEAD)
    to_state(written, "checking")
    comment = comment_on_draft(draft=draft, said=Said("2.1", "It is not so."), by=CONTACT)
    answer_comment(comment=comment, verdict="not_accepted", reason="It is.", by=LEAD)
    answer_comment(comment=comment, verdict="not_accepted", reason="It is so.", by=LEAD)
    sign_off_report(inspection=written, by=CHIEF)
    ask_to_reopen(inspection=written, reason="A name.", by=LEAD)
    sheets = sheets_of(written)
    assert [row["section"] for row in rows(sheets, "report_versions")] == [
        "protecting_the_public",
        "experience",
        "summary",
    ]
    assert rows(sheets, "recommendations")[0]["addressee"] == "The police"
    assert [(row["paragraph"], row["answer"], row["reason"]) for row in rows(sheets, "draft_comments")] == [
        ("2.1", 1, "It is."),
        ("2.1", 2, "It is so."),
    ]
    assert rows(sheets, "signed_reports")[0]["digest"] == draft.digest == rows(sheets, "drafts")[0]["digest"]
    assert rows(sheets, "reopenings")[0]["decision"] == ""
