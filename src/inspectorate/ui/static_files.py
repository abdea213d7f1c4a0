"""Static files: hashed names and compressed copies once ``collectstatic`` has run, plain names before that.

So the product shows its pages from a bare checkout, and a collected installation serves files that a browser may keep
for ever.
"""

from pathlib import Path

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedWhenCollected(CompressedManifestStaticFilesStorage):
    """Give the hashed name of a file that was collected, and its plain name where nothing was."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the name under which the file is served."""
        return super().stored_name(name) if self.hashed_files else name


class ServeStatic(WhiteNoiseMiddleware):
    """Whitenoise, content with a folder of collected files that does not exist yet."""

    def add_files(self, root: str | Path, prefix: str | None = None) -> None:
        """Serve the files of the folder, if it is there."""
        if Path(root).is_dir():
            super().add_files(root, prefix)
