"""The cast that the stages share: an invented trust, an inspection of it, its list of cases, and an assessment."""

from datetime import UTC, datetime

import pytest

from inspectorate.fieldwork.actions import begin_assessment
from inspectorate.fieldwork.journal import NewEntry
from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection
from inspectorate.register.actions import NewBody, register_body
from inspectorate.sampling.actions import ListedCase, enter_list

LEAD = ("user", "a-lead-inspector")
ASSESSOR = ("user", "an-assessor")


@pytest.fixture
def lead():
    return LEAD


@pytest.fixture
def assessor():
    return ASSESSOR


@pytest.fixture
def trust(db):  # noqa: ARG001 - it opens the database
    body = NewBody("Westmoor", kind="probation_trust", nation="england", region="Moors", invented=True)
    return register_body(body=body, by=LEAD)


@pytest.fixture
def inspection(trust):
    new = NewInspection(title="Westmoor 2013", modules=[NewModule("iaow/2013")], body=trust)
    return arrange_inspection(inspection=new, by=LEAD)


@pytest.fixture
def case_list(inspection):
    cases = [ListedCase(f"C{number:03d}", stratum="high" if number % 3 else "low") for number in range(1, 13)]
    return enter_list(inspection=inspection, kind="case", cases=cases, by=LEAD)


@pytest.fixture
def assessment(case_list):
    return begin_assessment(case=case_list.cases.get(reference="C001"), assessor=ASSESSOR, by=ASSESSOR)


@pytest.fixture
def entry():
    """Make an entry with the id, counter and answer given; the rest is as on any device."""
    return new_entry


def new_entry(number, value="sufficient", **changed):
    facts = {
        "id": f"{number:032x}",
        "device": "a-tablet",
        "counter": number,
        "question": "A01",
        "value": value,
        "device_time": datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    }
    return NewEntry(**(facts | changed))
