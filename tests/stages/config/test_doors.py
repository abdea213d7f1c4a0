"""The document of what programs may ask names every address that speaks JSON, and is what programs can read."""

import jsonschema_rs
import pytest

from inspectorate.config.desk.doors import DELIVERY, DOORS, ENTRIES, ENTRY, WORD, document, routes
from tests.stages.config.test_access_matrix import PUBLIC

SPEAKS_JSON = {name for name, pattern in routes() if pattern.endswith(".json")} | {ENTRIES}


def test_every_address_that_speaks_json_is_in_the_document_and_nothing_else():
    assert DOORS.keys() == SPEAKS_JSON
    assert len(document()["paths"]) == len(DOORS)


@pytest.mark.django_db
def test_the_document_is_at_its_address(client):
    told = client.get("/openapi.json").json()
    assert told == document()
    assert told["openapi"] == "3.1.0"
    assert "post" in told["paths"]["/inspections/{public_id}/cases/{case}/entries/"]


def test_what_is_private_says_that_it_needs_a_session():
    paths = document()["paths"]
    for name, pattern in routes():
        if name in DOORS:
            door = paths["/" + WORD.sub(r"{\2}", pattern)]
            assert ("security" in door["get"]) is (name not in PUBLIC), name


@pytest.mark.parametrize("schema", [ENTRY, DELIVERY])
def test_the_schemas_are_schemas(schema):
    jsonschema_rs.validator_for(schema)


def test_an_entry_of_the_case_form_is_one_of_the_schema():
    told = {
        "id": "a" * 32,
        "device": "tab-1",
        "counter": 1,
        "question": "A01",
        "part": "answer",
        "value": "sufficient",
        "text": "",
        "supersedes": None,
        "decides": None,
        "device_time": "2026-11-26T09:00:00.000Z",
    }
    assert jsonschema_rs.validator_for(ENTRY).is_valid(told)
    assert not jsonschema_rs.validator_for(ENTRY).is_valid(told | {"id": "A"})
