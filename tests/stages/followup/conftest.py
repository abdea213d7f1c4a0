"""The cast of follow-up: a result that is public."""

from tests.stages.publication.conftest import confirmed, proposed, public, signed_off
from tests.stages.reports.conftest import draft, drafting, written

__all__ = ["confirmed", "draft", "drafting", "proposed", "public", "signed_off", "written"]
