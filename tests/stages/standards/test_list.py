"""The list of editions: which there are, narrowed by the address, as a page and as a file."""

import csv
import io
import re

import pytest

from inspectorate.methodology import editions
from inspectorate.standards.queries import EditionsAsked, editions_page

CODES = ["fji/2013", "iaow/2013", "youth/2018"]

pytestmark = pytest.mark.usefixtures("three")


def shown(text):
    return re.findall(r'<a class="govuk-link" href="/editions/(\w+/\w+)/">', text)


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))


def test_every_edition_is_listed_with_its_facts(page):
    text = page("")
    assert shown(text) == CODES
    for code in CODES:
        assert editions.load(code).digest[:8] in text
    assert "1 May 2018 to 30 June 2021" in text
    assert "Court disposal, Out-of-court disposal" in text
    questions = [str(len(editions.load(code).form.kind_of)) for code in CODES]
    assert re.findall(r'ins-figure"[^>]*>\s*(\d+)', text) == questions


def test_the_states_are_explained(page):
    text = page("")
    assert [state in text for state in ("Draft", "Piloted", "Adopted")] == [True] * 3
    assert "only a new edition can replace it" in text


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("?q=youth", ["fji/2013", "youth/2018"]),
        ("?q=YOUTH+2018", ["youth/2018"]),
        ("?state=piloted", CODES),
        ("?state=adopted", []),
        ("?state=nonsense", CODES),
        ("?sort=year", CODES),
        ("?sort=-year", ["youth/2018", "iaow/2013", "fji/2013"]),
        ("?sort=questions", ["iaow/2013", "fji/2013", "youth/2018"]),
        ("?sort=nonsense", CODES),
    ],
)
def test_the_address_narrows_and_sorts_the_list(page, address, found):
    assert shown(page(address)) == found


def test_an_empty_list_says_why_and_what_to_do(page):
    text = page("?q=zeppelin")
    assert "No edition matches these filters" in text
    assert "There are 3 editions in all." in text
    assert "0 of 3 editions" in text


def test_what_is_seen_can_be_downloaded(page, client):
    href = re.search(r'href="(/editions/editions.csv[^"]*)"', page("?q=youth&sort=-year"))[1].replace("&amp;", "&")
    answer = client.get(href)
    assert answer["Content-Disposition"] == 'attachment; filename="editions.csv"'
    youth = editions.load("youth/2018")
    assert [row["edition"] for row in rows(answer)] == ["youth/2018", "fji/2013"]
    assert rows(answer)[0] == {
        "edition": "youth/2018",
        "title": "Inspection of youth offending services",
        "year": "2018",
        "state": "piloted",
        "in_force_from": "2018-05-01",
        "in_force_to": "2021-06-30",
        "kinds_of_case": "Court disposal; Out-of-court disposal",
        "questions": str(len(youth.form.kind_of)),
        "digest": youth.digest,
    }


def test_an_edition_that_cannot_be_read_is_listed_with_the_reason(client, three):
    (three / "iaow/2013/form.yaml").unlink()
    text = client.get("/editions/").content.decode()
    assert sorted(shown(text)) == CODES
    assert "Cannot be read" in text
    assert "form.yaml: the file is missing." in text


def test_without_any_edition_the_list_is_empty(tmp_path):
    assert editions_page(EditionsAsked(), tmp_path)["editions"] == []
