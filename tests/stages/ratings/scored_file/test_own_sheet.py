"""The sheet to fill in: made for every edition, read back as filled in, and scored like one answer a row."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.test import Client
from openpyxl import load_workbook

from inspectorate.methodology.answers import HELP
from inspectorate.ratings.downloads import wide_sheet
from inspectorate.ratings.intake import File, HandedIn, NotReadError, edition_of, editions_to_choose, read
from inspectorate.ratings.invented import invent
from inspectorate.ratings.models import RefusedFile, ScoredFile
from inspectorate.sampling.files import rows_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, tzinfo=UTC)
KINDS = [(edition.code, kind.code) for edition in editions_to_choose() for kind in edition.form.kinds]


def filled(code, kind, made):
    """Fill a sheet in as a person does: with the words that its lists offer."""
    edition = edition_of(code)
    book = load_workbook(io.BytesIO(wide_sheet.make(edition, edition.form.kind(kind), 30, at=AT)))
    page = book.worksheets[0]
    columns = {str(cell.value).split()[0]: cell.column for cell in page[1]}
    rows = {}
    for case, question, answer, *_ in made.answers[1:]:
        row = rows.setdefault(case, wide_sheet.FIRST + len(rows))
        page.cell(row, 1).value = case
        options = {option.code: option.text.en for option in edition.form.question(question).options}
        offered = wide_sheet.list_of(edition.form.question(question))[1:-1].split(",")
        page.cell(row, columns[question]).value = options[answer] if options[answer] in offered else answer
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def long(made):
    return "".join(",".join(row) + "\n" for row in made.answers).encode()


@pytest.fixture(scope="module")
def sheet(small):
    return filled("iaow/2013", "case", small)


@pytest.mark.parametrize(("code", "kind"), KINDS)
def test_a_filled_sheet_of_any_edition_says_the_same_as_one_answer_a_row(code, kind):
    made = invent(edition_of(code), {kind: 3}, {kind: 9}, "a sheet")
    wide = read(HandedIn(code, File("own.xlsx", filled(code, kind, made)))).answers.of(kind)
    rows = read(HandedIn(code, File("own.csv", long(made)))).answers.of(kind)
    assert (wide.keys, wide.values.tolist()) == (rows.keys, rows.values.tolist())


@pytest.mark.parametrize(("code", "kind"), KINDS)
def test_every_question_offers_its_answers_to_choose_from(code, kind):
    assert [q.code for q in edition_of(code).form.kind(kind).questions if not wide_sheet.list_of(q)] == []


def test_reasons_are_ticked_beside_their_question_and_shown_in_the_findings(upload, sheet, client):
    book = load_workbook(io.BytesIO(sheet))
    page = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in page[1]}
    question = next(q for q in edition_of("iaow/2013").form.kind("case").questions if q.reasons)
    column = heads[f"Reasons {question.code}"]
    assert str(page.cell(1, column - 1).value).split()[0] == question.code, "it stands right of its question"
    assert f"{question.reasons[0].code} = {question.reasons[0].text.en}" in page.cell(2, column).value
    weak = [
        row for row in range(wide_sheet.FIRST, page.max_row + 1) if page.cell(row, column - 1).value == "Not sufficient"
    ]
    for row in weak:
        page.cell(row, column).value = f"{question.reasons[0].text.en}; {question.reasons[1].code}"
    saved = io.BytesIO()
    book.save(saved)
    found = read(HandedIn("iaow/2013", File("own.xlsx", saved.getvalue()))).answers.of("case")
    assert len(weak) == len(found.reasons) > 0
    assert set(found.reasons.values()) == {(question.reasons[0].code, question.reasons[1].code)}
    upload(saved.getvalue(), name="own.xlsx")
    text = client.get(f"/score/{ScoredFile.objects.get().public_id}/findings/").content.decode()
    assert question.reasons[1].text.en in text


def test_a_fault_in_reasons_is_shown_at_their_cell(upload, sheet):
    book = load_workbook(io.BytesIO(sheet))
    page = book.worksheets[0]
    column = next(cell.column for cell in page[1] if str(cell.value).startswith("Reasons "))
    question = page.cell(1, column).value.split()[1]
    page.cell(3, column - 1).value, page.cell(3, column).value = "Not sufficient", "lazy"
    saved = io.BytesIO()
    book.save(saved)
    upload(saved.getvalue(), name="own.xlsx")
    faults = [fault for fault in RefusedFile.objects.get().faults if fault["code"] == "unknown-reason"]
    assert [(fault["row"], fault["column"].split(" ", 1)[1]) for fault in faults] == [(3, f"(reasons {question})")]


def test_the_empty_sheet_is_plain_and_has_its_facts_first(client):
    answer = client.get("/score/new/iaow/2013/sheet.xlsx?kind=case&cases=12")
    assert answer.headers["content-disposition"] == 'attachment; filename="iaow-2013-case-sheet.xlsx"'
    book = load_workbook(io.BytesIO(answer.content))
    page = book.worksheets[0]
    assert (len(book.worksheets), page.sheet_state, page.max_row) == (1, "visible", 14)
    assert (page["A1"].value, page["A2"].value) == ("case iaow/2013", HELP)
    roles = [question.role == "fact" for question in wide_sheet.in_order(edition_of("iaow/2013").form.kind("case"))]
    assert roles == sorted(roles, reverse=True)
    assert {cell.data_type for row in page for cell in row} <= {"s", "n"}
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        assert not any("vba" in name for name in parts.namelist())


def test_an_empty_sheet_that_is_handed_in_has_no_cases(upload, client):
    empty = client.get("/score/new/iaow/2013/sheet.xlsx?kind=case&cases=12").content
    page = upload(empty, name="own.xlsx").content.decode()
    assert "No case has an answer" in page


@pytest.mark.parametrize(
    "asked", ["kind=case&cases=0", "kind=case&cases=501", "kind=case&cases=many", "kind=x&cases=5"]
)
def test_a_sheet_that_cannot_be_made_is_asked_for_again(client, asked):
    page = client.get(f"/score/new/iaow/2013/sheet.xlsx?{asked}", follow=True)
    assert (page.status_code, b"Give a number of cases from 1 to 500" in page.content) == (422, True)


def test_the_edition_offers_the_sheet(client):
    assert b'href="/score/new/iaow/2013/#sheet"' in client.get("/editions/iaow/2013/").content


def test_a_sheet_is_scored_like_one_answer_a_row(upload, small, sheet):
    upload(sheet, name="own.xlsx")
    upload(long(small))
    first, second = ScoredFile.objects.order_by("pk")
    scores = [Client().get(f"/score/{file.public_id}/scores.json").json()["scores"] for file in (first, second)]
    assert scores[0] == scores[1]


def test_a_sheet_saved_as_csv_is_scored_as_well(upload, sheet):
    text = io.StringIO()
    csv.writer(text).writerows(rows_of("own.xlsx", sheet))
    upload(text.getvalue().encode(), name="own.csv")
    assert ScoredFile.objects.count() == 1


def test_a_fault_is_shown_at_its_cell_beside_its_case(upload, sheet):
    book = load_workbook(io.BytesIO(sheet))
    case, cell = book.worksheets[0]["A3"].value, book.worksheets[0]["D3"]
    question = book.worksheets[0]["D1"].value.split()[0]
    cell.value = "maybe"
    saved = io.BytesIO()
    book.save(saved)
    upload(saved.getvalue(), name="own.xlsx")
    fault = RefusedFile.objects.get().faults[0]
    assert (fault["row"], fault["column"], fault["cells"]) == (3, f"D ({question})", [case, "maybe"])
    assert fault["where"] == f"own.xlsx, row 3, column D ({question})"


def test_a_sheet_of_another_edition_is_told_once(sheet):
    with pytest.raises(NotReadError) as refused:
        read(HandedIn("thematic-victim-contact/2013", File("own.xlsx", sheet)))
    assert len({fault["code"] for fault in refused.value.faults}) >= 1
    assert "made for iaow/2013" in str(refused.value.faults) or "like those of" in str(refused.value.faults)


def test_a_sheet_of_more_cases_than_are_scored_here_is_refused():
    rows = [["case", "F01"], *([f"K{number}", "licence"] for number in range(1001))]
    with pytest.raises(NotReadError) as refused:
        read(HandedIn("iaow/2013", File("own.csv", "".join(",".join(row) + "\n" for row in rows).encode())))
    assert "1,001 different cases" in refused.value.faults[0]["why"]
