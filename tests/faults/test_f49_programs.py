"""F49: whatever a program may send to the doors that speak JSON, by their own document: no error of the server."""

import json
from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

from inspectorate.config.desk.doors import document
from inspectorate.config.wsgi import application

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]
MANY = trying(
    max_examples=60, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def schema(settings):
    settings.ALLOWED_HOSTS = ["*"]
    made = schemathesis.openapi.from_dict(document())
    made.app = application
    return made


@pytest.fixture
def there(begun):
    """What stands in an address of something that is there."""
    inspection = begun.case.case_list.inspection.public_id
    named = {"public_id": inspection, "case": begun.case.public_id, "assessment": begun.public_id}
    return named | {"programme": "iaow", "year": "2013"}


def cases(operation, ask):
    """Ask with what fits the document, and with what does not."""
    for mode in GenerationMode:
        with suppress(Unsatisfiable):  # where nothing can be sent, nothing wrong can
            MANY(given(case=operation.as_strategy(generation_mode=mode))(ask))()


def test_what_the_document_allows_and_what_it_does_not_break_no_address(schema, ann, there):
    statuses = []

    def ask(case):
        for asked in (case.path_parameters, case.query):
            if asked and len(statuses) % 2:
                asked.update({name: value for name, value in there.items() if name in asked})
        if len(statuses) % 4:  # signed in; else as the document lets anybody try
            case.cookies, case.headers = {}, dict(ann.headers)
        statuses.append(case.call().status_code)
        assert statuses[-1] < 500, case.as_curl_command()

    operations = [result.ok() for result in schema.get_all_operations()]
    for operation in operations:
        cases(operation, ask)
    assert len(operations) == len(document()["paths"]) + 1  # the door of entries has two
    assert {200, 404} <= set(statuses)


def test_every_batch_that_the_document_allows_or_not_is_answered_at_the_door(schema, client, people, assessor, door):
    client.force_login(people[assessor])
    (sending,) = [one.ok() for one in schema.get_all_operations() if one.ok().method == "post"]
    statuses = []

    def ask(case):
        with suppress(TypeError, ValueError):  # bytes, or what JSON cannot say: the test above sends those
            body = json.dumps(case.body)
            statuses.append(client.post(door, body, content_type="application/json").status_code)
            assert statuses[-1] in {200, 400, 409}, body

    cases(sending, ask)
    assert {200, 400} <= set(statuses)
