"""The examples: the files in docs/examples, the pages of the demo and the reference are made of one source."""

import runpy

import pytest
from django.conf import settings

from inspectorate.methodology import editions
from inspectorate.methodology.faults import FaultCode
from inspectorate.methodology.findings import findings
from inspectorate.ratings import actions, queries
from inspectorate.ratings.fault_words import FAULTS
from inspectorate.ratings.invented import DEMONSTRATION, demonstration
from inspectorate.ratings.models import RefusedFile, ScoredFile
from inspectorate.record.models import Entry

MADE = runpy.run_path(str(settings.CHECKOUT / "docs/make_examples.py"))
LOADER = ("system", "demo")


@pytest.mark.parametrize("path", sorted(MADE["FILES"]))
def test_what_is_made_from_the_code_is_not_stale(path):
    there = (settings.CHECKOUT / path).read_bytes()
    assert MADE["FILES"][path]() == there, "run: .venv/bin/python docs/make_examples.py"


def test_every_fault_has_its_words():
    assert set(FAULTS) == set(FaultCode)
    reference = (settings.CHECKOUT / "docs/reference/file-formats.md").read_text()
    assert [code for code in FaultCode if f"`{code}`" not in reference] == []


def test_the_examples_have_the_cases_they_promise():
    for name, example in DEMONSTRATION.items():
        rows = demonstration(name).answers.content.decode().splitlines()[1:]
        assert len({row.split(",")[0] for row in rows}) == sum(example.cases.values())
        listed = demonstration(name).case_list.content.decode().splitlines()[1:]
        assert len(listed) == sum(example.listed.values())


@pytest.mark.django_db
def test_loading_the_examples_twice_changes_nothing():
    first = actions.load_invented(by=LOADER)
    entries = Entry.objects.count()
    again = actions.load_invented(by=LOADER)
    assert [file.public_id for file in first] == [file.public_id for file in again]
    assert (Entry.objects.count(), ScoredFile.objects.count(), RefusedFile.objects.count()) == (entries, 3, 1)


@pytest.mark.django_db
def test_an_example_of_an_edition_that_has_changed_is_made_again():
    actions.load_invented(by=LOADER)
    old = ScoredFile.objects.get(example="iaow").public_id
    ScoredFile.objects.filter(example="iaow").update(edition_digest="0" * 64)
    RefusedFile.objects.update(packed=RefusedFile.pack([{"code": "no-rows"}]))
    actions.load_invented(by=LOADER)
    new = ScoredFile.objects.get(example="iaow")
    assert (new.public_id != old, new.edition_digest) == (True, editions.load("iaow/2013").digest)
    assert ScoredFile.objects.count() == 3
    assert RefusedFile.objects.get().count > 1


@pytest.mark.django_db
def test_the_examples_are_listed_marked_and_scored(client):
    actions.load_invented(by=LOADER)
    page = client.get("/score/").content.decode()
    for file in queries.examples():
        assert file.get_absolute_url() in page
        assert "(invented)" in file.title
        assert (file.invented, file.expires_at) == (True, None)
        assert findings(queries.scored(file).given.answers)
    refused = RefusedFile.objects.get()
    assert f"A file with {refused.count} faults" in page
    assert "Everything on this page is invented" in client.get(refused.get_absolute_url()).content.decode()
