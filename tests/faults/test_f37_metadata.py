"""F37: what a file tells of people, places and machines is taken out; SVG and HTML are refused."""

import io
import re
import zipfile

import pytest
from pypdf import PdfReader, PdfWriter

from inspectorate.inspections.evidence.files import NewFile, checked_file
from inspectorate.inspections.refusals import RefusedError
from tests import made_files

CANARY = b"Jane Canary"
RUN = b"app.alert(1)"


def kept(name, content):
    return checked_file(NewFile(name, content)).content


def every_byte(content):
    """Return a file with all that is packed in it unpacked."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(name.encode() + every_byte(packed.read(name)) for name in packed.namelist())


def test_a_photograph_loses_its_place_and_time_and_stays_the_right_way_up():
    canary = made_files.exif(CANARY)
    taken = made_files.jpeg(canary, made_files.segment(0xFE, CANARY), made_files.segment(0xED, CANARY)) + CANARY
    found = kept("office.jpg", taken)
    assert CANARY not in found
    assert b"Exif\0\0MM\0*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in found
    bare = made_files.jpeg()
    assert found.replace(found[20 : found.index(b"\xff\xdb")], b"") == bare
    assert kept("office.jpg", found) == found
    assert kept("office.jpg", bare) == bare


def test_a_thumbnail_in_a_photograph_goes():
    small = b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x02" + CANARY[:11] + b"\0"
    bare = made_files.jpeg()
    content = bare[:2] + made_files.segment(0xE0, small) + bare[20:]
    assert kept("office.jpg", content) == bare


def test_a_png_keeps_what_draws_it_and_nothing_else():
    more = [made_files.chunk(kind, b"Author\0" + CANARY) for kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME")]
    assert kept("office.png", made_files.png(*more) + CANARY) == made_files.png()


def test_no_byte_of_a_file_inside_a_pdf_is_left_in_it():
    carrier = PdfWriter(clone_from=PdfReader(io.BytesIO(made_files.pdf())))
    carrier.add_attachment("of-jane-canary.txt", CANARY)
    content = io.BytesIO()
    carrier.write(content)
    assert CANARY in content.getvalue()
    found = kept("plan.pdf", content.getvalue())
    assert CANARY not in found
    assert b"of-jane" not in found
    assert not PdfReader(io.BytesIO(found)).attachments
    assert "Westmoor" in PdfReader(io.BytesIO(found)).pages[0].extract_text()


def test_a_pdf_loses_its_properties_scripts_and_earlier_versions():
    more = [
        b"<</Type/Metadata/Subtype/XML/Length 11>>\nstream\n" + CANARY + b"\nendstream",
        b"<</S/JavaScript/JS(" + RUN + b")>>",
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(" + CANARY + b")/Contents(A note)>>",
    ]
    info, catalog = b"/Author(" + CANARY + b")/Producer(Word)", b"/Metadata 7 0 R/OpenAction 8 0 R"
    content = made_files.pdf(info=info, catalog=catalog, more=more)
    found = kept("plan.pdf", content)
    assert CANARY not in found
    assert RUN not in found
    assert b"/OpenAction" not in found
    assert "Westmoor" in PdfReader(io.BytesIO(found)).pages[0].extract_text()
    assert kept("plan.pdf", content) == found


OFFICE = {
    "docProps/core.xml": b"<x>%s</x>",
    "docProps/app.xml": b"<x>%s</x>",
    "docProps/custom.xml": b"<x>%s</x>",
    "docProps/thumbnail.jpeg": b"%s",
    "customXml/item1.xml": b"<x>%s</x>",
    "word/comments.xml": b'<w:comment w:author="%s" w:initials="JC"><w:t>A note</w:t></w:comment>',
    "word/people.xml": b'<w15:person w15:author="%s"/>',
    "xl/comments1.xml": b"<comments><authors><author>%s</author></authors></comments>",
    "xl/persons/person.xml": b'<person displayName="%s" userId="%s"/>',
    "word/media/image1.jpeg": None,
}


@pytest.mark.parametrize("name", OFFICE)
def test_an_office_file_loses_who_wrote_what(name):
    given = OFFICE[name]
    data = made_files.jpeg(made_files.exif(CANARY)) if given is None else given.replace(b"%s", CANARY)
    part = "xl/workbook.xml" if name.startswith("xl") else "word/document.xml"
    parts = {"[Content_Types].xml": made_files.CONTENT_TYPES, part: '<x w:rsidR="1">Text</x>', name: data}
    ending = "xlsx" if name.startswith("xl") else "docx"
    content = made_files.packed(parts)
    assert CANARY in every_byte(content)
    found = every_byte(kept(f"plan.{ending}", content))
    assert CANARY not in found
    assert b"Text" in found
    assert (b"A note" in found) == (name == "word/comments.xml")


def test_an_opendocument_text_loses_who_wrote_it():
    parts = {
        "mimetype": made_files.ODT,
        "content.xml": "<x><dc:creator>Jane Canary</dc:creator>Text</x>",
        "meta.xml": CANARY,
    }
    found = every_byte(kept("plan.odt", made_files.packed(parts)))
    assert CANARY not in found
    assert b"Text" in found


def test_the_same_file_given_twice_is_the_same_file():
    content = made_files.docx(docProps__core_xml="<x/>")
    assert kept("plan.docx", content) == kept("plan.docx", content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("office.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("office.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("plan.html", b"<!doctype html><script>alert(1)</script>"),
        ("plan.pdf", b"<!doctype html>%PDF-1.7"),
        ("plan.csv", b"GIF89a\x01\x00<script>"),
        ("office.jpg", b"GIF89a/*\xff\xd8\xff"),
        ("office.png", made_files.jpeg()),
        ("plan.docx", made_files.pdf()),
    ],
)
def test_a_page_a_drawing_and_what_is_not_as_named_are_refused(name, content):
    with pytest.raises(RefusedError):
        checked_file(NewFile(name, content))


def test_what_is_two_kinds_at_once_is_kept_as_one():
    both = made_files.png() + made_files.packed({"word/document.xml": "<script>"})
    assert kept("office.png", both) == made_files.png()
    page = made_files.png(made_files.chunk(b"tEXt", b"<script>alert(1)</script>"))
    assert not re.search(rb"<script", kept("office.png", page))
