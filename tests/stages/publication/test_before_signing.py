"""Before a report is signed there is nothing to release."""

import pytest

from inspectorate.methodology.refusals import RefusedError
from inspectorate.publication.actions import propose_release
from inspectorate.publication.refusals import Refusal
from tests.stages.conftest import LEAD, inspection, people, trust
from tests.stages.publication.conftest import MINUTE
from tests.stages.reports.conftest import drafting, written

pytestmark = pytest.mark.django_db
__all__ = ["drafting", "inspection", "people", "trust", "written"]


def test_a_report_that_is_not_signed_cannot_be_released(written):
    with pytest.raises(RefusedError) as told:
        propose_release(inspection=written, visible_from=MINUTE, by=LEAD)
    assert told.value.code == Refusal.NOT_SIGNED
