"""The cast of the tests of scoring a file: small invented files, handed in by a visitor, and a place to upload."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from inspectorate.methodology import editions
from inspectorate.ratings import actions
from inspectorate.ratings.intake import File, HandedIn
from inspectorate.ratings.invented import invent

VISITOR = ("visitor", "anonymous")
NOW = datetime(2026, 11, 21, 13, 32, tzinfo=UTC)
ADDRESSES = {"iaow": "/score/new/iaow/2013/", "fji": "/score/new/fji/2013/", "youth": "/score/new/youth/2018/"}


def as_csv(rows):
    return "".join(",".join(row) + "\n" for row in rows).encode()


def made(code="iaow/2013", cases=None, listed=None):
    return invent(editions.load(code), cases or {"case": 8}, listed or {"case": 20}, "tests")


@pytest.fixture(scope="session")
def small():
    """A small invented inspection under iaow/2013: 8 cases of 20."""
    return made()


@pytest.fixture(scope="session")
def handed_in(small):
    return HandedIn(
        edition="iaow/2013",
        answers=File("march.csv", as_csv(small.answers)),
        case_list=File("list.csv", as_csv(small.case_list)),
        title="Westmoor, March 2026",
    )


@pytest.fixture
def file(db, handed_in):  # noqa: ARG001 - it opens the database
    """The small inspection, handed in just now."""
    return actions.hand_in(handed_in=handed_in, by=VISITOR)


@pytest.fixture
def youth(db):  # noqa: ARG001 - as above
    """A rated inspection of two kinds of case, with ratings made by people."""
    rated = made("youth/2018", {"court": 12, "out_of_court": 10}, {"court": 30, "out_of_court": 25})
    given = HandedIn(
        edition="youth/2018",
        answers=File("answers.csv", as_csv(rated.answers)),
        case_list=File("cases.csv", as_csv(rated.case_list)),
        judgements=rated.judgements,
        invented=True,
    )
    return actions.hand_in(handed_in=given, by=VISITOR)


@pytest.fixture
def upload(client: Client, db):  # noqa: ARG001 - as above
    """Hand in files on the page, and return the page that comes of it."""

    def send(answers, *, edition="iaow", name="march.csv", **more):
        files = {"answers": SimpleUploadedFile(name, answers)}
        return client.post(ADDRESSES[edition], {**files, **more}, follow=True)

    return send


@pytest.fixture
def workbook():
    """Make a workbook with the rows given, changed as wished before it is saved."""

    def make(rows, change=lambda _: None):
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        change(book)
        saved = BytesIO()
        book.save(saved)
        return saved.getvalue()

    return make
