"""The overview counts the cases that whoever looks at it may know of."""

import re

import pytest

from inspectorate.fieldwork.actions import allocate_cases
from inspectorate.inspections.actions import join_team
from inspectorate.inspections.models import Inspection
from inspectorate.people.models import Tie
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL

pytestmark = pytest.mark.django_db
HEAD = {"On the case list": 12, "In the sample": 6}
COUNTS = HEAD | {"With an assessor": 3, "Handed in": 1, "Accepted": 0}


@pytest.fixture
def under_way(sample, people, submitted):
    """Six of twelve cases are drawn, three given, one handed in; the body knows of the inspection."""
    cases = list(sample.case_list.cases.order_by("reference")[:6])
    others = [case for case in cases if case.pk != submitted.case.pk][:2]
    inspection = submitted.case.case_list.inspection
    allocate_cases(inspection=inspection, wishes=[(case, people[ASSESSOR]) for case in others], by=LEAD)
    Inspection.objects.filter(pk=inspection.pk).update(announced_at="2026-11-01T00:00Z")
    join_team(inspection=inspection, user=people[LOCAL], role="local_assessor", by=LEAD)
    facts = {"kind": Tie.Kind.WORKS_FOR, "subject_kind": "body", "subject_id": inspection.body.public_id}
    Tie.objects.create(user=people[CONTACT], declared_at="2026-01-01T00:00Z", **facts)
    return inspection


def counts(page):
    found = re.search(r'<dl class="ins-so-far">(.*?)</dl>', page.content.decode(), re.DOTALL)
    pairs = re.findall(r"<dt>(.*?)</dt><dd><a [^>]*>(\d+)<", found.group(1)) if found else []
    return {words: int(number) for words, number in pairs}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (LEAD, COUNTS),
        (CHIEF, COUNTS),
        (ASSESSOR, COUNTS),
        (LOCAL, {words: number for words, number in COUNTS.items() if words not in HEAD}),
        (CONTACT, HEAD),
    ],
)
def test_each_role_sees_the_counts_of_the_pages_it_may_read(
    client, people, under_way, who, seen, django_assert_max_num_queries
):
    client.force_login(people[who])
    with django_assert_max_num_queries(12):
        page = client.get(under_way.get_absolute_url())
    assert counts(page) == seen


def test_a_case_of_an_interest_is_not_counted(client, people, under_way, submitted, tie):
    tie(ASSESSOR, "case", submitted.case)
    client.force_login(people[ASSESSOR])
    assert counts(client.get(under_way.get_absolute_url()))["On the case list"] == 11


def test_where_there_is_no_case_nothing_is_counted(client, people, inspection):
    client.force_login(people[LEAD])
    assert "ins-so-far" not in client.get(inspection.get_absolute_url()).content.decode()
