"""What is somebody's to do about lists and samples; each asks the database once."""

from datetime import UTC, datetime

import pytest

from inspectorate.inspections.models import Inspection
from inspectorate.people.access import person_of
from inspectorate.sampling.actions import (
    propose_extension,
    propose_replacement,
    say_none_eligible,
    settle_list,
    supersede_list,
)
from inspectorate.sampling.tasks import tasks_of
from tests.stages.conftest import ASSESSOR, CHIEF, LEAD
from tests.stages.sampling.conftest import as_csv, row

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def asked(django_assert_num_queries):
    def tasks(name):
        person = person_of(name)
        with django_assert_num_queries(1):
            return tasks_of(person, NOW)

    return tasks


def test_the_body_is_asked_for_its_list_until_a_case_is_on_it(asked, announced, contact, hand_in):
    task = asked(contact)[0]
    assert (task.title, task.about) == ("Upload the case list", announced.title)
    assert task.href == f"/inspections/{announced.public_id}/list/case/upload/"
    hand_in(as_csv([row(2)]))
    assert asked(contact) == []


def test_the_body_is_not_asked_where_no_case_is_eligible_and_asked_again_if_that_was_wrong(asked, announced, contact):
    settled = say_none_eligible(inspection=announced, kind="case", why="The body is new.", by=LEAD)
    Inspection.objects.update(state="announced")
    assert asked(contact) == []
    supersede_list(case_list=settled, why="There are some after all.", by=LEAD)
    assert len(asked(contact)) == 1


def test_the_body_is_not_asked_before_it_is_told(asked, inspection, contact):
    assert inspection.state == "arranged"
    assert asked(contact) == []


def test_a_second_person_is_asked_for_their_word_and_the_first_is_not(asked, announced, long_list):
    assert announced
    place = settle_list(case_list=long_list, by=LEAD).drawn_cases.get(role="drawn", order=1)
    assert asked(CHIEF) == []
    propose_replacement(drawn_case=place, why="The building was flooded.", by=LEAD)
    assert asked(CHIEF)[0].title == "Decide whether a case leaves the sample"
    assert asked(LEAD) == []


def test_a_second_person_is_asked_whether_the_sample_is_extended(asked, announced, long_list):
    assert announced
    settle_list(case_list=long_list, by=LEAD)
    propose_extension(case_list=long_list, cases=2, why="A second unit.", by=LEAD)
    assert asked(CHIEF)[0].title == "Decide whether the sample is extended"
    assert asked(LEAD) == []


def test_an_inspector_has_nothing_to_do_here(announced):
    assert announced
    assert tasks_of(person_of(ASSESSOR), NOW) == []
