"""Nothing of the machine it was made on is in any file: no folder of a person, no package index, no key."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Written so that this file does not match itself.
PATTERNS = [
    # The answers of every XForm stand at instance(…)/root/item.
    re.compile(rb"(?<![\w.~-])/(work|root|home|Users)/(?!item\b)[\w.]"),
    re.compile(rb"/opt/py[p]i"),
    re.compile(rb"py[p]i\.org|python[h]osted\.org|index[-_]url\s*=\s*\S"),
    re.compile(rb"https?://[^/\s\"'@]+:[^/\s\"'@]+@"),
    re.compile(rb"BEGIN [A-Z ]*PRIVATE [K]EY"),
]


def files():
    """Return what is tracked or would be: in a checkout git knows, in an unpacked archive everything is."""
    words = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in ROOT.rglob("*") if not {".venv", "var", "__pycache__"} & set(path.parts)]


def faults(path):
    data = path.read_bytes()
    return [f"{path}: {found[0][:60]!r}" for pattern in PATTERNS if (found := pattern.search(data))]


def test_no_file_names_this_machine():
    found = [path for path in files() if path.is_file()]
    assert len(found) > 50
    assert [fault for path in found for fault in faults(path)] == []


@pytest.mark.parametrize(
    "text",
    [
        "see /" + "work/main",
        "'/" + "root/.cache'",
        "https://py" + "pi.org/simple",
        "https://me:word" + "@example.org",
        "-----BEGIN PRIVATE " + "KEY-----",
    ],
)
def test_each_pattern_catches_what_is_planted(tmp_path, text):
    path = tmp_path / "planted"
    path.write_text(text)
    assert len(faults(path)) == 1


def test_the_secret_key_has_no_default_in_the_code():
    assert 'env.str("SECRET_KEY", "")' in (ROOT / "src/inspectorate/config/settings.py").read_text(encoding="utf-8")
