"""Downloads: opened again, all rows are there, nothing in them runs, and they say where they come from."""

import csv
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from inspectorate.ratings import actions, queries
from inspectorate.ratings.downloads import IncompleteError, as_csv, as_pdf, as_xlsx
from inspectorate.ratings.downloads.rows import Sheet
from inspectorate.ratings.intake import File, HandedIn
from inspectorate.ratings.models import RefusedFile
from inspectorate.ratings.subject import of_file
from inspectorate.ui.neutral import for_csv, from_csv

from .conftest import NOW, VISITOR

SAFE_PARTS = ("[Content_Types].xml", "_rels/", "docProps/app.xml", "docProps/core.xml", "xl/styles.xml", "xl/theme/")
SAFE_PARTS += ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet", "xl/sharedStrings.xml")
NASTY = st.text(max_size=40) | st.builds(
    "{}{}{}".format,
    st.sampled_from(["", " ", "\t", "'", "''", "\0", "\N{NO-BREAK SPACE}"]),
    st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH COMMERCIAL AT}"]),
    st.text(max_size=20),
)


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def sheet_of(texts):
    return Sheet("Texts", ("first", "second", "number"), [(text, text, 1.5) for text in texts])


@given(NASTY)
def test_no_text_can_begin_a_formula_in_csv_and_every_text_comes_back(text):
    cell = for_csv(text)
    assert cell.lstrip(" ")[:1] not in set("=+-@\t\r\n")
    assert from_csv(cell) == text


@settings(deadline=None, max_examples=60)
@given(st.lists(NASTY, min_size=1, max_size=5))
def test_csv_holds_as_many_rows_as_went_in(texts):
    made = as_csv.make(sheet_of(texts)).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(made, newline="")))) == len(texts) + 1


@settings(deadline=None, max_examples=60)
@given(st.lists(NASTY, min_size=1, max_size=5))
def test_a_workbook_holds_text_as_text_and_never_a_formula(texts):
    made = as_xlsx.make([sheet_of(texts)], title="Texts", at=NOW)
    page = load_workbook(io.BytesIO(made))["Texts"]
    kinds = {cell.data_type for row in page.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    assert page.max_row == len(texts) + 1


@settings(deadline=None, max_examples=60)
@given(st.lists(NASTY, min_size=1, max_size=5))
def test_no_part_of_a_workbook_holds_a_formula_element(texts):
    with zipfile.ZipFile(io.BytesIO(as_xlsx.make([sheet_of(texts)], title="Texts", at=NOW))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_download_that_lost_a_row_is_not_handed_over():
    whole = sheet_of(["a", "b"])
    content = as_csv.make(sheet_of(["a"]))
    with pytest.raises(IncompleteError, match="2 rows went in, 1 came out"):
        as_csv._check(whole, content)


def test_csv_has_a_row_for_every_score_with_its_origin(client, file):
    rows = table(client.get(f"/score/{file.public_id}/scores.csv"))
    scored = queries.scored(file)
    assert [row["code"] for row in rows] == [result.code for result in scored.results]
    for row, result in zip(rows, scored.results, strict=True):
        assert (row["sufficient"], row["applicable"]) == (str(result.sufficient), str(result.applicable))
        assert float(row["low"]) == pytest.approx(result.low, abs=1e-4)
        assert (row["edition"], row["edition_digest"], row["invented"]) == ("iaow/2013", file.edition_digest, "no")


def test_a_breakdown_is_in_the_downloads(client, file):
    whole = len(queries.scored(file).results)
    parts = queries.scored(file).by("provider")
    rows = table(client.get(f"/score/{file.public_id}/scores.csv?by=provider"))
    assert len(rows) == whole + sum(len(results) for results in parts.values())
    data = client.get(f"/score/{file.public_id}/scores.json?by=provider").json()
    assert [part["value"] for part in data["by"]["parts"]] == list(parts)


def test_json_has_the_names_of_the_command_line(client, file):
    data = client.get(f"/score/{file.public_id}/scores.json").json()
    assert data["file"]["answers"]["sha256"] == file.answers_digest
    assert {"edition", "digest", "status", "scores", "standards", "overall"} <= set(data)
    assert data["scores"][0]["account"]["steps"]


def test_the_workbook_has_visible_sheets_of_scores_findings_and_accounts(client, youth):
    content = client.get(f"/score/{youth.public_id}/scores.xlsx").content
    book, scored = load_workbook(io.BytesIO(content)), queries.scored(youth)
    assert book.sheetnames == ["Scores", "Findings", "Accounts", "About"]
    assert {page.sheet_state for page in book} == {"visible"}
    assert book["Scores"].max_row == len(scored.results) + 1
    assert book["Findings"].max_row == len(scored.findings) + 1
    assert book["About"]["B3"].value == "yes: nobody was inspected"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert [part for part in parts.namelist() if not part.startswith(SAFE_PARTS)] == []
        assert b"openpyxl" not in parts.read("docProps/core.xml")


def test_findings_come_as_they_were_narrowed(client, file):
    every = table(client.get(f"/score/{file.public_id}/findings.csv"))
    some = table(client.get(f"/score/{file.public_id}/findings.csv?q=plan"))
    assert len(every) == len(queries.scored(file).findings) > len(some) > 0
    assert {row["code"] for row in some} < {row["code"] for row in every}
    data = client.get(f"/score/{file.public_id}/findings.json?q=plan").json()
    assert [finding["code"] for finding in data["findings"]] == [row["code"] for row in some]
    content = client.get(f"/score/{file.public_id}/findings.xlsx?q=plan").content
    assert load_workbook(io.BytesIO(content))["Findings"].max_row == len(some) + 1


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "pdf"])
def test_a_download_is_saved_and_never_shown_in_place(client, youth, kind):
    answer = client.get(f"/score/{youth.public_id}/scores.{kind}")
    assert answer.headers["content-disposition"] == f'attachment; filename="invented-answerscsv-scores.{kind}"'
    assert answer.headers["x-content-type-options"] == "nosniff"


def pdf_of(file, by=""):
    return PdfReader(io.BytesIO(as_pdf.make(of_file(file), queries.scored(file), by)))


def test_the_pdf_is_tagged_titled_and_says_its_language(youth):
    pdf = pdf_of(youth)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).lower().startswith("en")
    assert pdf.metadata.title == youth.title
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_every_bar_of_the_pdf_has_words_for_those_who_do_not_see_it(file):
    alternatives = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, dict):
            alternatives.extend([str(node["/Alt"])] if "/Alt" in node else [])
            below = node.get("/K", [])
            below = below.get_object() if hasattr(below, "get_object") else below
            for one in below if isinstance(below, list) else [below]:
                walk(one) if hasattr(one, "get_object") else None

    walk(pdf_of(file).trailer["/Root"]["/StructTreeRoot"])
    sentences = [result.account.sentence for result in queries.scored(file).shares]
    assert sorted(alternatives) == sorted(sentences)


def test_the_pdf_says_what_the_page_says_in_few_pages(file, youth):
    pdf = pdf_of(file)
    text = " ".join(page.extract_text() for page in pdf.pages)
    for result in queries.scored(file).shares:
        assert f"{result.sufficient:,} of {result.applicable:,}" in text
    assert len(pdf.pages) <= 3
    assert "Invented" not in text
    assert all("Invented: nobody was inspected" in page.extract_text() for page in pdf_of(youth).pages)


def test_the_same_file_gives_the_same_pdf(file):
    scored = queries.scored(file)
    assert as_pdf.make(of_file(file), scored) == as_pdf.make(of_file(file), scored)


def test_what_people_wrote_is_never_source_of_the_pdf(db, handed_in):  # noqa: ARG001 - it opens the database
    title = '#panic("x") $1/0$ *b* \\ <a> = 1 #read("/etc/passwd")'
    given_in = HandedIn("iaow/2013", File('#("a").csv', handed_in.answers.content), title=title)
    text = pdf_of(actions.hand_in(handed_in=given_in, by=VISITOR)).pages[0].extract_text()
    assert '#panic("x") $1/0$ *b*' in text


def test_faults_are_harmless_in_csv(client, upload):
    upload(b'case,question,judgement\n=1+1,"=cmd|calc",sufficient\nCA1,C01,@x\n')
    refused = RefusedFile.objects.get()
    rows = table(client.get(f"/score/refused/{refused.public_id}/faults.csv"))
    assert len(rows) == refused.count
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell[:1] in set("=+-@")] == []
    assert any(cell.startswith("'=1+1") for cell in cells)


def test_judgements_can_be_had_again_for_the_command_line(client, youth):
    assert json.loads(client.get(f"/score/{youth.public_id}/judgements.json").content) == youth.judgements
