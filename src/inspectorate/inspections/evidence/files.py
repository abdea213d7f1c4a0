"""Which files a body may give, looked at by their content: the name only has to agree with it.

What is kept is the file without what it tells of people, places and machines: who wrote it, where a picture was taken,
what an earlier version said. A file with macros, links outside or a password is refused: nobody can look into that.
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
from inspectorate.ui.uploads.documents import stripped_office, stripped_pdf
from inspectorate.ui.uploads.packed import Limits, UnsafeError
from inspectorate.ui.uploads.pictures import stripped_jpeg, stripped_png
from inspectorate.ui.uploads.scanning import FOUND, refuse_harmful

MOST_OF_AN_INSPECTION = 50 * 2**20
MOST_AT_ONCE = 5
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
ODT = b"application/vnd.oasis.opendocument.text"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its name made safe, what it is, its bytes with nothing but content, their digest."""

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
    """Read files that came with a form; refuse too many, one too large unread, and a harmful one."""
    refuse_too_many(len(uploaded))
    for one in uploaded:
        _refuse_too_large(_safe_name(one.name or ""), one.size or 0)
    found = [NewFile(one.name or "", one.read()) for one in uploaded]
    for file in found:
        _refuse_harmful(_safe_name(file.name), file.content)
    return found


def _refuse_harmful(name: str, content: bytes) -> None:
    try:
        refuse_harmful([content])
    except UnsafeError as error:
        code = Refusal.FILE_HARMFUL if error.code == FOUND else Refusal.FILE_UNSCANNED
        raise RefusedError(code, f"'{name}' is not taken: {error.why} {error.remedy}") from error


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
    content = _stripped(name, kind, file.content)
    return CheckedFile(name, ending, content, hashlib.sha256(content).hexdigest())


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


def _protected(name: str) -> str:
    sentence = (
        f"'{name}' is an old office file, or one under a password: save it in today's format without a password "
        f"({TAKEN}), and choose it again."
    )
    raise RefusedError(Refusal.FILE_PROTECTED, sentence)


def _packed(name: str, content: bytes) -> str:
    """Return what a packed file is, by the list of its parts and a few bytes of an OpenDocument file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {part.filename.lower() for part in parts}
            odt = "mimetype" in names and packed.open("mimetype").read(len(ODT) + 1) == ODT
            locked = any(part.flag_bits & 1 for part in parts)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return ""
    if locked:
        return _protected(name)
    return next((kind for kind, part in _PARTS if part in names), "odt" if odt else "")


_PARTS = (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml"))
_BY_START: tuple[tuple[bytes, Callable[[str, bytes], str]], ...] = (
    (b"%PDF-", lambda _name, _content: "pdf"),
    (b"\x89PNG\r\n\x1a\n", lambda _name, _content: "png"),
    (b"\xff\xd8\xff", lambda _name, _content: "jpg"),
    (b"PK", _packed),
    (OFFICE, lambda name, _content: _protected(name)),
)


def _stripped(name: str, kind: str, content: bytes) -> bytes:
    """Return a file without what tells of people, places and machines; refuse one that is unsafe or damaged."""
    try:
        return _STRIP[kind](content) if kind in _STRIP else content
    except UnsafeError as error:
        code = _CODES.get(error.code, Refusal.FILE_DAMAGED)
        raise RefusedError(code, f"'{name}' is not taken: {error.why} {error.remedy}") from error


def _office(content: bytes) -> bytes:
    return stripped_office(content, Limits())


_STRIP: dict[str, Callable[[bytes], bytes]] = {
    "pdf": stripped_pdf,
    "png": stripped_png,
    "jpg": stripped_jpeg,
    "docx": _office,
    "xlsx": _office,
    "odt": _office,
}
_CODES = {
    "macros": Refusal.FILE_WITH_MACROS,
    "protected": Refusal.FILE_PROTECTED,
    "bomb": Refusal.FILE_SWELLS,
    "outside": Refusal.FILE_REACHES_OUT,
    "entities": Refusal.FILE_REACHES_OUT,
    "path": Refusal.FILE_REACHES_OUT,
    "link": Refusal.FILE_REACHES_OUT,
    "nested": Refusal.FILE_NESTED,
}
