"""Real files, small, made in the test that hands them in: each opens in the program that it is for."""

import io
import struct
import zipfile
import zlib

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def pdf(words=b"Westmoor", info=b"", more=(), catalog=b""):
    """Return a PDF of one page that shows the words; ``info`` goes into its properties, ``more`` are objects 7 on."""
    stream = b"BT /F1 12 Tf 72 720 Td (" + words + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<<" + info + b">>",
        *more,
    ]
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return made + b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def chunk(kind, data):
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*more, width=2, height=2):
    """Return a grey PNG with further chunks before its points."""
    points = zlib.compress(b"".join(b"\0" + bytes(width) for _ in range(height))) if width * height < 10**6 else b""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = b"".join([chunk(b"IHDR", head), *more, chunk(b"IDAT", points), chunk(b"IEND", b"")])
    return b"\x89PNG\r\n\x1a\n" + body


def segment(marker, data):
    """Return a segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(*more, width=8, height=8):
    """Return a grey JPEG of one block, with further segments."""
    frame = struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)
    tables = [segment(0xDB, b"\0" + bytes([1] * 64))]
    huffman = [
        segment(0xC4, bytes([kind]) + bytes([1] + [0] * 15) + b"\0") for kind in (0x00, 0x10)
    ]  # one code each: nothing follows
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x3f\xff\x00"
    jfif = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    return b"".join([b"\xff\xd8", jfif, *more, *tables, segment(0xC0, frame), *huffman, scan, b"\xff\xd9"])


def exif(words=b"51.5N 0.1W", turned=6):
    """Return an Exif segment that says which way up the picture is, and where it was taken."""
    entries = struct.pack(">HHIHH", 0x0112, 3, 1, turned, 0) + struct.pack(">HHII", 0x010E, 2, len(words), 38)
    return segment(0xE1, b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 2) + entries + b"\0\0\0\0" + words)


def packed(parts, *, dates=(2026, 11, 21, 9, 0, 0)):
    """Return a packed file with these parts, by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(zipfile.ZipInfo(name, dates), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def docx(**more):
    """Return a text document; ``more`` are parts by name, with ``__`` for a slash and ``_`` for a point."""
    named = {name.replace("__", "/").replace("_", "."): data for name, data in more.items()}
    return packed({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<w:document/>"} | named)


def ods(table, styles=""):
    """Return an OpenDocument spreadsheet whose sheets are the XML given."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("mimetype", ODS)
        out.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def sheet(*rows, name="Cases", more=""):
    """Return the XML of a sheet of text cells."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{name}"{more}>{lines}</table:table>'
