"""An interest in a body holds for what it was before and what it has become, in whatever asks."""

from datetime import date
from pathlib import Path

import pytest

import inspectorate
from inspectorate.people.access import person_of_user
from inspectorate.people.models import Role, Tie, User
from inspectorate.register.actions import NewBody, merge_bodies, register_body, rename_body, split_body
from inspectorate.register.queries import barred_bodies, line_of

pytestmark = pytest.mark.django_db
SYSTEM = ("system", "tests")


def team(name):
    return NewBody(name, kind="youth_offending_team", nation="england", region="Moors", invented=True)


@pytest.fixture
def line(db):  # noqa: ARG001 - it opens the database
    """Old East and Old West merged into Moors, which was renamed Fens, which split into North and South."""
    old = [register_body(body=team(name), by=SYSTEM) for name in ("Old East", "Old West")]
    moors = merge_bodies(bodies=old, into=team("Moors"), on=date(2010, 4, 1), by=SYSTEM)
    fens = rename_body(body=moors, name="Fens", on=date(2012, 4, 1), by=SYSTEM)
    parts = split_body(body=fens, into=[team("North"), team("South")], on=date(2014, 4, 1), by=SYSTEM)
    return {body.name: body.public_id for body in (*old, moors, fens, *parts)}


@pytest.mark.parametrize(
    ("tied", "barred"),
    [
        ("Old East", {"Old East", "Moors", "Fens", "North", "South"}),
        ("Fens", {"Old East", "Old West", "Moors", "Fens", "North", "South"}),
        ("North", {"Old East", "Old West", "Moors", "Fens", "North"}),
    ],
)
def test_the_line_of_a_body_goes_back_and_forward_and_never_sideways(line, tied, barred):
    assert line_of([line[tied]]) == {line[name] for name in barred}


def test_no_body_has_no_line_and_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert line_of([]) == frozenset()


def tied(role, *ties):
    user = User.objects.create(username="somebody", email="somebody@example.org", role=role)
    for kind, body in ties:
        told = {"subject_kind": "body", "subject_id": body, "declared_at": "2026-01-01T00:00Z"}
        Tie.objects.create(user=user, kind=kind, **told)
    return person_of_user(user)


def test_an_interest_bars_from_the_whole_line_and_is_worked_out_once(line, django_assert_num_queries):
    person = tied(Role.INSPECTOR, (Tie.Kind.FAMILY, line["Old East"]))
    with django_assert_num_queries(1):
        assert line["South"] in barred_bodies(person)
        assert line["Old West"] not in barred_bodies(person)


def test_a_contact_is_not_barred_from_the_body_they_speak_for(line):
    person = tied(Role.BODY_CONTACT, (Tie.Kind.WORKS_FOR, line["North"]), (Tie.Kind.WORKED_FOR, line["Fens"]))
    assert line["North"] not in barred_bodies(person)
    assert {line["Fens"], line["South"]} <= barred_bodies(person)


def test_nothing_asks_for_an_interest_in_a_body_without_its_line():
    package = Path(inspectorate.__file__).parent
    asking = [path.name for path in package.rglob("*.py") if 'interests("body")' in path.read_text()]
    assert asking == ["lines.py"]
