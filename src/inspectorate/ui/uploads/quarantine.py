"""Where a file that is being handed in waits until it was looked at: a folder of its own, for this account alone.

Nothing is served from it and nothing in it bears a name that somebody chose. A file goes with the request that brought
it; what a server that was killed left behind goes by its age.
"""

import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

KEPT_SECONDS = 3600


class QuarantinedFile(TemporaryUploadedFile):
    """A file that waits in the folder, mode 600, under a random name; it goes when it is closed."""

    def __init__(self, name: Any, content_type: Any, size: int, charset: str | None, extra: Any = None) -> None:
        held = tempfile.NamedTemporaryFile(suffix=".upload", dir=folder())  # noqa: SIM115 - closed with the request
        UploadedFile.__init__(self, held, name, content_type, size, charset, extra)


class QuarantineHandler(TemporaryFileUploadHandler):
    """Django's handler for large files, writing into the quarantine folder."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file in the folder."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = QuarantinedFile(self.file_name, self.content_type, 0, self.charset, self.content_type_extra)


def folder() -> Path:
    """Return the folder, made first where there is none (mode 700)."""
    found = Path(settings.QUARANTINE)
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def erase_old(*, now: float | None = None) -> int:
    """Erase files older than an hour, which only a server that was killed leaves behind; return how many."""
    before = (time.time() if now is None else now) - KEPT_SECONDS
    erased = 0
    for path in folder().iterdir():
        try:
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink()
                erased += 1
        except FileNotFoundError:  # another process was quicker
            continue
    return erased
