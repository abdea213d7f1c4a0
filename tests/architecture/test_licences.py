"""What the product runs on may be used, changed and shared by a public body: no licence outside the list."""

import re
from importlib.metadata import files, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

LOCK = Path(__file__).resolve().parents[2] / "requirements/server.txt"
ALLOWED = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|ISCL|PSF|PSFL|Python Software Foundation|MPL|Mozilla Public|LGPL|Lesser General|"
    r"Unlicense|CC0|Zlib)",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r"(?<!L)(?<!Lesser )\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)


def locked():
    """Return the names in the lock file that this machine installs."""
    lines = [line for line in LOCK.read_text(encoding="utf-8").splitlines() if re.match(r"\w", line)]
    wanted = [Requirement(line.removesuffix("\\").strip()) for line in lines]
    return [item.name for item in wanted if item.marker is None or item.marker.evaluate()]


def licence(about):
    """Return what a package says of its licence: the expression, else the classifiers, else a line, else a file."""
    classifiers = [line for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    return (
        about["License-Expression"]
        or "; ".join(classifiers)
        or (about["License"] or "").split("\n")[0]
        or told(about["Name"])
    )


def told(name):
    """Return the licence that a package only holds as a text, where the text is one that we know."""
    texts = [path.read_text() for path in files(name) if path.parent.name == "licenses"]
    two_clauses = re.compile(r"Redistribution and use in source and binary forms(?!.*endorse or promote)", re.DOTALL)
    return "BSD-2-Clause" if any(two_clauses.search(text) for text in texts) else ""


def allowed(words):
    return bool(ALLOWED.search(words)) and not FORBIDDEN.search(words)


def test_the_lock_file_is_read():
    assert {"django", "numpy", "granian"} <= set(locked())


@pytest.mark.parametrize("name", locked())
def test_each_dependency_has_an_allowed_licence(name):
    words = licence(metadata(name))
    assert allowed(words), f"{name}: {words or 'says nothing'}"


@pytest.mark.parametrize(
    "words", ["GPL-3.0-only", "AGPL-3.0-or-later", "GNU General Public License v3", "Proprietary", ""]
)
def test_another_licence_is_caught(words):
    assert not allowed(words)


@pytest.mark.parametrize("words", ["LGPL-3.0-only", "GNU Lesser General Public License v3 (LGPLv3)", "MIT"])
def test_an_allowed_one_is_let_through(words):
    assert allowed(words)
