"""The page of a drawn sample: what it says where little or nothing is left, and to whom."""

import re

import pytest

from inspectorate.sampling.actions import extend_sample, settle_list
from inspectorate.sampling.queries import characteristics_of
from tests.stages.conftest import LEAD
from tests.stages.sampling.conftest import as_csv, row

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
    extend_sample(case_list=drawn.case_list, cases=2, why="A second unit.", by=LEAD)
    characteristics_of.cache_clear()
    body = as_(contact)
    with django_assert_max_num_queries(12):
        page = text(body.get(address(drawn)))
    assert "2 cases more came in from the reserve: A second unit." in page
