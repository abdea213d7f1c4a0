"""Asking the operator's scanner whether a file that is handed in is known to do harm, before anything opens it.

It speaks the protocol of ClamAV's daemon (INSTREAM), over a socket of this machine or the network. A scanner that is
set and does not answer lets nothing in: the file is refused in words, and stays with whoever has it.
"""

import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from inspectorate.ui.uploads.packed import UnsafeError

PIECE = 2**16
LONGEST_ANSWER = 4_096
PORT = 3310
FOUND, UNSCANNED = "malware", "unscanned"
AGAIN = "Nothing was kept of it. Try once more in a few minutes; if that does not help, tell whoever runs this service."


class ScannerError(Exception):
    """The scanner cannot be asked, or says that it cannot tell; the words are for whoever runs the service."""


def refuse_harmful(pieces: Iterable[bytes]) -> None:
    """Raise UnsafeError for a file that the scanner knows, or that it cannot look at; without a scanner do nothing."""
    if not settings.SCANNER:
        return
    try:
        found = _ask(pieces)
    except (ScannerError, OSError, ValueError) as error:
        raise UnsafeError(UNSCANNED, "it could not be scanned for harmful software just now.", AGAIN) from error
    if found:
        remedy = "Nothing was kept of it. Tell whoever looks after your computer, and hand in a clean file."
        raise UnsafeError(FOUND, "the scanner says that it holds harmful software.", remedy)


def scanner_answers() -> str:
    """Return what is wrong with the scanner, or nothing where it answers as it should."""
    try:
        with _connected() as line:
            line.sendall(b"zPING\0")
            said = _answer(line)
    except (OSError, ValueError) as error:
        return f"It does not answer: {type(error).__name__}."
    return "" if said == "PONG" else "It answers something else than a scanner does."


def _ask(pieces: Iterable[bytes]) -> bool:
    """Return whether the scanner found something in it."""
    with _connected() as line:
        line.sendall(b"zINSTREAM\0")
        for piece in pieces:
            for start in range(0, len(piece), PIECE):
                part = piece[start : start + PIECE]
                line.sendall(len(part).to_bytes(4, "big") + part)
        line.sendall(bytes(4))
        said = _answer(line)
    if said == "stream: OK":
        return False
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return True
    raise ScannerError(said[:100])


def _connected() -> socket.socket:
    found = urlsplit(settings.SCANNER)
    if found.scheme == "unix" and found.path:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(settings.SCANNER_SECONDS)
        try:
            line.connect(str(Path(found.path)))
        except OSError:
            line.close()
            raise
        return line
    if found.scheme == "tcp" and found.hostname:
        return socket.create_connection((found.hostname, found.port or PORT), timeout=settings.SCANNER_SECONDS)
    raise ValueError(f"INSPECTORATE_SCANNER is {settings.SCANNER!r}: it must be unix:/… or tcp://host:port.")


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        some = line.recv(LONGEST_ANSWER)
        if not some:
            break
        said += some
    return said.rstrip(b"\0\n").decode("ascii", "replace")


class ScannedFileField(forms.FileField):
    """A file that is scanned before the form that brings it is valid; one that is not taken stops the form in words."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Scan what was handed in, after its name and size were looked at."""
        given = super().clean(data, initial)
        if isinstance(given, UploadedFile):
            try:
                refuse_harmful(given.chunks())
            except UnsafeError as error:
                sentence = f"'{given.name}' is not taken: {error.why} {error.remedy}"
                raise forms.ValidationError(sentence, code=error.code) from error
            given.seek(0)
        return given


def refused_codes(form: forms.Form) -> list[str]:
    """Return why the scanner let files of a form not in, for the security log."""
    if not form.is_bound:
        return []
    found = [error.code for errors in form.errors.as_data().values() for error in errors]
    return [str(code) for code in found if code in (FOUND, UNSCANNED)]
