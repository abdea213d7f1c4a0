"""What stands around every page: navigation to what exists, and the line that says what is invented."""

import pytest
from django.test import RequestFactory, override_settings
from django.urls import include, path

from inspectorate.config.desk import navigation

urlpatterns = [
    path("", include("inspectorate.config.desk.urls")),
    path("bodies/", lambda _request: None, name="bodies"),
]


@pytest.fixture
def only_bodies():
    navigation.exists.cache_clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield
    navigation.exists.cache_clear()


@pytest.mark.usefixtures("only_bodies")
def test_only_pages_that_exist_are_led_to_and_the_one_shown_is_marked():
    frame = navigation.frame(RequestFactory().get("/bodies/croydon/"))
    assert frame["navigation"] == [{"href": "/bodies/", "text": "Bodies", "current": True}]
    assert [link["href"] for link in frame["footer_links"]] == ["/accessibility/", "/record/"]


@pytest.mark.usefixtures("only_bodies")
def test_the_start_page_names_only_tasks_that_can_be_done(client):
    page = client.get("/").content.decode()
    assert "Look up a body" in page
    assert "Read the standards" not in page


@pytest.mark.parametrize("shown", [True, False])
def test_invented_data_are_said_to_be_invented_unless_the_installation_is_real(client, shown):
    with override_settings(DEMONSTRATION=shown):
        page = client.get("/").content.decode()
    assert ("people, cases and running inspections are invented" in page) is shown
    assert ("What is real here, and what is not" in page) is shown
