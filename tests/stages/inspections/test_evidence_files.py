"""Which files a body may give: by their content, with a name that agrees with it."""

import pytest

from inspectorate.inspections.evidence.files import NewFile, checked_file
from inspectorate.inspections.refusals import Refusal, RefusedError
from tests import made_files
from tests.stages.inspections.conftest import PDF, packed

DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")
ODT = packed("mimetype", "content.xml", mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Plan.PDF", PDF, "pdf"),
        ("minutes.docx", DOCX, "docx"),
        ("figures.xlsx", XLSX, "xlsx"),
        ("minutes.odt", ODT, "odt"),
        ("figures.csv", b"a,b\n1,2\n", "csv"),
        ("note.txt", "Gwasanaeth prawf – ŵ".encode(), "txt"),
        ("office.png", made_files.png(), "png"),
        ("office.jpeg", made_files.jpeg(), "jpg"),
    ],
)
def test_eight_kinds_are_taken(name, content, kind):
    assert checked_file(NewFile(name, content)).kind == kind


@pytest.mark.parametrize(
    ("code", "name", "content", "says"),
    [
        (Refusal.FILE_EMPTY, "plan.pdf", b"", "is empty"),
        (Refusal.FILE_TOO_LARGE, "plan.pdf", PDF + b"x" * 10 * 2**20, "10.1 MB; a file may have 10 MB"),
        (Refusal.FILE_UNNAMED, "../", PDF, "has no name"),
        (Refusal.FILE_NAME_TOO_LONG, "x" * 147 + ".pdf", PDF, "151 characters; it may have 150"),
        (Refusal.FILE_KIND, "plan.exe", b"MZ\x00\x00", "save it as PDF, DOCX"),
        (Refusal.FILE_KIND, "plan.pdf", b"MZ\x00\x00", "is of a kind that is not taken"),
        (Refusal.FILE_KIND, "plan.zip", packed("a.txt"), "is of a kind that is not taken"),
        (Refusal.FILE_KIND, "plan.docx", b"PK\x03\x04 and no more", "is of a kind that is not taken"),
        (Refusal.FILE_DAMAGED, "plan.pdf", b"%PDF-1.7 cut off", "it is cut short or damaged"),
        (Refusal.FILE_DAMAGED, "plan.png", made_files.png()[:-20], "the picture is cut short or damaged"),
        (Refusal.FILE_SWELLS, "plan.png", made_files.png(width=20_000, height=20_000), "20000 by 20000 points"),
        (Refusal.FILE_NESTED, "plan.docx", packed("word/document.xml", "word/more.zip"), "packed inside it"),
        (
            Refusal.FILE_REACHES_OUT,
            "plan.xlsx",
            packed("xl/workbook.xml", "xl/connections.xml"),
            "links to other files",
        ),
        (Refusal.FILE_NOT_AS_NAMED, "plan.pdf", DOCX, "is a Word document by its content"),
        (Refusal.FILE_NOT_AS_NAMED, "plan.html", b"<script>alert(1)</script>", "ends in .txt"),
        (Refusal.FILE_NOT_AS_NAMED, "plan.docm", DOCX, "ends in .docx"),
        (Refusal.FILE_PROTECTED, "plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "without a password"),
        (Refusal.FILE_WITH_MACROS, "plan.docx", packed("word/document.xml", "word/vbaProject.bin"), "it holds macros"),
        (Refusal.FILE_WITH_MACROS, "plan.xlsx", packed("xl/workbook.xml", "xl/macrosheets/s.xml"), "it holds macros"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_what_to_do(code, name, content, says):
    with pytest.raises(RefusedError) as caught:
        checked_file(NewFile(name, content))
    assert caught.value.code == code
    assert says in caught.value.sentence


def test_the_name_is_made_safe_for_whoever_saves_the_file():
    assert checked_file(NewFile("C:\\Users\\x\\..\\pl\u202ean\r\n:2.pdf", PDF)).name == "plan2.pdf"


def test_a_packed_file_that_swells_is_refused():
    swollen = packed("word/document.xml", "word/big.xml", **{"word/big.xml": "0" * 200_000_000})
    assert len(swollen) < 10**6
    with pytest.raises(RefusedError) as caught:
        checked_file(NewFile("plan.docx", swollen))
    assert caught.value.code == Refusal.FILE_SWELLS
