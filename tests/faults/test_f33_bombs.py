"""F33: bombs, nested and crowded archives, parts that lead elsewhere: refused quickly, in little memory, in words."""

import io
import stat
import time
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook

from inspectorate.inspections.evidence.files import NewFile, checked_file
from inspectorate.inspections.refusals import RefusedError
from inspectorate.methodology.faults import Refused
from inspectorate.sampling import intake
from inspectorate.sampling.files import rows_of
from inspectorate.ui.uploads.packed import PIECE, Limits, UnsafeError, look_into
from tests import made_files

MOST_MEMORY = 100 * 2**20


def workbook(**more):
    """Return a workbook with further parts."""
    made = io.BytesIO()
    book = Workbook()
    book.active.append(["case", "risk"])
    book.save(made)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as out:
        for name, data in more.items():
            out.writestr(name, data)
    return made.getvalue()


def with_sheet(xml):
    """Return a workbook whose sheet is this XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return made.getvalue()


def symlink():
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as out:
        link = zipfile.ZipInfo("xl/media/image1.png")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        out.writestr(link, "/etc/passwd")
    return made.getvalue()


def crowded():
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as out:
        for number in range(10_000):
            out.writestr(f"xl/media/{number}", b"")
    return made.getvalue()


def lying():
    """Return a bomb whose list of parts says that it is small."""
    name, large, small = b"xl/theme/more.xml", 101 * 2**20, 100
    content = bytearray(workbook(**{name.decode(): b" " * large}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        where = next(place for place in places(content, mark) if name in content[place : place + 80])
        assert int.from_bytes(content[where + at : where + at + 4], "little") == large
        content[where + at : where + at + 4] = small.to_bytes(4, "little")
    return bytes(content)


def places(content, mark):
    place = content.find(mark)
    while place >= 0:
        yield place
        place = content.find(mark, place + 1)


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
CELL = "<table:table-cell{}><text:p>x</text:p></table:table-cell>"
REPEATED = f'<table:table-row table:number-rows-repeated="1048577">{CELL.format("")}</table:table-row>'
WIDE = f"""<table:table-row>{CELL.format(' table:number-columns-repeated="99999999"')}</table:table-row>"""
EMPTY_THEN = (
    '<table:table-row table:number-rows-repeated="99999999"><table:table-cell/></table:table-row>'
    "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
)
BOMBS = {
    "a part that swells": lambda: workbook(**{"xl/theme/more.xml": b" " * 101 * 2**20}),
    "a part that says it is small": lying,
    "many parts that swell": lambda: workbook(**{f"xl/{number}.xml": b" " * 6 * 2**20 for number in range(17)}),
    "an archive inside": lambda: workbook(**{"xl/media/more.zip": b"PK"}),
    "ten thousand parts": crowded,
    "a part above the folder": lambda: workbook(**{"../../../tmp/x": b"x"}),
    "an absolute part": lambda: workbook(**{"/etc/cron.d/x": b"x"}),
    "a link": symlink,
    "a million rows and one": lambda: with_sheet(SHEET % b'<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
    "a row repeated a million times": lambda: made_files.ods(f'<table:table table:name="C">{REPEATED}</table:table>'),
    "a cell repeated without end": lambda: made_files.ods(f'<table:table table:name="C">{WIDE}</table:table>'),
    "a row far below": lambda: made_files.ods(f'<table:table table:name="C">{EMPTY_THEN}</table:table>'),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_as_a_case_list_in_words_and_in_little_memory(name):
    content = BOMBS[name]()
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(Refused) as refused:
        rows_of(
            "list.xlsx",
            content,
            most_bytes=intake.MOST_BYTES,
            most_cells=intake.MOST_CELLS,
            most_unpacked=intake.MOST_UNPACKED,
        )
    spent, most = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    [fault] = refused.value.faults
    assert fault.file == "list.xlsx"
    assert fault.why.endswith(".")
    assert fault.remedy.endswith(".")
    assert most < MOST_MEMORY
    print(f"{name}: {spent:.2f} s")  # noqa: T201 - shown with -s; a time is no assertion


def test_what_a_bomb_says_of_its_size_is_not_believed_and_it_is_unpacked_no_further_than_there_is_room():
    limits, unpacked = Limits(unpacked=2**20), []
    with pytest.raises(UnsafeError) as refused:
        look_into(lying(), limits, also=lambda _, piece: unpacked.append(min(len(piece), PIECE)))
    assert refused.value.code == "bomb"
    assert 0 < sum(unpacked) <= limits.unpacked


@pytest.mark.parametrize("name", [name for name in BOMBS if "row" not in name and "cell" not in name])
def test_a_bomb_is_refused_as_evidence(name):
    content = BOMBS[name]()
    with pytest.raises(RefusedError, match="plan"):
        checked_file(NewFile("plan.xlsx", content))


def test_a_packed_file_in_a_packed_file_in_a_packed_file_is_refused():
    inner = made_files.docx()
    for name in ("word__embeddings__a_docx", "word__embeddings__b_docx"):
        inner = made_files.docx(**{name: inner})
    with pytest.raises(RefusedError, match="packed in files"):
        checked_file(NewFile("plan.docx", inner))


def test_a_chart_with_its_numbers_inside_is_taken():
    assert checked_file(NewFile("plan.docx", made_files.docx(word__embeddings__chart_xlsx=workbook()))).kind == "docx"


def test_a_list_of_as_many_rows_as_are_allowed_is_read():
    rows = [["C1", "high"]] * 3_000
    assert len(rows_of("list.ods", made_files.ods(made_files.sheet(*rows)))) == 3_000
