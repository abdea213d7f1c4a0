"""A form without its token, and an address that only takes forms, are answered in words."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("people")
def test_a_form_whose_token_is_out_of_date_gives_back_the_words(people, lead):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people[lead])
    strict.cookies["csrftoken"] = "b" * 32
    sent = {"note": "A board that met <twice>", "password": "not to be shown", "csrfmiddlewaretoken": "a" * 64}
    answer = strict.post("/people/me/interests/", sent, headers={"origin": "http://testserver"})
    page = answer.content.decode()
    assert "A board" not in strict.post("/people/me/interests/", sent).content.decode(), "who knows who sent this"
    assert answer.status_code == 403
    assert "<h1" in page
    assert "Nothing was saved" in page
    assert "A board that met &lt;twice&gt;" in page
    assert "not to be shown" not in page
    assert "<style" not in page
    assert "CSRF" not in page


@pytest.mark.usefixtures("people")
def test_an_address_that_only_takes_forms_says_so_to_whoever_opens_it(client, people, lead):
    client.force_login(people[lead])
    answer = client.get("/account/sessions/end-others/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "There is nothing to read at this address" in answer.content.decode()
    assert answer["Content-Length"] == str(len(answer.content))
