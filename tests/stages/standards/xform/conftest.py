"""The cast: every kind of case of every shipped edition, its XForm made once, and the edition invented for tests."""

from functools import cache
from pathlib import Path

import pytest

from inspectorate.methodology import editions
from inspectorate.standards.xform import as_xform

SMALL = Path(__file__).resolve().parents[3] / "methodology/fixtures/standards"
EVERY = [(code, kind.code) for code in editions.codes() for kind in editions.load(code).form.kinds]


@cache
def _made(code, kind_code):
    edition = editions.load(code)
    kind = edition.form.kind(kind_code)
    return edition, kind, as_xform(edition, kind)


def pytest_generate_tests(metafunc):
    """Run a test that asks for ``one`` with every kind of case there is."""
    if "one" in metafunc.fixturenames:
        metafunc.parametrize("one", EVERY, indirect=True, ids=["-".join(pair) for pair in EVERY])


@pytest.fixture
def one(request):
    """One edition, one of its kinds of case, and its XForm."""
    return _made(*request.param)


@pytest.fixture
def every():
    """The XForm of every kind of case."""
    return [_made(*pair)[2] for pair in EVERY]


@pytest.fixture
def small():
    """The edition invented for tests."""
    return editions.load("fixture/2000", SMALL)
