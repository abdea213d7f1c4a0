"""The key of the backups: a file as the age format has it, which only its owner can read.

Who holds it can read every backup, so a copy of it belongs where no backup is. A file that holds nothing but the public
key (``age1…``) makes backups, and opens none.
"""

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from inspectorate.config.upkeep.backup import bech32
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

PUBLIC, SECRET = "age", "age-secret-key-"


@dataclass(frozen=True)
class Key:
    """The public key, for which backups are made; and the secret one, which opens them, where it is here."""

    recipient: bytes
    secret: bytes | None = None

    @property
    def public(self) -> str:
        """The public key in letters."""
        return bech32.encode(PUBLIC, self.recipient)

    def opening(self) -> bytes:
        """Return the secret key, or refuse."""
        if self.secret is None:
            sentence = "This key file holds the public key alone, which opens no backup: give the file with the secret."
            raise RefusedError(Refusal.KEY_CANNOT_OPEN, sentence)
        return self.secret


def make_key(path: Path) -> Key:
    """Make a key in a new file of mode 600; refuse to write over one, for backups would be unreadable without it."""
    made = X25519PrivateKey.generate()
    key = Key(made.public_key().public_bytes_raw(), made.private_bytes_raw())
    secret = bech32.encode(SECRET, made.private_bytes_raw()).upper()
    words = f"# created: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n# public key: {key.public}\n{secret}\n"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        sentence = f"{path} is there already: a key is never written over. Use it, or name another file."
        raise RefusedError(Refusal.KEY_STANDS, sentence) from None
    except OSError as error:
        raise RefusedError(Refusal.NOT_WRITTEN, f"The key was not written ({error}): name another file.") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    return key


def read_key(path: Path) -> Key:
    """Return the key in a file, the secret one or the public one alone; or refuse."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        sentence = f"There is no key at {path}. Make one with: inspectorate backup key. Or set INSPECTORATE_BACKUP_KEY."
        raise RefusedError(Refusal.KEY_MISSING, sentence) from None
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedError(Refusal.KEY_MALFORMED, f"The key {path} cannot be read ({error}).") from None
    for line in text.splitlines():
        with suppress(ValueError):
            prefix, data = bech32.decode(line.strip())
            if prefix == SECRET and len(data) == 32:
                return Key(X25519PrivateKey.from_private_bytes(data).public_key().public_bytes_raw(), data)
            if prefix == PUBLIC and len(data) == 32:
                return Key(data)
    sentence = (
        f"{path} holds no key that can be read: a letter may be wrong. Put back the copy that you keep elsewhere."
    )
    raise RefusedError(Refusal.KEY_MALFORMED, sentence)


def open_to_others(path: Path) -> bool:
    """Say whether other accounts of this machine can read the key."""
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
