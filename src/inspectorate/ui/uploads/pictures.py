"""Pictures with nothing but the picture: no place, time, device, name, comment, thumbnail, and nothing behind the end.

A JPEG loses every segment that does not draw, a PNG every chunk; which way up a JPEG is stays. The picture itself is
not decoded, so nothing is lost of it and no decoder is attacked here.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Any

from inspectorate.ui.uploads.packed import UnsafeError

MOST_POINTS = 100_000_000
PNG = b"\x89PNG\r\n\x1a\n"
DRAWS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
APP0, APP1, APP14, APP15, COMMENT, SCAN, END = 0xE0, 0xE1, 0xEE, 0xEF, 0xFE, 0xDA, 0xD9
ORIENTATION = 0x0112


def _damaged() -> UnsafeError:
    return UnsafeError("damaged", "the picture is cut short or damaged.", "Save it again and hand that in.")


def _refuse_size(width: int, height: int) -> None:
    if not width or not height:
        raise _damaged()
    if width * height > MOST_POINTS:
        raise UnsafeError("bomb", f"the picture has {width} by {height} points.", "Save it smaller.")


def stripped_png(content: bytes) -> bytes:
    """Return a PNG with the chunks that draw it alone; raise UnsafeError where one does not bear its checksum."""
    if not content.startswith(PNG):
        raise _damaged()
    kept, at, kind = [PNG], len(PNG), b""
    while kind != b"IEND":
        length, kind = _unpacked(">I4s", content, at)
        end = at + 12 + length
        [check] = _unpacked(">I", content, end - 4)
        if zlib.crc32(content[at + 4 : end - 4]) != check or (at == len(PNG)) != (kind == b"IHDR"):
            raise _damaged()
        if kind == b"IHDR":
            _refuse_size(*_unpacked(">II", content, at + 8))
        if kind in DRAWS:
            kept.append(content[at:end])
        at = end
    if not any(chunk[4:8] == b"IDAT" for chunk in kept[1:]):
        raise _damaged()
    return b"".join(kept)


def _unpacked(form: str, content: bytes, at: int) -> tuple[Any, ...]:
    try:
        return struct.unpack_from(form, content, at)
    except struct.error:
        raise _damaged() from None


def stripped_jpeg(content: bytes) -> bytes:
    """Return a JPEG with the segments that draw it alone, and which way up it is; raise UnsafeError."""
    kept, turned, drawn = [b"\xff\xd8"], b"", False
    for marker, segment in _segments(content):
        if marker in FRAMES:
            height, width = _unpacked(">HH", segment, 5)
            _refuse_size(width, height)
            drawn = True
        if marker == APP1 and segment[4:10] == b"Exif\0\0":
            turned = turned or _which_way_up(segment[10:])
        elif marker in {APP0, APP14} or not (APP0 <= marker <= APP15 or marker == COMMENT):
            kept.append(segment[:20] if marker == APP0 and segment[4:9] == b"JFIF\0" else segment)
    if not drawn:
        raise _damaged()
    after = 2 if len(kept) > 1 and kept[1][1] == APP0 else 1
    return b"".join([*kept[:after], turned, *kept[after:]])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each segment with its marker, a scan together with the data that follows it, up to the end of the image."""
    at = 2
    while True:
        mark, marker = _unpacked(">BB", content, at)
        if mark != 0xFF:
            raise _damaged()
        if marker == 0xFF:  # a filler
            at += 1
            continue
        if marker == END:
            yield marker, content[at : at + 2]
            return
        [length] = _unpacked(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise _damaged()
        if marker == SCAN:
            end = _end_of_scan(content, end)
        segment = content[at:end]
        if marker == APP0 and segment[4:9] == b"JFIF\0" and len(segment) >= 18:
            segment = segment[:2] + b"\x00\x10" + segment[4:16] + b"\0\0"  # without its thumbnail
        yield marker, segment
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise _damaged()
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _which_way_up(exif: bytes) -> bytes:
    """Return an Exif segment that says which way up the picture is and nothing else; nothing where it is not turned."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return b""
    try:
        [start] = struct.unpack_from(order + "I", exif, 4)
        [count] = struct.unpack_from(order + "H", exif, start)
        entries = [
            struct.unpack_from(order + "HHIH", exif, start + 2 + 12 * number) for number in range(min(count, 200))
        ]
    except struct.error:
        return b""
    turned = next((value for tag, _, _, value in entries if tag == ORIENTATION and 1 < value <= 8), 0)
    if not turned:
        return b""
    body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
