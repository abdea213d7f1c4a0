"""Erasing what a report was written from, once that is due: what became public stays, and every digest and number."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models, transaction

from inspectorate.inspections.models import Inspection
from inspectorate.people.access import require
from inspectorate.record.actions import append
from inspectorate.record.names import ERASED
from inspectorate.reports.models import (
    Answer,
    Comment,
    Correction,
    Draft,
    Recommendation,
    Reopening,
    SectionVersion,
    SignedReport,
)

GONE: dict[str, Any] = {"text": {"en": ERASED, "cy": None}, "lines": {"en": [[[ERASED, False]]], "cy": None}}


@transaction.atomic
def forget_drafts(*, inspection: Inspection, public: Collection[str], by: tuple[str, str]) -> int:
    """Erase texts, drafts, comments and answers, and why something was corrected or reopened; return how many rows.

    ``public`` names the signed reports that are public, by public id: those stay as they are, with their
    recommendations. Of the rest its place, its number, its times and its digest stay.
    """
    require(by, "privacy.erase")
    drafts = Draft.objects.filter(inspection=inspection)
    signed = SignedReport.objects.filter(inspection=inspection).exclude(public_id__in=public)
    rows = _forget(SectionVersion.objects.filter(inspection=inspection), "text", written_by_name="")
    rows += _forget(Correction.objects.filter(draft__in=drafts), "reason")
    said = Comment.objects.filter(draft__in=drafts)
    rows += _forget(Answer.objects.filter(comment__in=said), "reason")
    _forget(said, "should_say")
    _forget(said, "evidence")
    rows += _forget(said, "wrong", made_by_name="")
    asked = Reopening.objects.filter(report__inspection=inspection)
    rows += asked.update(reason=ERASED)
    asked.exclude(decision_reason="").update(decision_reason=ERASED)
    dropped = Recommendation.objects.filter(inspection=inspection)
    if signed.count() < SignedReport.objects.filter(inspection=inspection).count():
        dropped = dropped.filter(place__isnull=True)  # the others are public
    rows += dropped.update(text=ERASED, addressee=ERASED)
    for one in (*drafts, *signed):
        rows += type(one).objects.filter(pk=one.pk).forget(content=_without_words(one.content))
    append(stream=inspection.name, by=by, verb="drafts.erased", subject=inspection.name, payload={"rows": rows})
    return rows


def _without_words(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a content without what people wrote: its sections, numbers and figures stand, and so can its page."""
    sections = [
        {**part, "paragraphs": [one | GONE if one["kind"] != "figure" else one for one in part["paragraphs"]]}
        for part in content["sections"]
    ]
    asked = [{**row, "text": GONE["text"], "addressee": ERASED, "rests_on": ""} for row in content["recommendations"]]
    results = _without_reasons(content["results"])
    return {**content, "sections": sections, "recommendations": asked, "results": results}


def _without_reasons(results: Any) -> Any:
    """Return results without the lines of their accounts that tell why, and who: every figure stays."""
    if isinstance(results, Mapping):
        found = {key: _without_reasons(value) for key, value in results.items()}
        if "lines" in found and "sentence" in found:
            found["lines"] = []
        return found | ({"moved": None} if found.get("moved") else {})
    return [_without_reasons(one) for one in results] if isinstance(results, list) else results


def _forget(rows: "models.QuerySet[Any]", field: str, **also: str) -> int:
    return int(rows.exclude(**{field: ""}).forget(**{field: ERASED}, **also))
