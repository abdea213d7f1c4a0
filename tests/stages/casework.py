"""An inspection whose sample is drawn, and answers to all that is asked."""

from datetime import UTC, datetime

import numpy as np
import pytest

from inspectorate.fieldwork.actions import append_entries, begin_assessment, submit_assessment
from inspectorate.fieldwork.decided import Maker
from inspectorate.methodology import editions
from inspectorate.methodology.forms import ABSENT
from inspectorate.people.models import Tie
from inspectorate.sampling.models import DrawnCase, Sample

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def sample(case_list):
    """Six cases are drawn of twelve; the inspection is where cases are allocated."""
    drawn = Sample.objects.create(case_list=case_list, size=6, by_rule=6, drawn_at=AT)
    places = [("drawn", order) for order in range(1, 7)] + [("reserve", order) for order in range(1, 7)]
    DrawnCase.objects.bulk_create(
        DrawnCase(sample=drawn, case=case, role=role, order=order)
        for case, (role, order) in zip(case_list.cases.order_by("reference"), places, strict=True)
    )
    inspection = case_list.inspection
    type(inspection).objects.filter(pk=inspection.pk).update(state="sampled")
    inspection.state = "sampled"
    return drawn


@pytest.fixture
def tie(people):
    """Tie a person to a case or a body."""

    def tying(name, subject_kind, subject, kind="case_known"):
        return Tie.objects.create(
            user=people[name], kind=kind, subject_kind=subject_kind, subject_id=subject.public_id, declared_at=AT
        )

    return tying


def everything(code="iaow/2013", kind="case", word="sufficient", **but):
    """Return one entry for every question asked, answered alike where the options allow it."""
    form = editions.load(code).form
    found, maker = [], Maker("e" * 32, AT)
    chosen = form.kind(kind)
    values = np.full((1, len(chosen.questions)), ABSENT, dtype=np.int8)
    asked, held = np.ones(values.shape, dtype=np.bool_), {}
    for column, question in enumerate(chosen.questions):
        form.route(chosen, values, column, asked, held)
        if not asked[0, column]:
            continue
        codes = [option.code for option in question.options]
        value = but.get(question.code, word if word in codes else codes[0])
        values[0, column] = codes.index(value)
        found.append(maker.entry((question.code, "answer"), (value, ""), None))
    return found


@pytest.fixture
def begun(sample, give, assessor):
    """The first case of the sample is Ann's, fieldwork is under way, and she has begun."""
    case = sample.case_list.cases.get(reference="C001")
    give(case, assessor)
    inspection = sample.case_list.inspection
    type(inspection).objects.filter(pk=inspection.pk).update(state="fieldwork")
    case.case_list.inspection.refresh_from_db()
    return begin_assessment(case=case, assessor=assessor, by=assessor)


@pytest.fixture
def submitted(begun, assessor):
    """Every question is answered, and it is handed in."""
    append_entries(assessment=begun, entries=everything(), by=assessor)
    return submit_assessment(assessment=begun, by=assessor)
