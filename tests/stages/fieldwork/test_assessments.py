"""Beginning an assessment."""

import pytest

from inspectorate.fieldwork.actions import begin_assessment
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.record.models import Entry as Line

pytestmark = pytest.mark.django_db


def test_an_assessment_is_begun_in_the_edition_that_the_inspection_pins(assessment, inspection):
    module = inspection.modules.get()
    assert (assessment.edition, assessment.edition_digest) == (module.edition, module.edition_digest)
    assert Line.objects.filter(verb="assessment.begun", subject_id=assessment.public_id).count() == 1


def test_a_case_may_have_several_assessments(assessment, lead, give):
    give(assessment.case, lead)
    begin_assessment(case=assessment.case, assessor=lead, purpose="double", by=lead)
    assert sorted(assessment.case.assessments.values_list("purpose", flat=True)) == ["double", "live"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"purpose": "other"}, Refusal.PURPOSE_UNKNOWN),
        ({"module": "other"}, Refusal.MODULE_UNKNOWN),
        ({}, Refusal.ALREADY_BEGUN),
    ],
)
def test_an_unfit_assessment_is_refused_by_name(assessment, assessor, changed, code):
    with pytest.raises(RefusedError) as refused:
        begin_assessment(**({"case": assessment.case, "assessor": assessor, "by": assessor} | changed))
    assert refused.value.code == code
