"""F30: a file that was cut or corrupted on its way is refused, with what to do; nothing of it is kept."""

import random

import pytest
from openpyxl import Workbook

from inspectorate.inspections.evidence.files import NewFile, checked_file
from inspectorate.inspections.refusals import RefusedError
from inspectorate.methodology.faults import Refused
from inspectorate.sampling.files import rows_of
from tests import made_files


def workbook(tmp_path):
    book = Workbook()
    for number in range(200):
        book.active.append([f"C{number:03d}", "high"])
    book.save(tmp_path / "list.xlsx")
    return (tmp_path / "list.xlsx").read_bytes()


def takes(name, content):
    """Return what is taken of a file, or None where it is refused."""
    try:
        return rows_of(name, content) if name.startswith("list") else checked_file(NewFile(name, content)).content
    except (Refused, RefusedError):
        return None


def files(tmp_path):
    rows = [[f"C{number:03d}", "high"] for number in range(200)]
    return {
        "list.xlsx": workbook(tmp_path),
        "list.ods": made_files.ods(made_files.sheet(*rows)),
        "plan.docx": made_files.docx(word__styles_xml="<w:styles/>" * 50),
        "plan.png": made_files.png(width=40, height=40),
        "plan.pdf": made_files.pdf(),
        "plan.jpg": made_files.jpeg(),
    }


KINDS = ("list.xlsx", "list.ods", "plan.docx", "plan.png", "plan.pdf", "plan.jpg")


@pytest.mark.parametrize("name", KINDS)
def test_a_whole_file_is_taken_and_one_cut_at_any_tenth_is_not(tmp_path, name):
    content = files(tmp_path)[name]
    assert takes(name, content)
    for tenth in range(10):
        assert takes(name, content[: len(content) * tenth // 10]) is None or (name[:4] == "list" and tenth == 0)


@pytest.mark.parametrize("name", ["list.xlsx", "list.ods", "plan.docx", "plan.png"])
def test_a_flipped_bit_never_changes_what_is_read(tmp_path, name):
    """What bears checksums is refused, or read as it was: where a date or an attribute of the packing was hit."""
    content = files(tmp_path)[name]
    right, chance, refused = takes(name, content), random.Random(30), 0  # noqa: S311 - it chooses tests
    for _ in range(60):
        wrong = bytearray(content)
        place = chance.randrange(len(content))
        wrong[place] ^= 1 << chance.randrange(8)
        found = takes(name, bytes(wrong))
        refused += found is None
        assert found in (None, right)
    assert refused > 30


def test_a_file_without_content_is_never_taken():
    for name in ("plan.pdf", "plan.png", "plan.docx", "plan.csv"):
        assert takes(name, b"") is None
