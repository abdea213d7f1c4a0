"""Lists as bodies hand them in, and the people who do it."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import Workbook

from inspectorate.people.models import Tie, User
from inspectorate.sampling.actions import decide_proposal, propose_extension, upload_list
from inspectorate.sampling.listed import File
from tests.stages.conftest import CHIEF, CONTACT, LEAD, LOCAL

HEADS = "case,sex,ethnicity,age_group,disability,sentence,offence,risk_level"


def row(number, **changed):
    facts = {
        "case": f"W24/{number:04d}",
        "sex": "female" if number % 5 == 0 else "male",
        "ethnicity": ["white", "black", "asian", "mixed"][number % 4],
        "age_group": ["18-24", "25-34", "35 and over"][number % 3],
        "disability": "yes" if number % 6 == 0 else "no",
        "sentence": ["community order", "licence"][number % 2],
        "offence": ["violence", "theft", "drugs"][number % 3],
        "risk_level": ["high", "medium", "low"][number % 3],
    }
    return list((facts | changed).values())


def extend_by_two(case_list, cases, why, by=LEAD):
    """Extend a sample as it is done: the lead asks, the chief inspector agrees."""
    return decide_proposal(
        proposal=propose_extension(case_list=case_list, cases=cases, why=why, by=by), agree=True, by=CHIEF
    )


def as_csv(rows, heads=HEADS):
    return (heads + "\n" + "".join(",".join(map(str, one)) + "\n" for one in rows)).encode()


def as_xlsx(rows, heads=HEADS, change=lambda _: None):
    book = Workbook()
    book.active.append(heads.split(","))
    for one in rows:
        book.active.append(one)
    change(book)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.fixture
def contact(people, trust):
    """Bob, who speaks for the trust."""
    user = people[CONTACT]
    facts = {"kind": Tie.Kind.WORKS_FOR, "subject_kind": "body", "subject_id": trust.public_id}
    Tie.objects.create(user=user, declared_at="2026-01-01T00:00Z", **facts)
    return CONTACT


@pytest.fixture
def hand_in(announced):
    """Hand in a file for the list, and return what came of it and whether it is the same again."""

    def send(content, name="list.csv", by=LEAD, **more):
        return upload_list(inspection=announced, kind="case", file=File(name, content), by=by, **more)

    return send


@pytest.fixture
def local(announced, people):
    """Lou, a local assessor in the team."""
    from inspectorate.inspections.actions import join_team  # noqa: PLC0415 - for this fixture alone

    join_team(inspection=announced, user=people[LOCAL], role="local_assessor", by=LEAD)
    return LOCAL


@pytest.fixture
def as_(db):  # noqa: ARG001 - it opens the database
    """Return a browser in which somebody is signed in."""

    def signed_in(name):
        client = Client()
        client.force_login(User.objects.get(public_id=name[1]))
        return client

    return signed_in
