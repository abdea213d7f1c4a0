"""NUL in an address or a query asks the database for nothing that it cannot be asked for."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from inspectorate.config.no_nul import TakeOutNul


def test_neither_the_address_nor_the_query_has_it_any_more():
    request = RequestFactory().get("/inspections/a%00b/?q=West%00moor")
    TakeOutNul(lambda _: HttpResponse())(request)
    assert "\0" not in request.path_info
    assert request.GET["q"] == "Westmoor"


@pytest.mark.django_db
def test_what_is_left_of_the_query_is_looked_for(client):
    assert 'value="Westmoor"' in client.get("/results/?q=West%00moor").content.decode()
    assert client.get("/results/a%00b/").status_code == 404
