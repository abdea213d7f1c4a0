"""The scores of a file beside a published result of the same programme, on its page and as a file."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from inspectorate.ratings import actions
from inspectorate.ratings.intake import HandedIn
from inspectorate.ratings.invented import own_sheet
from inspectorate.ratings.queries import printed_rows
from inspectorate.register.actions import load_published_record
from inspectorate.register.models import PublishedResult

from .conftest import VISITOR
from .test_reading import MOST_QUERIES, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(db):  # noqa: ARG001 - it opens the database
    """The published record, and a sheet that a service has filled in."""
    load_published_record(by=("system", "demo"))
    return actions.hand_in(handed_in=HandedIn("iaow/2013", own_sheet(), title="Kent, own cases"), by=VISITOR)


def against(name="Kent"):
    row = next(row for row in printed_rows("iaow/2013", at=timezone.now()) if row.body.name == name)
    return f"against={row.table.programme_year.year}/{row.table.code}/{row.visit}/{row.body.public_id}"


def test_a_page_offers_the_published_results_of_its_programme_alone(client, own):
    page = words(client.get(own.get_absolute_url()))
    assert "Kent, 2013-14 (protecting children)" in page
    assert "Camden" not in page


def test_scores_stand_beside_what_was_published(client, own):
    page = words(client.get(f"{own.get_absolute_url()}?{against()}"))
    assert "Own score 74 per cent, inspectors' 58: 16 points higher." in page.replace("&#x27;", "'")
    assert "The published figure has no interval, so how sure it is cannot be said" in page
    assert "seldom look at the same cases" in page


def test_the_comparison_comes_as_a_file(client, own):
    answer = client.get(f"{own.get_absolute_url()}beside.csv?{against()}")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    risk = next(row for row in rows if row["code"] == "protecting_the_public")
    assert (risk["own_per_cent"], risk["published_per_cent"], risk["difference"]) == ("74", "58", "16")


@pytest.mark.parametrize("asked", ["", "against=2013-14/nothing/original/nobody"])
def test_what_was_not_published_is_not_compared(client, own, asked):
    assert client.get(f"{own.get_absolute_url()}?{asked}").status_code == 200
    assert client.get(f"{own.get_absolute_url()}beside.csv?{asked}").status_code == 404


def test_what_is_under_embargo_is_as_if_it_were_not(client, own):
    asked = against()
    PublishedResult.objects.filter(row__body__name="Kent").update(visible_from=timezone.now() + timedelta(hours=1))
    assert "Kent, 2013-14" not in words(client.get(own.get_absolute_url()))
    assert client.get(f"{own.get_absolute_url()}beside.csv?{asked}").status_code == 404


def test_a_breakdown_and_a_comparison_stay_together_in_the_address(client, own, file):  # noqa: ARG001 - own loads
    asked = against()
    page = client.get(f"{file.get_absolute_url()}?by=provider&{asked}").content.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    assert hidden == [("by", "provider"), tuple(asked.split("=")), *hidden[2:]]


def test_a_comparison_asks_little_of_the_database(client, own, django_assert_max_num_queries):
    asked = against()
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(f"{own.get_absolute_url()}?{asked}")


def test_an_edition_whose_programme_has_nothing_published_offers_no_comparison(client, youth):
    assert "Compare with a published result" not in words(client.get(youth.get_absolute_url()))
