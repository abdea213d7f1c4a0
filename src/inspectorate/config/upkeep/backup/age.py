"""The age format (age-encryption.org/v1), to one X25519 key: what a backup is encrypted in, as a stream.

A header wraps a fresh file key for the key of the backups. The content follows in pieces of 64 KiB, each sealed by
ChaCha20-Poly1305 under its number and whether it is the last, so that a changed, missing, added or moved byte is found
while reading. Any program for that format opens a backup: ``age --decrypt -i backup-key FILE``.
"""

import base64
import binascii
import hmac
import io
import os
from itertools import pairwise
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

FIRST_LINE = b"age-encryption.org/v1"
PIECE, TAG, NONCE = 64 * 1024, 16, 16
LONGEST_LINE, MOST_LINES = 4096, 200


def _derived(secret: bytes, salt: bytes, about: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=about).derive(secret)


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise _damaged() from None
    if _text(data) != text:  # the last letter can hold bits that stand for nothing
        raise _damaged()
    return data


def _damaged() -> RefusedError:
    return RefusedError(
        Refusal.DAMAGED,
        "The backup is damaged or cut off: it is not as it was written. Take another copy of it.",
    )


def _cut_off() -> RefusedError:
    return RefusedError(
        Refusal.CUT_OFF, "The backup is cut off: its end is missing. Take another copy of it, or an earlier backup."
    )


def _authenticated(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")


class Sealing(io.RawIOBase):
    """Writes to ``out`` what is written to it, encrypted for ``recipient`` (the 32 bytes of a public key)."""

    def __init__(self, out: BinaryIO, recipient: bytes) -> None:
        file_key, own = os.urandom(16), X25519PrivateKey.generate()
        share = own.public_key().public_bytes_raw()
        shared = own.exchange(X25519PublicKey.from_public_bytes(recipient))
        wrapping = ChaCha20Poly1305(_derived(shared, share + recipient, FIRST_LINE + b"/X25519"))
        wrapped = wrapping.encrypt(bytes(12), file_key, None)
        header = FIRST_LINE + b"\n-> X25519 " + _text(share) + b"\n" + _text(wrapped) + b"\n---"
        nonce = os.urandom(NONCE)
        out.write(header + b" " + _text(_authenticated(file_key, header)) + b"\n" + nonce)
        self._out, self._held, self._number = out, bytearray(), 0
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))

    def writable(self) -> bool:
        """Say that it is for writing."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # a buffer of bytes, as everywhere
        """Take what is written; whole pieces go out as soon as there is more."""
        self._held += data
        while len(self._held) > PIECE:
            self._send(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def _send(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_number(self._number, last=last), piece, None))
        self._number += 1

    def finish(self) -> None:
        """Send the last piece; what was written before is readable only with it."""
        self._send(bytes(self._held), last=True)
        self._held.clear()


def _number(place: int, *, last: bool) -> bytes:
    return place.to_bytes(11, "big") + (b"\1" if last else b"\0")


class Opening(io.RawIOBase):
    """Reads what ``file`` holds, decrypted with ``secret`` (32 bytes); refuses at the first byte that is wrong.

    What was read is to be believed only once ``finish`` has returned: the end may be missing.
    """

    def __init__(self, file: BinaryIO, secret: bytes) -> None:
        file_key = _opened_header(file, X25519PrivateKey.from_private_bytes(secret))
        nonce = file.read(NONCE)
        if len(nonce) < NONCE:
            raise _cut_off()
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._file, self._place, self._clear, self._ended = file, 0, b"", False
        self._ahead = file.read(PIECE + TAG)

    def readable(self) -> bool:
        """Say that it is for reading."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # a buffer of bytes, as everywhere
        """Fill the buffer as far as the next piece goes."""
        if not self._clear and not self._ended:
            self._next()
        size = min(len(buffer), len(self._clear))
        buffer[:size], self._clear = self._clear[:size], self._clear[size:]
        return size

    def _next(self) -> None:
        sealed, self._ahead = self._ahead, self._file.read(PIECE + TAG)
        last = not self._ahead
        try:
            self._clear = self._cipher.decrypt(_number(self._place, last=last), sealed, None)
        except (InvalidTag, ValueError):
            raise self._why(sealed, last=last) from None
        self._place += 1
        self._ended = last

    def _why(self, sealed: bytes, *, last: bool) -> RefusedError:
        """Tell a backup that ends too soon from one that was changed."""
        if not last:
            return _damaged()
        if len(sealed) < PIECE + TAG:
            return _cut_off() if self._place or len(sealed) < TAG else _damaged()
        try:
            self._cipher.decrypt(_number(self._place, last=False), sealed, None)
        except InvalidTag:
            return _damaged()
        return _cut_off()

    def finish(self) -> None:
        """Read what is left, to see that the end is there."""
        while not self._ended:
            self._next()


def _opened_header(file: BinaryIO, secret: X25519PrivateKey) -> bytes:
    """Return the key of the file; refuse what is empty, is no backup, or was made for another key."""
    lines = _header(file)
    stanzas = [(line, body) for line, body in pairwise(lines) if line.startswith(b"-> X25519 ")]
    found = (_unwrapped(secret, line.removeprefix(b"-> X25519 ")[:-1], body[:-1]) for line, body in stanzas)
    file_key = next((one for one in found if one), None)
    if file_key is None:
        raise RefusedError(
            Refusal.WRONG_KEY,
            "This key does not open the backup: give the key file that was in force when it was made.",
        )
    header, told = b"".join(lines[:-1]) + b"---", lines[-1].removeprefix(b"--- ")[:-1]
    if not hmac.compare_digest(_authenticated(file_key, header), _bytes(told)):
        raise _damaged()
    return file_key


def _header(file: BinaryIO) -> list[bytes]:
    """Return the lines of the header, the last of which begins with three dashes."""
    lines = [file.readline(LONGEST_LINE)]
    if lines[0] != FIRST_LINE + b"\n":
        raise _no_header(lines[0])
    while not lines[-1].startswith(b"---"):
        lines.append(file.readline(LONGEST_LINE))
        if not lines[-1].endswith(b"\n"):
            raise _cut_off() if len(lines[-1]) < LONGEST_LINE else _damaged()
        if len(lines) > MOST_LINES:
            raise _damaged()
    return lines


def _unwrapped(secret: X25519PrivateKey, share: bytes, wrapped: bytes) -> bytes | None:
    """Return the key of the file, where it was wrapped for this key."""
    own, given = secret.public_key().public_bytes_raw(), _bytes(share)
    try:
        shared = secret.exchange(X25519PublicKey.from_public_bytes(given))
        wrapping = ChaCha20Poly1305(_derived(shared, given + own, FIRST_LINE + b"/X25519"))
        return wrapping.decrypt(bytes(12), _bytes(wrapped), None)
    except (InvalidTag, ValueError):
        return None


def _no_header(line: bytes) -> RefusedError:
    if not line:
        return RefusedError(Refusal.FILE_EMPTY, "The file is empty: there is no backup in it. Take another copy of it.")
    if FIRST_LINE.startswith(line):
        return _cut_off()
    return RefusedError(Refusal.NO_BACKUP, "This is no backup: it does not begin as one. Give a file ending in .age.")
