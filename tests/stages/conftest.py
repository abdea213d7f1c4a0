"""The cast that the stages share: invented people, a trust, an inspection of it, its list of cases, an assessment."""

from datetime import UTC, datetime

import pytest

from inspectorate.fieldwork.actions import begin_assessment
from inspectorate.fieldwork.journal import NewEntry
from inspectorate.fieldwork.models import Allocation
from inspectorate.inspections.actions import NewInspection, NewModule, advance, arrange_inspection, join_team
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.sampling.draw import Listed, draw
from inspectorate.people import security
from inspectorate.people.models import Role, User
from inspectorate.register.actions import NewBody, register_body
from inspectorate.sampling.actions import ListedCase, enter_list, settle_list
from inspectorate.sampling.models import DrawnCase, Sample

LEAD = ("user", "a-lead-inspector")
ASSESSOR = ("user", "an-assessor")
CHIEF = ("user", "a-chief-inspector")
CONTACT = ("user", "a-body-contact")
LOCAL = ("user", "a-local-assessor")
OUTSIDER = ("user", "another-lead-inspector")
CAST = {
    LEAD: ("Rhian Lead", Role.LEAD_INSPECTOR),
    ASSESSOR: ("Ann Assessor", Role.INSPECTOR),
    CHIEF: ("Carys Chief", Role.CHIEF_INSPECTOR),
    CONTACT: ("Bob Contact", Role.BODY_CONTACT),
    LOCAL: ("Lou Local", Role.LOCAL_ASSESSOR),
    OUTSIDER: ("Odd Outsider", Role.LEAD_INSPECTOR),
}


@pytest.fixture(autouse=True)
def own_budgets(monkeypatch):
    """How many lines of the security log may still be written is counted for each test alone."""
    monkeypatch.setattr(security, "BUDGETS", {name: security.Budget(10_000, 10_000) for name in security.BUDGETS})


@pytest.fixture
def people(db):  # noqa: ARG001 - it opens the database
    """Everybody in the cast, by name; Bob speaks for no body until a test says so, and Odd is in no team."""
    return make_people()


def make_people():
    made = {}
    for name, (full_name, role) in CAST.items():
        first, _, last = full_name.partition(" ")
        account = {"username": name[1], "first_name": first, "last_name": last, "role": role}
        made[name] = User.objects.create(public_id=name[1], email=f"{first.lower()}@example.org", **account)
    return made


@pytest.fixture
def lead():
    return LEAD


@pytest.fixture
def assessor():
    return ASSESSOR


@pytest.fixture
def chief():
    return CHIEF


@pytest.fixture
def trust(people):  # noqa: ARG001 - they open the database
    return make_trust()


def make_trust():
    body = NewBody("Westmoor", kind="probation_trust", nation="england", region="Moors", invented=True)
    return register_body(body=body, by=LEAD)


@pytest.fixture
def inspection(trust):
    return make_inspection(trust)


def make_inspection(trust):
    new = NewInspection(title="Westmoor 2013", modules=[NewModule("iaow/2013")], body=trust)
    arranged = arrange_inspection(inspection=new, by=LEAD)
    join_team(inspection=arranged, user=User.objects.get(public_id=ASSESSOR[1]), role="inspector", by=LEAD)
    return arranged


@pytest.fixture
def case_list(inspection):
    cases = [ListedCase(f"C{number:03d}", stratum="high" if number % 3 else "low") for number in range(1, 13)]
    return enter_list(inspection=inspection, kind="case", cases=cases, by=LEAD)


def put_sample(case_list, size, seed):
    """Put a sample into the database as the actions leave it, of any size and by a seed that is given."""
    listed = [Listed(case.reference, case_list.kind, case.stratum) for case in case_list.cases.all()]
    made = draw(listed, seed, size)
    case_list.frozen_at, case_list.digest, case_list.seed = datetime.now(UTC), made.digest, seed
    case_list.save()
    sample = Sample.objects.create(case_list=case_list, size=size, by_rule=size, drawn_at=datetime.now(UTC))
    cases = {case.reference: case for case in case_list.cases.all()}
    for role, part in (("drawn", made.drawn), ("reserve", made.reserve)):
        for order, one in enumerate(part, 1):
            DrawnCase.objects.create(sample=sample, case=cases[one.case], role=role, order=order)
    return sample


@pytest.fixture
def announced(inspection):
    """The inspection, once the body knows of it."""
    holds = {"lead_named", "week_set", "week_ahead"}
    return advance(inspection=inspection, verb="announce", by=LEAD, holds=holds)


@pytest.fixture
def sample(announced, case_list):  # noqa: ARG001 - a sample is drawn once the body knows of the inspection
    """The sample of the list, of the size that the edition works out: all twelve cases. The inspection is sampled."""
    return settle_list(case_list=case_list, by=LEAD)


@pytest.fixture
def long_list(inspection):
    """Sixty cases, of which the edition draws fifty: ten are left in the reserve, five of each stratum."""
    cases = [ListedCase(f"L{number:03d}", stratum="high" if number % 2 else "low") for number in range(1, 61)]
    return enter_list(inspection=inspection, kind="case", cases=cases, by=LEAD)


@pytest.fixture
def assessment(case_list):
    case = case_list.cases.get(reference="C001")
    given(case, ASSESSOR)
    in_fieldwork(case_list.inspection)
    return begin_assessment(case=case, assessor=ASSESSOR, by=ASSESSOR)


@pytest.fixture
def give():
    """Give a case to somebody, for tests that are not about allocating."""
    return given


def given(case, name):
    at = datetime.now(UTC)
    case.allocations.filter(ended_at__isnull=True).update(ended_at=at, ended_because="for a test")
    return Allocation.objects.create(case=case, assessor=User.objects.get(public_id=name[1]), allocated_at=at)


def in_fieldwork(inspection):
    """Put an inspection into fieldwork without its story before that, for tests that are not about it."""
    Inspection.objects.filter(pk=inspection.pk).update(state="fieldwork")
    inspection.state = "fieldwork"


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
