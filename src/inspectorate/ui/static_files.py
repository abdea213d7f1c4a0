"""Static files: hashed names and compressed copies once they are collected, plain names before that.

So the product shows its pages from a bare checkout, and a collected installation serves files that a browser may keep
for ever. Collecting makes a folder of its own, which takes the place of the one before only when it is whole.
"""

import fcntl
import hashlib
import shutil
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.management import call_command
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedWhenCollected(CompressedManifestStaticFilesStorage):
    """Give the hashed name of a file that was collected, and its plain name where it was not.

    A folder that an earlier version collected knows nothing of a file that is new: that one is served by its own name
    until the files are collected again, where Django would answer every page that names it with an error.
    """

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the name under which the file is served."""
        known = self.hash_key(self.clean_name(name)) in self.hashed_files
        return super().stored_name(name) if known else name


class ServeStatic(WhiteNoiseMiddleware):
    """Whitenoise, content with a folder of collected files that does not exist yet."""

    def add_files(self, root: str | Path, prefix: str | None = None) -> None:
        """Serve the files of the folder, if it is there."""
        if Path(root).is_dir():
            super().add_files(root, prefix)


def collect_when_changed() -> None:
    """Collect the static files where one of them has changed since, by path, size and time; one process at a time."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(f"{root.name}.digest")
    with root.with_name(f"{root.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = _digest()
        if root.is_dir() and stamp.exists() and stamp.read_text() == digest:
            return
        stamp.unlink(missing_ok=True)  # whoever is killed from here on leaves a folder that counts as not collected
        _collect(root)
        stamp.write_text(digest)


def _digest() -> str:
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            found.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _collect(root: Path) -> None:
    """Collect into a new folder, and put it in the place of the old one."""
    new, old = (root.with_name(f"{root.name}.{which}") for which in ("new", "old"))
    for left in (new, old):  # by whoever was killed
        shutil.rmtree(left, ignore_errors=True)
    new.mkdir(parents=True)
    command = collectstatic.Command()
    command.storage = HashedWhenCollected(location=str(new))
    call_command(command, verbosity=0, interactive=False)
    if root.exists():
        root.rename(old)
    new.rename(root)
    shutil.rmtree(old, ignore_errors=True)
