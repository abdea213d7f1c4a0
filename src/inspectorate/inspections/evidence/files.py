"""Which files a body may give, looked at by their content: the name only has to agree with it.

Nothing is unpacked or shown here: of an office file the list of its parts is read, and of an OpenDocument file the few
bytes that say what it is. A file with macros, or under a password, is refused: nobody could look into it safely.
"""

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Protocol

from inspectorate.inspections.models.evidence import MOST_BYTES, NAME_LENGTH
from inspectorate.inspections.refusals import Refusal, RefusedError

MOST_OF_AN_INSPECTION = 50 * 2**20
MOST_AT_ONCE = 5
MOST_PARTS = 5_000
KINDS: dict[str, str] = {
    "pdf": "PDF",
    "docx": "Word document",
    "xlsx": "Excel spreadsheet",
    "odt": "OpenDocument text",
    "csv": "CSV",
    "txt": "plain text",
    "png": "PNG picture",
    "jpg": "JPEG picture",
}
TAKEN = "PDF, DOCX, XLSX, CSV, ODT, PNG, JPG or TXT"
ACCEPT = ",".join(f".{kind}" for kind in (*KINDS, "jpeg"))
ENDINGS = {"jpeg": "jpg"}
TEXTS = ("csv", "txt")
NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = ("vbaproject.bin", "vbadata.xml", "/macrosheets/")
MACRO_FOLDERS = ("basic/", "scripts/")
ODT = b"application/vnd.oasis.opendocument.text"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its name made safe, what it is, its bytes and their digest."""

    name: str
    kind: str
    content: bytes
    digest: str


class Uploaded(Protocol):
    """A file as it arrives with a form, not yet read."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """Return its bytes."""


def read_files(uploaded: Sequence[Uploaded]) -> list[NewFile]:
    """Read files that came with a form; refuse too many, and one too large, before a byte of it is read."""
    refuse_too_many(len(uploaded))
    for one in uploaded:
        _refuse_too_large(_safe_name(one.name or ""), one.size or 0)
    return [NewFile(one.name or "", one.read()) for one in uploaded]


def refuse_too_many(number: int) -> None:
    """Refuse more files than are taken at a time."""
    if number > MOST_AT_ONCE:
        sentence = f"{number} files were chosen; {MOST_AT_ONCE} can be added at a time: save, then add the rest."
        raise RefusedError(Refusal.FILES_TOO_MANY, sentence)


def _refuse_too_large(name: str, size: int) -> None:
    if size > MOST_BYTES:
        sentence = (
            f"'{name}' has {ceil(size / 2**20 * 10) / 10} MB; a file may have {MOST_BYTES // 2**20} MB: leave out "
            "pictures or pages, or split it, and choose the parts."
        )
        raise RefusedError(Refusal.FILE_TOO_LARGE, sentence)


def checked_file(file: NewFile) -> CheckedFile:
    """Return a file that may be kept, or refuse it with what to do: empty, too large, badly named, of another kind."""
    name = _safe_name(file.name)
    if not file.content:
        sentence = f"'{name}' is empty: open it, see that something is in it, save it, and choose it again."
        raise RefusedError(Refusal.FILE_EMPTY, sentence)
    _refuse_too_large(name, len(file.content))
    kind, ending = _kind(name, file.content), _ending(name)
    if ending != kind and not (kind in TEXTS and ending in TEXTS):
        sentence = (
            f"'{name}' is {_a(KINDS[kind])} by its content, and its name says something else: give it a name that "
            f"ends in .{kind}, or save it again as what its name says."
        )
        raise RefusedError(Refusal.FILE_NOT_AS_NAMED, sentence)
    return CheckedFile(name, ending, file.content, hashlib.sha256(file.content).hexdigest())


def _a(words: str) -> str:
    return f"{'an' if words[0] in 'AEIO' else 'a'} {words}"


def _safe_name(name: str) -> str:
    bare = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    found = " ".join(NOT_IN_A_NAME.sub("", bare).split()).strip(". ")
    if not found:
        raise RefusedError(Refusal.FILE_UNNAMED, "The file has no name: give it one that says what it is.")
    if len(found) > NAME_LENGTH:
        sentence = (
            f"The name '{found[:40]}…' has {len(found)} characters; it may have {NAME_LENGTH}: shorten the name of "
            "the file and choose it again."
        )
        raise RefusedError(Refusal.FILE_NAME_TOO_LONG, sentence)
    return found


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return ENDINGS.get(ending, ending)


def _kind(name: str, content: bytes) -> str:
    for starts, known in _BY_START:
        if content.startswith(starts):
            found = known(name, content)
            if found:
                return found
            break
    else:
        if not NOT_IN_TEXT.search(content):
            return _ending(name) if _ending(name) in TEXTS else "txt"
    sentence = f"'{name}' is of a kind that is not taken: save it as {TAKEN}, and choose it again."
    raise RefusedError(Refusal.FILE_KIND, sentence)


def _pdf(_name: str, content: bytes) -> str:
    return "pdf" if b"%%EOF" in content[-2048:] else ""


def _png(_name: str, content: bytes) -> str:
    return "png" if content[12:16] == b"IHDR" and b"IEND" in content[-64:] else ""


def _jpg(_name: str, content: bytes) -> str:
    return "jpg" if b"\xff\xd9" in content[-2048:] else ""


def _protected(name: str, _content: bytes) -> str:
    sentence = (
        f"'{name}' is an old office file, or one under a password: save it in today's format without a password "
        f"({TAKEN}), and choose it again."
    )
    raise RefusedError(Refusal.FILE_PROTECTED, sentence)


def _packed(name: str, content: bytes) -> str:
    """Return what a packed file is; only the list of its parts is read, and a few bytes of an OpenDocument file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS:
                return ""
            names = {part.filename.lower() for part in parts}
            odt = "mimetype" in names and packed.open("mimetype").read(len(ODT) + 1) == ODT
            locked = any(part.flag_bits & 1 for part in parts)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return ""
    if locked:
        return _protected(name, content)
    kind = next((kind for kind, part in _PARTS if part in names), "odt" if odt else "")
    if kind and any(part.startswith(MACRO_FOLDERS) or any(mark in part for mark in MACROS) for part in names):
        sentence = f"'{name}' has macros in it: save it without macros ({TAKEN}), and choose it again."
        raise RefusedError(Refusal.FILE_WITH_MACROS, sentence)
    return kind


_PARTS = (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml"))
_BY_START: tuple[tuple[bytes, Callable[[str, bytes], str]], ...] = (
    (b"%PDF-", _pdf),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpg),
    (b"PK", _packed),
    (OFFICE, _protected),
)
