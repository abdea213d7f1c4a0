"""An invented inspection with a frozen list, a drawn sample and assessments, some accepted, made as people make it."""

from copy import copy
from datetime import UTC, datetime

import pytest

from inspectorate.fieldwork.actions import append_entries, begin_assessment
from inspectorate.fieldwork.journal import NewEntry
from inspectorate.fieldwork.models import Assessment
from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection, join_team
from inspectorate.inspections.models import Inspection
from inspectorate.methodology import editions
from inspectorate.people.models import User
from inspectorate.ratings.invented import invent
from inspectorate.ratings.scored import forget_everything
from inspectorate.register.models import Body
from inspectorate.sampling.actions import ListedCase, enter_list
from tests.stages.conftest import CAST, make_people, make_trust, put_sample

LEAD, ASSESSOR, CHIEF = ("user", "a-lead-inspector"), ("user", "an-assessor"), ("user", "a-chief-inspector")
CONTACT, LOCAL, OUTSIDER = ("user", "a-body-contact"), ("user", "a-local-assessor"), ("user", "another-lead-inspector")
SYSTEM = ("system", "tests")
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SEED = f"{7:032x}"


class Made:
    """The inspection as it was invented, and what may be done to it in a test."""

    def __init__(self, inspection, invented):
        self.inspection, self.invented = inspection, invented
        self.number = inspection.pk * 100_000  # entries of two inspections never share an id
        self.assessments = {}

    def begin(self):
        """Assess every case of the sample as it was invented; nothing is accepted yet."""
        self.at("fieldwork")
        rows = {}
        for case, *cells in self.invented.answers[1:]:
            rows.setdefault(case, []).append(cells)
        for case_list in self.inspection.case_lists.all():
            for case in case_list.cases.filter(reference__in=rows, drawn__role="drawn"):
                made = begin_assessment(case=case, assessor=ASSESSOR, by=SYSTEM)
                self.assessments[case.reference] = made
                self.write(made, rows[case.reference])
        return self

    def write(self, assessment, rows):
        entries = []
        for question, value, reasons in rows:
            entries.append(self.entry(question, value))
            entries += [self.entry(question, reasons, part="reasons")] if reasons else []
        delivery = append_entries(assessment=assessment, entries=entries, by=SYSTEM)
        assert delivery.refused == ()

    def send(self, assessment, *entries):
        """Let entries come in while an assessment is written in fieldwork, and put all back where it stood."""
        stood = type(assessment).objects.values_list("state", flat=True).get(pk=assessment.pk)
        at = self.inspection.state
        self.at("fieldwork")
        type(assessment).objects.filter(pk=assessment.pk).update(state="begun")
        delivery = append_entries(assessment=assessment, entries=entries, by=SYSTEM)
        type(assessment).objects.filter(pk=assessment.pk).update(state=stood)
        self.at(at)
        assert delivery.refused == ()

    def entry(self, question, value="", **changed):
        self.number += 1
        return NewEntry(f"{self.number:032x}", "a-tablet", self.number, question, AT, value, **changed)

    def accept(self, *references):
        """Accept the assessments of these cases, or of all."""
        self.put("accepted", *references)
        return self

    def put(self, state, *references):
        for reference in references or self.assessments:
            assessment = self.assessments[reference]
            assessment.state = state
            assessment.save(update_fields=["state"])

    def at(self, state):
        """Put the inspection at a state of its life, without the way there."""
        Inspection.objects.filter(pk=self.inspection.pk).update(state=state, announced_at=AT)
        self.inspection.refresh_from_db()
        return self


def made_inspection(code, cases, listed, body):
    edition = editions.load(code)
    invented = invent(edition, cases, listed, SEED)
    new = NewInspection(title="Westmoor 2026", modules=[NewModule(code)], body=body, invented=True)
    inspection = arrange_inspection(inspection=new, by=LEAD)
    join_team(inspection=inspection, user=User.objects.get(public_id=ASSESSOR[1]), role="inspector", by=LEAD)
    join_team(inspection=inspection, user=User.objects.get(public_id=LOCAL[1]), role="local_assessor", by=LEAD)
    heads = invented.case_list[0]
    for kind, size in cases.items():
        listed_cases = [
            ListedCase(row[0], row[2], dict(zip(heads[3:], row[3:], strict=True)))
            for row in invented.case_list[1:]
            if row[1] == kind
        ]
        case_list = enter_list(inspection=inspection, kind=kind, cases=listed_cases, by=LEAD)
        put_sample(case_list, size, SEED)  # the seed of the invention: the same cases are drawn
    return Made(inspection, invented)


@pytest.fixture(scope="module")
def ground(for_the_module):  # noqa: ARG001 - it opens the database
    """The key of the trust, made once for all tests of a module, with everybody in the cast."""
    make_people()
    return make_trust().pk


@pytest.fixture(scope="module")
def adult_once(ground):
    return made_inspection("iaow/2013", {"case": 6}, {"case": 30}, Body.objects.get(pk=ground)).begin()


@pytest.fixture(scope="module")
def youth_once(ground):
    sizes, listed = {"court": 5, "out_of_court": 4}, {"court": 30, "out_of_court": 12}
    return made_inspection("youth/2018", sizes, listed, Body.objects.get(pk=ground)).begin().at("rating")


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What another test did, and what was undone then, is not what stands in the database now."""
    forget_everything()


def read_again(made):
    """Return what was made for the module as it stands in the database, to be changed by one test."""
    again = copy(made)
    again.inspection = Inspection.objects.get(pk=made.inspection.pk)
    found = Assessment.objects.in_bulk([one.pk for one in made.assessments.values()])
    again.assessments = {reference: found[one.pk] for reference, one in made.assessments.items()}
    return again


@pytest.fixture
def people(ground, db):  # noqa: ARG001 - it opens the database
    made = {user.name: user for user in User.objects.all()}
    return {name: made[name] for name in CAST}


@pytest.fixture
def body(ground, db):  # noqa: ARG001 - it opens the database
    return Body.objects.get(pk=ground)


@pytest.fixture
def trust(body):
    return body


@pytest.fixture
def adult(adult_once, db):  # noqa: ARG001 - it opens the database
    """6 of 30 cases under iaow/2013 assessed, none accepted."""
    return read_again(adult_once)


@pytest.fixture
def youth(youth_once, db):  # noqa: ARG001 - it opens the database
    """A rated inspection of two kinds of case, 5 and 4 assessed, none accepted, at the ratings."""
    return read_again(youth_once)
