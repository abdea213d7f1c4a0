"""Invented inspections in the database, entered by the actions that people use."""

from datetime import UTC, datetime
from itertools import count

import pytest

from inspectorate.fieldwork.actions import append_entries, begin_assessment
from inspectorate.fieldwork.journal import NewEntry
from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection
from inspectorate.inspections.models import Inspection
from inspectorate.methodology import editions
from inspectorate.ratings.in_database import Scope
from inspectorate.ratings.invented import invent
from inspectorate.sampling.actions import ListedCase, enter_list

LEAD, ASSESSOR, SYSTEM = ("user", "a-lead-inspector"), ("user", "an-assessor"), ("system", "tests")
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def accepted(assessment):
    """Let an assessment count, whatever stands in it."""
    assessment.state = "accepted"
    assessment.save(update_fields=["state"])
    return assessment


@pytest.fixture
def accept():
    return accepted


class Journal:
    """One device that writes what is answered; every seventh answer was another one first, every ninth was resent."""

    def __init__(self):
        self.numbers = count(1)

    def entry(self, question, value, part="answer", supersedes=None):
        number = next(self.numbers)
        return NewEntry(f"{number:032x}", "a-tablet", number, question, AT, value, "", part, supersedes)

    def answer(self, question, value, other):
        """Return the entries of one answer, the last of which is current."""
        if next(self.numbers) % 7:
            return [self.entry(question, value)]
        first = self.entry(question, other)
        return [first, self.entry(question, value, supersedes=first.id)]

    def assess(self, case, edition, rows):
        assessment = begin_assessment(case=case, assessor=ASSESSOR, by=SYSTEM)
        entries = []
        for _, question, value, reasons in rows:
            other = edition.form.question(question).options[0].code
            entries += self.answer(question, value, other)
            entries += [self.entry(question, reasons, part="reasons")] if reasons else []
        for first in range(0, len(entries), 60):
            append_entries(assessment=assessment, entries=entries[first : first + 60], by=SYSTEM)
        append_entries(assessment=assessment, entries=entries[::9], by=SYSTEM)
        return accepted(assessment)


def put_at(inspection, state):
    """Put an inspection at a state of its life, without the way there."""
    Inspection.objects.filter(pk=inspection.pk).update(state=state)
    inspection.state = state


def _store(title, edition, made, journal):
    new = NewInspection(title=title, modules=[NewModule(edition.code)], area=title)
    inspection = arrange_inspection(inspection=new, by=LEAD)
    for kind in edition.form.kinds:
        listed = [ListedCase(row[0], row[2]) for row in made.case_list[1:] if row[1] == kind.code]
        if not listed:
            continue
        put_at(inspection, "arranged")
        case_list = enter_list(inspection=inspection, kind=kind.code, cases=listed, by=LEAD)
        put_at(inspection, "fieldwork")
        for case in case_list.cases.order_by("reference"):
            rows = [row for row in made.answers[1:] if row[0] == case.reference]
            if rows:
                journal.assess(case, edition, rows)
    return inspection


@pytest.fixture
def store(people):  # noqa: ARG001 - they open the database
    """Invent an inspection, put it into the database, and return what was invented and the inspection."""
    journal = Journal()

    def storing(code, cases, listed, seed="1"):
        edition = editions.load(code)
        made = invent(edition, cases, listed, seed)
        return made, _store(f"Inspection {seed}", edition, made, journal)

    return storing


@pytest.fixture
def scope():
    """Return the scope of some inspections by one edition."""

    def scoping(code, *inspections, **changed):
        chosen = Inspection.objects.filter(pk__in=[inspection.pk for inspection in inspections])
        return Scope(editions.load(code), chosen, **changed)

    return scoping
