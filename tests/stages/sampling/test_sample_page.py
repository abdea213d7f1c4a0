"""The page of a drawn sample: what it says where little or nothing is left, and to whom."""

import re

import pytest

from inspectorate.sampling.actions import settle_list
from inspectorate.sampling.models import DrawnCase
from inspectorate.sampling.queries import characteristics_of
from tests.stages.conftest import LEAD
from tests.stages.sampling.conftest import as_csv, extend_by_two, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(hand_in):
    """The sample of sixty cases, of which the edition draws fifty."""
    return settle_list(case_list=hand_in(as_csv([row(n) for n in range(1, 61)]))[0].case_list, by=LEAD)


def text(page):
    return re.sub(r"\s+", " ", page.content.decode())


def address(sample):
    return f"{sample.case_list.inspection.get_absolute_url()}sample/case/"


def test_the_contact_of_a_body_reads_how_a_sample_was_extended_in_twelve_queries(
    as_, drawn, contact, django_assert_max_num_queries
):
    extend_by_two(drawn.case_list, 2, "A second unit.")
    characteristics_of.cache_clear()
    body = as_(contact)
    with django_assert_max_num_queries(12):
        page = text(body.get(address(drawn)))
    assert "2 cases more came in from the reserve: A second unit." in page


def test_where_the_whole_list_is_in_the_sample_the_page_says_so_once_and_what_can_be_done(as_, hand_in):
    everything = settle_list(case_list=hand_in(as_csv([row(n) for n in range(1, 13)]))[0].case_list, by=LEAD)
    page = text(as_(LEAD).get(address(everything)))
    assert page.count("Every case on the list is in the sample, so there is no reserve.") == 1
    assert "there is nothing to compare" in page
    assert "second person has to agree" in page
    assert ">Replace<" not in page
    assert page.count(">Propose that it leave<") == 12
    assert "Nothing is left in the reserve" not in page


def test_a_stratum_without_a_reserve_says_what_can_be_done_and_the_others_are_replaced(as_, drawn):
    by_stratum = DrawnCase.objects.filter(sample=drawn, role="reserve")
    low = by_stratum.first().case.stratum
    by_stratum.filter(case__stratum=low).delete()
    page = text(as_(LEAD).get(address(drawn)))
    assert page.count("Nothing is left in the reserve of this stratum. A case of it can leave without another") == 1
    inside = DrawnCase.objects.filter(sample=drawn, role="drawn", case__stratum=low).count()
    assert page.count(">Propose that it leave<") == inside
    assert page.count(">Replace<") == 50 - inside
