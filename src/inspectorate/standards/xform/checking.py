"""Whether ODK's own checker accepts a form. It ships inside pyxform; without Java it is not run, and says so."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyxform.validators.error_cleaner import ErrorCleaner
from pyxform.validators.odk_validate import ODK_VALIDATE_PATH

SECONDS = 100
NO_JAVA = "not run: no Java"


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of the check: ``accepted`` is None where it was not run, and ``says`` tells it in words."""

    accepted: bool | None
    says: str


def odk_validate(forms: Sequence[bytes]) -> Checked:
    """Have ODK Validate read the forms, all in one run, which costs one start of Java."""
    java = shutil.which("java")
    if java is None:
        return Checked(accepted=None, says=NO_JAVA)
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / f"form-{number}.xml" for number in range(1, len(forms) + 1)]
        for path, form in zip(paths, forms, strict=True):
            path.write_bytes(form)
        words = [java, "-Djava.awt.headless=true", "-jar", ODK_VALIDATE_PATH, *map(str, paths)]
        try:
            done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=SECONDS * len(forms))
        except subprocess.TimeoutExpired:
            return Checked(accepted=None, says=f"not run to its end: it took more than {SECONDS} seconds a form")
    if done.returncode:
        return Checked(accepted=False, says=ErrorCleaner.odk_validate(done.stderr).strip())
    return Checked(accepted=True, says=f"accepted by ODK Validate: {len(forms)}")
