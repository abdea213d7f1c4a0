"""The secret key: made once, kept in a file that only its owner can read."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def read_or_make(path: Path, *, made: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    """Return the key in the file, made first where there is none (mode 600, in a folder of mode 700).

    By default it is 384 random bits. Two starts at once end with one key: the file appears whole or not at all, and the
    first one stays. Where the folder cannot be written the answer is empty: Django then refuses whatever needs a key,
    and ``doctor`` says why.
    """
    with suppress(OSError):
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, made())
        return path.read_text(encoding="ascii").strip()
    return ""


def _write(path: Path, key: str) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{key}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
