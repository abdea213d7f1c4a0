"""Packed files (XLSX, DOCX, ODS, ODT), looked into before anything opens them.

The list of parts is judged first, so that most bombs cost nothing; then each part is unpacked piece by piece, for what
a file claims of its own size is not believed. Nothing is written to the disk or fetched, no entity is resolved.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

PIECE = 2**16
OVERLAP = 400
MACROS = ("vbaproject", "vbadata.xml", "/macrosheets/", "/dialogsheets/")
MACRO_FOLDERS = ("basic/", "scripts/")
ARCHIVES = (".zip", ".jar", ".7z", ".rar", ".gz", ".tar", ".cab", ".iso")
LINKED = ("/externallinks/", "xl/connections.xml", "/querytables/", "/activex/")
TEXTS = (".xml", ".rels", ".rdf", ".vml")
DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OUTSIDE = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
DRAWN_OUTSIDE = re.compile(
    rb"<draw:(?:image|object|floating-frame|plugin)[\w-]*\s[^>]*xlink:href\s*=\s*[\"'](?:\w+:|//|\\\\|/)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a packed file may hold: parts, and bytes once unpacked."""

    parts: int = 2_000
    unpacked: int = 100 * 2**20


class UnsafeError(Exception):
    """A file that is not opened: a code, what is wrong with it ("it holds macros."), and what to do."""

    def __init__(self, code: str, why: str, remedy: str) -> None:
        super().__init__(f"{why} {remedy}")
        self.code, self.why, self.remedy = code, why, remedy


Look = Callable[[zipfile.ZipInfo, bytes], None]
"""Looks at a piece of a part, with the end of the piece before it; raises UnsafeError."""


def look_into(content: bytes, limits: Limits, also: Look | None = None) -> list[zipfile.ZipInfo]:
    """Return the parts of a packed file, every one of which was unpacked and looked at; raise UnsafeError.

    ``also`` looks at each piece of each part as well.
    """
    with opened(content) as packed:
        infos = packed.infolist()
        _refuse_lost_parts(content, infos)
        _judge(infos, limits)
        room = limits.unpacked
        for info in infos:
            seen = b""
            for piece in pieces(packed, info, room):
                room -= len(piece)
                _look_at(info, seen + piece)
                if also:
                    also(info, seen + piece)
                seen = piece[-OVERLAP:]
    return infos


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a packed file; whatever is wrong with it as such becomes an UnsafeError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield packed
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, NotImplementedError, OSError) as error:
        raise UnsafeError("damaged", "it is cut short or damaged.", "Save it again and hand that in.") from error


def pieces(packed: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> Iterator[bytes]:
    """Yield the bytes of a part, its checksum tested; raise UnsafeError as soon as there are more than ``room``."""
    size = 0
    claimed, info.file_size = info.file_size, room + PIECE  # or only as many bytes as it claims would be read
    with packed.open(info) as part:
        while piece := part.read(PIECE):
            size += len(piece)
            if size > room:
                raise _bomb()
            yield piece
    info.file_size = claimed
    if size != claimed:
        raise UnsafeError("damaged", "it is cut short or damaged.", "Save it again and hand that in.")


def _refuse_lost_parts(content: bytes, infos: list[zipfile.ZipInfo]) -> None:
    """Refuse a file whose end counts other parts than its list shows: some are hidden, or were lost."""
    end = content.rfind(b"PK\x05\x06")
    count = int.from_bytes(content[end + 10 : end + 12], "little")
    if count not in (len(infos), 0xFFFF):  # 0xFFFF: the true count stands elsewhere, and is far beyond any limit
        raise UnsafeError("damaged", "it is cut short or damaged.", "Save it again and hand that in.")


def _bomb() -> UnsafeError:
    return UnsafeError(
        "bomb", "it unpacks to far more than such a file should.", "Save it again with less in it, or as CSV UTF-8."
    )


def _judge(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Judge the list of parts, before any of them is unpacked."""
    if len(infos) > limits.parts or sum(info.file_size for info in infos) > limits.unpacked:
        raise _bomb()
    names = [info.filename.replace("\\", "/").lower() for info in infos]
    if len(set(names)) != len(names):
        raise UnsafeError("twice", "a part of it stands in it twice.", "Save it again and hand that in.")
    for info, name in zip(infos, names, strict=True):
        _judge_one(info, name)


def _judge_one(info: zipfile.ZipInfo, name: str) -> None:
    if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name:
        raise UnsafeError("path", f"a part of it leads elsewhere ('{info.filename[:40]}').", "Save it again as new.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnsafeError("link", "it holds a link to another file.", "Save it again as new.")
    if info.flag_bits & 1:
        raise UnsafeError("protected", "it is under a password.", "Save it without a password.")
    if any(mark in name for mark in MACROS) or name.startswith(MACRO_FOLDERS):
        raise UnsafeError("macros", "it holds macros.", "Save it without macros (.xlsx, .docx, .ods, .odt), or as CSV.")
    if any(mark in f"/{name}" for mark in LINKED):
        raise UnsafeError(
            "outside", "it has links to other files or to data elsewhere.", "Break the links, and save it again."
        )
    if name.endswith(ARCHIVES) or (name.endswith(".bin") and "/embeddings/" in f"/{name}"):
        raise UnsafeError("nested", "another file is packed inside it.", "Take it out, and hand it in by itself.")


def _look_at(info: zipfile.ZipInfo, seen: bytes) -> None:
    """Look for what an XML reader or an office program would act on."""
    name = info.filename.lower()
    if not name.endswith(TEXTS):
        return
    if seen[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in seen:
        raise UnsafeError("encoding", "a part of it is written in an unusual way.", "Save it again as new.")
    if DECLARED.search(seen):
        raise UnsafeError(
            "entities", "it declares entities, which office programs never do.", "Save it again with an office program."
        )
    outside = any(not LINK.search(one) for one in OUTSIDE.findall(seen)) if name.endswith(".rels") else False
    if outside or DRAWN_OUTSIDE.search(seen):
        raise UnsafeError(
            "outside", "it has links to other files or to data elsewhere.", "Break the links, and save it again."
        )
