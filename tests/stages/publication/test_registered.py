"""What goes into the register of a released result: nothing that its public page holds back."""

import pytest

from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection
from inspectorate.publication.registered import body_results
from inspectorate.register.actions import NewBody, register_body
from tests.stages.conftest import LEAD
from tests.stages.publication.test_public_page import results, scored

pytestmark = pytest.mark.django_db


def told(inspection, **found):
    """Return the per cents that are recorded, by body and measure."""
    recorded = body_results(inspection, results(**found))
    return {one.body.name: {code: value[0] for code, value in one.values.items()} for one in recorded}


def test_a_score_of_four_cases_is_not_recorded_of_the_body(inspection):
    assert told(inspection, scores=[scored("a", 4), scored("b", 5)]) == {"Westmoor": {"b": 75}}


def test_the_part_of_a_provider_with_few_cases_is_not_recorded_nor_what_would_tell_of_it(trust):
    facts = {"kind": "probation_trust", "nation": "england", "region": "Moors", "invented": True}
    others = [register_body(body=NewBody(name, **facts), by=LEAD) for name in ("Eastmoor", "Northmoor")]
    new = NewInspection("Moors", modules=[NewModule("iaow/2013")], area="The Moors", providers=[trust, *others])
    parts = [
        {"value": name, "cases": cases, "scores": [scored("a", cases), scored("few", 3)]}
        for name, cases in (("Westmoor", 30), ("Eastmoor", 9), ("Northmoor", 2))
    ]
    area = arrange_inspection(inspection=new, by=LEAD)
    assert told(area, by={"provider": parts}) == {"Westmoor": {"a": 75}}
