"""A released result as the public may see it: the frozen content of the signed report, small numbers held back.

Pages and files are made from the same ``PublicResult``, so that none of them says more than another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from inspectorate.inspections.models import Inspection
from inspectorate.methodology.small_numbers import public_results
from inspectorate.publication.models import Release
from inspectorate.reports.models import SignedReport


@dataclass(frozen=True)
class PublicResult:
    """What may be seen of one release. ``results`` is the frozen payload with small numbers held back."""

    public_id: str
    inspection: Inspection
    signed: SignedReport
    visible_from: datetime
    results: Mapping[str, Any]

    @property
    def content(self) -> Mapping[str, Any]:
        """The report as it was signed, its results as they may be seen."""
        return {**self.signed.content, "results": self.results}

    @cached_property
    def headline(self) -> list[dict[str, Any]]:
        """The headline scores, in the order of the edition."""
        return [score for score in self.results["scores"] if score.get("headline")]

    @cached_property
    def others(self) -> list[dict[str, Any]]:
        """The other scores."""
        return [score for score in self.results["scores"] if not score.get("headline")]

    @property
    def overall(self) -> dict[str, Any] | None:
        """The overall rating, where the edition has one."""
        found: dict[str, Any] | None = self.results.get("overall")
        return found

    @property
    def standards(self) -> list[dict[str, Any]]:
        """The rated standards."""
        return list(self.results.get("standards", []))

    def step(self, code: str) -> dict[str, Any] | None:
        """Return a score, a standard or the overall rating by its code."""
        every = [*self.results["scores"], *self.standards, *([self.overall] if self.overall else [])]
        return next((one for one in every if one["code"] == code), None)

    @cached_property
    def findings(self) -> list[dict[str, Any]]:
        """The findings that may be shown, the weakest first."""
        return [one for one in self.results.get("findings", []) if not one.get("held_back") and one["applicable"]]

    @cached_property
    def findings_held_back(self) -> int:
        """How many findings rest on too few cases to be shown."""
        return sum(1 for one in self.results.get("findings", []) if one.get("held_back"))


def as_public(release: Release) -> PublicResult:
    """Return a release as the public may see it."""
    held = public_results(release.signed_report.content["results"])
    return PublicResult(release.public_id, release.inspection, release.signed_report, release.visible_from, held)


def as_preview(inspection: Inspection, signed: SignedReport, moment: datetime) -> PublicResult:
    """Return what would be public of a signed report."""
    return PublicResult("", inspection, signed, moment, public_results(signed.content["results"]))
