"""Files that cannot be scored: each is refused in one clear sentence, quickly, whatever it pretends to be."""

import io
import re
import tracemalloc
import zipfile

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from inspectorate.methodology.faults import Refused
from inspectorate.ratings.models import RefusedFile, ScoredFile
from inspectorate.sampling.files import rows_of

HEADS = ("case", "question", "judgement")
ROW = ("CA1", "C01", "sufficient")


def hide(book):
    book.create_sheet("Names").sheet_state = "hidden"


def second(book):
    book.create_sheet("Other").append(["x"])


def formula(book):
    book.active["C2"] = "=1+1"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file of judgements is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old or a protected spreadsheet (.xls)"),
        ("case,question,judgement\nJosé,C01,sufficient\n".encode("latin-1"), "is not UTF-8 text"),
        (b"case;question;judgement\nCA1;C01;sufficient\n", "separated by semicolons or tabs"),
        (b"case,question,judgement\n", "There are heads but no rows below them"),
        (b"case,question,judgement\nCA1\0,C01,sufficient\n", "holds NUL bytes"),
        (b"case,question,judgement\nCA1,C01\n", "There are 2 cells where the heads have 3"),
        (b"case,question\nCA1,C01\n", "There is no column &#x27;judgement&#x27;"),
        (b'case,question,judgement\n"CA1,C01,sufficient\n', "do not close"),
        (b"PK\x03\x04rest", "cut short or damaged"),
        (b"case,question,judgement\nCA1,C01,sufficient\n", "has no answer to"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(upload, content, sentence):
    page = upload(content, name="march.xls")
    text = page.content.decode()
    assert sentence in text
    assert ScoredFile.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [(hide, "hidden sheets: Names"), (second, "more than one sheet has rows"), (formula, "holds formulas")],
)
def test_what_is_hidden_in_a_workbook_is_refused(upload, workbook, change, sentence):
    upload(workbook([HEADS, ROW], change), name="march.xlsx")
    assert sentence in RefusedFile.objects.get().faults[0]["why"]


def repacked(content, change):
    """Return the workbook with its parts changed by ``change(name, content)``."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
        new.writestr("xl/vbaProject.bin", b"") if change is macro else None
    return made.getvalue()


def macro(_, content):
    return content


def test_macros_are_refused(workbook):
    with pytest.raises(Refused, match="it holds macros"):
        rows_of("march.xlsx", repacked(workbook([HEADS, ROW]), macro))


def test_a_file_that_would_have_millions_of_faults_is_refused_in_one(upload):
    rows = "".join(f"CA{number},C01,sufficient\n" for number in range(1001))
    upload(f"case,question,judgement\n{rows}".encode())
    assert "the file has 1,001 different cases; here it may have 1,000." in RefusedFile.objects.get().faults[0]["why"]


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_damaged_workbook_is_refused_and_nothing_else(workbook, place):
    content = bytearray(workbook([HEADS, ROW]))
    for byte in range(len(content) * place // 100, len(content), 97):
        content[byte] ^= 0x5A
    with pytest.raises(Refused):
        rows_of("march.xlsx", bytes(content))


def test_a_zip_that_is_no_spreadsheet_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("../../etc/passwd", "x")
    with pytest.raises(Refused, match="leads elsewhere"):
        rows_of("march.xlsx", made.getvalue())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("notes.txt", "x")
    with pytest.raises(Refused, match="zip file but no"):
        rows_of("march.xlsx", made.getvalue())


def test_a_bomb_is_refused_before_it_swells(workbook):
    def swell(part, content):
        return content + b" " * 400 * 2**20 if part == "xl/styles.xml" else content

    bomb = repacked(workbook([HEADS, ROW]), swell)
    assert len(bomb) < 2**20
    tracemalloc.start()
    with pytest.raises(Refused, match="unpacks to far more"):
        rows_of("march.xlsx", bomb)
    assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_refused_too(workbook):
    def swell(part, content):
        return content + b" " * 400 * 2**20 if part == "xl/styles.xml" else content

    bomb = bytearray(repacked(workbook([HEADS, ROW]), swell))
    with zipfile.ZipFile(io.BytesIO(bomb)) as parts:
        true_size = parts.getinfo("xl/styles.xml").file_size
    lying = bytes(bomb).replace(true_size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bytes(bomb)
    with pytest.raises(Refused, match=r"unpacks to far more|cut short or damaged"):
        rows_of("march.xlsx", lying)


def test_many_parts_are_refused(workbook):
    made = io.BytesIO(workbook([HEADS, ROW]))
    with zipfile.ZipFile(made, "a") as parts:
        for number in range(600):
            parts.writestr(f"xl/media/{number}", "x")
    with pytest.raises(Refused, match="unpacks to far more"):
        rows_of("march.xlsx", made.getvalue())


def far(page: Worksheet):
    page["XFD1048576"] = "x"


def test_a_cell_far_out_is_refused_before_room_is_made_for_all_between(workbook):
    content = workbook([HEADS, ROW], lambda book: far(book.active))
    assert len(content) < 20_000
    with pytest.raises(Refused, match="column 16384, row 1048576"):
        rows_of("march.xlsx", content)


def test_a_workbook_reads_nothing_from_outside(workbook, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")

    def entity(part, content):
        if part != "xl/worksheets/sheet1.xml":
            return content
        declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
        return declared + re.sub(rb"<v>\d+</v>", b"<v>&e;</v>", content)

    try:
        rows = rows_of("march.xlsx", repacked(workbook([HEADS, ROW]), entity))
    except Refused:
        return
    assert "the secret" not in str(rows)
