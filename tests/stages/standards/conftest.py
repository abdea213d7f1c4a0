"""The cast of the editions' tests: a reader, and a folder of editions that a test may change."""

import shutil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from inspectorate.methodology import editions


@pytest.fixture
def page(client, db):  # noqa: ARG001 - it opens the database, so that a question to it would be seen
    """Read a page; every page of the editions must do without asking the database."""

    def read(address, status=200):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/editions/{address}")
        assert answer.status_code == status, address
        assert [query["sql"] for query in asked] == []
        return answer.content.decode() if status == 200 else " ".join(answer.content.decode().split())

    return read


@pytest.fixture
def copied(tmp_path, settings):
    """A copy of the shipped editions, served instead of them, that a test may change: none of them adopted yet."""
    root = tmp_path / "standards"
    shutil.copytree(editions.standards_folder(), root, ignore=shutil.ignore_patterns(editions.LOCK))

    class Addresses:
        urlpatterns = [path("editions/", include("inspectorate.standards.urls"), {"root": root})]

    settings.ROOT_URLCONF = Addresses
    return root


@pytest.fixture
def three(copied):
    """Three editions and no other, so that a list of editions stays as long as its test says."""
    for code in editions.codes(copied):
        if code not in {"fji/2013", "iaow/2013", "youth/2018"}:
            shutil.rmtree(copied / code)
    return copied
