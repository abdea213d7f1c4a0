"""The pages that say what went wrong: in our look, in plain words, and without a database where it matters."""

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views import defaults

ASK = RequestFactory().get("/somewhere/")
ANSWERS = [
    (400, defaults.bad_request, (ValueError(),), "This request cannot be read"),
    (403, defaults.permission_denied, (PermissionDenied("Only the lead inspector may do this."),), "You may not see"),
    (404, defaults.page_not_found, (ValueError("no"),), "There is no page here"),
    (500, defaults.server_error, (), "Something went wrong on our side"),
]


@pytest.mark.parametrize(("code", "view", "error", "words"), ANSWERS, ids=[str(row[0]) for row in ANSWERS])
def test_an_error_page_has_our_look_and_needs_no_database(code, view, error, words):
    answer = view(ASK, *error)
    page = answer.content.decode()
    assert answer.status_code == code
    assert f'<h1 class="govuk-heading-xl">{words}' in page
    assert "ui/inspectorate." in page
    assert 'lang="en"' in page


def test_a_refusal_is_shown_in_its_own_words():
    page = defaults.permission_denied(ASK, PermissionDenied("Only the lead inspector may do this.")).content.decode()
    assert "Only the lead inspector may do this." in page


def test_a_page_that_is_not_there_never_shows_its_address():
    page = defaults.page_not_found(RequestFactory().get("/<script>/"), ValueError()).content.decode()
    assert "&lt;script&gt;" not in page
    assert "<script" not in page


def test_an_error_page_needs_no_context_at_all():
    assert "<main" in render_to_string("500.html")
