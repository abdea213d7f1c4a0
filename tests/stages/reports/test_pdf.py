"""A report as PDF/UA: typst refuses to make one that is not tagged, titled and described."""

from datetime import UTC, datetime

import pytest

from inspectorate.reports.content import content_of
from inspectorate.reports.documents.as_pdf import compiled, laid_out
from tests.stages.reports.made import report

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
HOSTILE = '#panic("no") $x$ \\ "quoted" <b>no</b> *one* @ref // \x07 {cases}'


def made(texts=None, example="iaow", **words):
    return compiled(content_of(report(texts, example)), made_at=AT, says="Signed off.", **words)


def test_a_report_with_a_chart_and_a_table_is_pdf_ua_in_english_with_its_title():
    found = made()
    assert found.startswith(b"%PDF")
    assert b"pdfuaid:part" in found
    assert b"/Lang(en-GB)" in found
    assert b"/StructTreeRoot" in found
    assert b"/DisplayDocTitle true" in found


def test_the_same_report_is_the_same_bytes():
    assert made() == made()


def test_a_draft_says_on_its_pages_that_it_is_not_for_publication():
    assert made(mark="Draft 1: not for publication") != made()


@pytest.mark.parametrize("example", ["fji", "youth"])
def test_reports_of_rated_programmes_are_made_too(example):
    texts = {"summary": {"en": "Said.\n\n{table:standards}"}}
    assert made(texts, example).startswith(b"%PDF")


def test_what_people_write_never_runs_as_layout():
    laid = laid_out(content_of(report({"context": {"en": HOSTILE}})))
    words = laid["sections"][1]["paragraphs"][0]["lines"][0][0]["words"]
    assert words.startswith('#panic("no") $x$')
    assert made({"context": {"en": HOSTILE}}).startswith(b"%PDF")


def test_a_chart_is_described_in_words_and_has_its_table():
    laid = laid_out(content_of(report()))
    chart = laid["sections"][1]["paragraphs"][1]
    assert "Protecting the public by minimising the risk of harm to others: 72 per cent" in chart["alt"]
    assert len(chart["table"]["rows"]) == 5
