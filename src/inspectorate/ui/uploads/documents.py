"""Documents with nothing of who wrote them on what: properties, authors of comments and changes, thumbnails go.

An office file is packed anew, its properties replaced by empty ones, and pictures in it cleaned like any other. A PDF
is written anew, which also leaves behind what earlier versions of it still held.
"""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from inspectorate.ui.uploads.packed import Limits, UnsafeError, look_into, opened, pieces
from inspectorate.ui.uploads.pictures import stripped_jpeg, stripped_png

DEEPEST = 1  # a chart in a text document keeps its numbers in a spreadsheet packed inside
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
EMPTY = {
    "docprops/core.xml": f'<cp:coreProperties xmlns:cp="{CORE}"/>',
    "docprops/app.xml": f'<Properties xmlns="{OFFICE}/extended-properties"/>',
    "docprops/custom.xml": f'<Properties xmlns="{OFFICE}/custom-properties"/>',
    "meta.xml": f'<office:document-meta xmlns:office="{ODF}:office:1.0" office:version="1.2"/>',
}
LEFT_OUT = (
    "docprops/thumbnail.",
    "thumbnails/",
    "customxml/",
    "xl/revisions/",
    "xl/printersettings/",
    "word/printersettings/",
)
NAMES = re.compile(
    rb"(\s(?:w:author|w:initials|w15:author|w15:userId|w16du:\w+|userName|lastModifiedBy)\s*=\s*)(\"[^\"]*\"|'[^']*')"
)
PERSONS = re.compile(rb"(\s(?:userId|displayName|providerId)\s*=\s*)(\"[^\"]*\"|'[^']*')")
WRITTEN_BY = re.compile(
    rb"(<(?:author|dc:creator|meta:initial-creator|meta:creator-initials|loext:sender-initials)(?:\s[^>]*)?>)[^<]*(</)"
)
DANGLING = re.compile(
    rb"<Relationship\s[^>]*Target\s*=\s*[\"'][^\"']*(?:thumbnail\.|customXml/|printerSettings|/?revisions/)[^\"']*[\"'][^>]*/>",
    re.IGNORECASE,
)
OVERRIDES = re.compile(
    rb"<Override\s[^>]*PartName\s*=\s*[\"']/(?:customXml|xl/revisions|xl/printerSettings)/[^\"']*[\"'][^>]*/>",
    re.IGNORECASE,
)
LISTED = re.compile(rb"<manifest:file-entry\s[^>]*manifest:full-path\s*=\s*[\"']Thumbnails/[^\"']*[\"'][^>]*/>")


def stripped_office(content: bytes, limits: Limits, depth: int = 0) -> bytes:
    """Return an office file packed anew without what tells of people and machines; raise UnsafeError if unsafe."""
    look_into(content, limits)
    made = io.BytesIO()
    with opened(content) as packed, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for info in packed.infolist():
            name = info.filename.lower()
            if info.is_dir() or name.startswith(LEFT_OUT):
                continue
            data = _cleaned(name, b"".join(pieces(packed, info, limits.unpacked)), limits, depth)
            new = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            new.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            out.writestr(new, data)
    return made.getvalue()


def _cleaned(name: str, data: bytes, limits: Limits, depth: int) -> bytes:
    if name in EMPTY:
        return XML + EMPTY[name].encode()
    if name.endswith((".xml", ".rels")):
        return _without_names(PERSONS.sub(rb'\1""', data) if "/persons/" in name else data)
    if data.startswith(b"PK\x03\x04"):
        if depth >= DEEPEST:
            raise UnsafeError(
                "nested", "files are packed in files inside it.", "Take them out, and hand them in alone."
            )
        return stripped_office(data, limits, depth + 1)
    for start, strip in PICTURES:
        if data.startswith(start):
            return strip(data)
    return data


PICTURES: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"\x89PNG\r\n\x1a\n", stripped_png),
    (b"\xff\xd8\xff", stripped_jpeg),
)


def _without_names(data: bytes) -> bytes:
    data = NAMES.sub(rb'\1""', data)
    data = WRITTEN_BY.sub(rb"\1\2", data)
    for gone in (DANGLING, OVERRIDES, LISTED):
        data = gone.sub(b"", data)
    return data


def stripped_pdf(content: bytes, most_pages: int = 2_000) -> bytes:
    """Return a PDF written anew: no properties, no scripts, no files inside, no earlier versions; raise UnsafeError."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - needed for PDF only
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - the same

    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise UnsafeError("protected", "it is under a password.", "Save it without a password.")
        if not 1 <= len(reader.pages) <= most_pages:
            raise UnsafeError("damaged", f"it has {len(reader.pages)} pages.", f"Hand in 1 to {most_pages:,} pages.")
        writer = PdfWriter(clone_from=reader)
        _bare(writer)
        # A file that was inside stands loose now: only what a page still leads to is taken over into the second.
        made = _written(PdfWriter(clone_from=PdfReader(_written(writer))))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise UnsafeError("damaged", "it is cut short or damaged.", "Save it as PDF again and hand that in.") from error
    return made.getvalue()


def _written(writer: Any) -> io.BytesIO:
    writer.metadata = None
    made = io.BytesIO()
    writer.write(made)
    return made


RUNS = ("/OpenAction", "/AA", "/JavaScript", "/EmbeddedFiles", "/AF", "/Metadata", "/PieceInfo", "/LastModified")


def _bare(writer: Any) -> None:
    """Take out of every object of a PDF what acts by itself or tells of people."""
    from pypdf.generic import DictionaryObject  # noqa: PLC0415 - needed for PDF only

    for held in writer._objects:  # noqa: SLF001 - there is no other way to reach all of them
        if not isinstance(held, DictionaryObject):
            continue
        for key in RUNS:
            held.pop(key, None)
        action = held.get("/S")
        if action in ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm"):
            held.clear()
        elif held.get("/Type") == "/Annot" or held.get("/Subtype") in ("/Text", "/FreeText", "/FileAttachment"):
            held.pop("/T", None)  # who commented
            held.pop("/FS", None)
