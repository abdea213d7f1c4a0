"""What is asked for before a case opens: worked examples, as the file of the programmes has it."""

from datetime import date, timedelta

import pytest

from inspectorate.methodology import editions
from inspectorate.people.models import Role
from inspectorate.people.needed import Held, Lack, kinds_needed, lacks, last_day, of_a_child, programmes

TODAY = date(2026, 11, 26)
CHECK, LOCAL = ("record_check", ""), ("local_assessor_training", "")


def training(edition):
    return ("edition_training", edition)


@pytest.mark.parametrize(
    ("role", "edition", "case", "needs"),
    [
        # who opens it, judged by, what the list says of the case -> what is asked for
        ("inspector", "youth/2021", {}, {CHECK, training("youth/2021")}),
        ("lead_inspector", "fji/2013", {}, {CHECK, training("fji/2013")}),
        ("local_assessor", "sqs/2012", {}, {CHECK, LOCAL, training("sqs/2012")}),
        ("chief_inspector", "youth/2021", {}, {CHECK}),
        ("inspector", "iaow/2013", {"age_group": "25-34"}, {training("iaow/2013")}),
        ("inspector", "iaow/2013", {"age_group": "17"}, {CHECK, training("iaow/2013")}),
        ("inspector", "iaow/2013", {"age_group": "Under 18"}, {CHECK, training("iaow/2013")}),
        ("inspector", "iaow/2013", {"looked_after": "Yes"}, {CHECK, training("iaow/2013")}),
        ("inspector", "iaow/2013", {"child": "yes"}, {CHECK, training("iaow/2013")}),
        ("chief_inspector", "iaow/2013", {"age_group": "35 and over"}, set()),
        ("local_assessor", "iaow/2013", {}, {LOCAL, training("iaow/2013")}),
        ("body_contact", "youth/2021", {}, set()),
    ],
)
def test_what_is_asked_for(role, edition, case, needs):
    assert set(kinds_needed(role, edition, child=of_a_child(edition, case))) == needs


@pytest.mark.parametrize(
    ("ends", "lacking"),
    [
        # the last day -> what is lacking on 26 November 2026
        ([], [Lack("record_check", "", None)]),
        ([date(2026, 11, 26)], []),
        ([date(2026, 11, 25)], [Lack("record_check", "", date(2026, 11, 25))]),
        ([date(2026, 11, 25), date(2029, 11, 25)], []),
        ([date(2024, 1, 1), date(2026, 11, 25)], [Lack("record_check", "", date(2026, 11, 25))]),
    ],
)
def test_it_holds_up_to_its_last_day_and_not_after(ends, lacking):
    held = [Held("record_check", "", day) for day in ends]
    assert list(lacks([CHECK], held, TODAY)) == lacking


def test_training_in_one_edition_is_not_training_in_another():
    held = [Held("edition_training", "iaow/2013", TODAY + timedelta(days=9))]
    assert lacks([training("youth/2021")], held, TODAY) == (Lack("edition_training", "youth/2021", None),)


@pytest.mark.parametrize(
    ("kind", "got", "last"),
    [
        ("record_check", date(2026, 11, 26), date(2029, 11, 26)),
        ("local_assessor_training", date(2026, 1, 31), date(2028, 1, 31)),
        ("record_check", date(2028, 2, 29), date(2031, 2, 28)),
    ],
)
def test_without_another_last_day_it_holds_as_long_as_its_kind(kind, got, last):
    assert last_day(kind, got) == last


def test_the_file_names_roles_and_programmes_that_there_are():
    said = programmes()
    assert {role for kind in said.kinds.values() for role in kind.roles} <= set(Role.values)
    assert said.children <= {code.partition("/")[0] for code in editions.codes()}
    assert said.author
    assert date.fromisoformat(said.next_review) > TODAY


def test_no_digest_of_an_edition_covers_the_file():
    assert not [code for code in editions.codes() if "programmes" in code]
