"""What the pages of samples show: the size before the draw, the sample after it, as plain values for the templates."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from inspectorate.inspections.asking import Asked
from inspectorate.methodology.sampling.draw import Listed, allocate, draw_digest
from inspectorate.methodology.sampling.representativeness import Comparison, compare
from inspectorate.methodology.sampling.size import limits, margin, other_sizes, sample_size
from inspectorate.people.models import User
from inspectorate.sampling.actions.holding import IS_DRAWN, MAY_CHANGE
from inspectorate.sampling.asking import address, title_of
from inspectorate.sampling.models import CaseList, DrawnCase, Extension, Proposal
from inspectorate.sampling.plans import Planned
from inspectorate.sampling.queries import Facts, came_in, characteristics_of, counts_by, hidden_from, reserve_of
from inspectorate.sampling.shown import state_of
from inspectorate.ui.words import in_language, written_date, written_number

RESERVE_SHOWN = 5
HERE = [
    {"text": "Cases", "href": "#cases"},
    {"text": "How like the list the sample is", "href": "#like"},
    {"text": "How to draw it again", "href": "#again"},
]
"""The parts of the page of a sample."""


def samples(asked: Asked, kinds: Sequence[Planned], found: Sequence[CaseList]) -> dict[str, Any]:
    """Return the samples of an inspection, a line each, drawn or as worked out, with the hours of all together."""
    by_kind = {one.kind: one for one in found}
    rows: list[Any] = []
    cases, hours, known = 0, 0.0, True
    for planned in kinds:
        held = by_kind.get(planned.code)
        listed = held.listed if held else 0  # type: ignore[attr-defined] - counted by whoever asks
        state = state_of(held, listed)
        size = _size_now(planned, held, listed)
        link = {"text": title_of(planned), "href": address("sample", asked, planned.code)}
        tag = {"component": "tag", "text": state["text"], "tone": state["tone"]}
        rows.append([link, listed, size, _hours(planned, size), tag])
        cases, hours = cases + size, hours + size * (planned.plan.hours_per_case or 0)
        known = known and planned.plan.hours_per_case is not None
    total = written_number(hours, 0 if hours.is_integer() else 1) if known else "\N{EN DASH}"
    rows.append({"total": True, "cells": ["All", "", cases, total, ""]})
    columns = [
        {"title": "Kind of case"},
        {"title": "On the list", "numeric": True},
        {"title": "In the sample", "unit": "cases, drawn or worked out", "numeric": True},
        {"title": "Assessing", "unit": "hours", "numeric": True},
        {"title": "State"},
    ]
    return {"columns": columns, "rows": rows}


def _size_now(planned: Planned, case_list: CaseList | None, listed: int) -> int:
    """Return how many cases are drawn, or would be by the size worked out."""
    if case_list is not None and hasattr(case_list, "sample"):
        return int(case_list.sample.size)
    return sample_size(listed, planned.plan.size).cases if listed else 0


def before(asked: Asked, planned: Planned, case_list: CaseList | None) -> dict[str, Any]:
    """Return the size that is worked out, why, and what other sizes would give; nothing where there is no list."""
    strata = _strata(case_list)
    total = sum(strata.values())
    given = {
        "case_list": case_list,
        "state": state_of(case_list, total),
        "list_href": address("list", asked, planned.code),
        "total": total,
    }
    if not total or (case_list is not None and case_list.none_eligible_at is not None):
        return given
    may = asked.may("sample.draw") and asked.inspection.state in IS_DRAWN
    return (
        given
        | _sized(planned, total)
        | {
            "shares": _shares(strata, sample_size(total, planned.plan.size).cases),
            "draw_href": address("draw", asked, planned.code) if may else "",
            "stopped": case_list is not None and case_list.frozen_at is not None,
            "not_announced": asked.inspection.state == "arranged" and asked.may("sample.draw"),
        }
    )


def _strata(case_list: CaseList | None) -> Counter[str]:
    counted = counts_by(case_list, "stratum") if case_list else []
    return Counter({one["stratum"]: one["cases"] for one in counted})


def _hours(planned: Planned, cases: int) -> str:
    each = planned.plan.hours_per_case
    return written_number(cases * each, 0 if float(cases * each).is_integer() else 1) if each else "\N{EN DASH}"


def _sized(planned: Planned, total: int) -> dict[str, Any]:
    rule = planned.plan.size
    found = sample_size(total, rule)
    confidence = f"{100 * rule.confidence:g}"
    rows = []
    for cases in other_sizes(total, rule):
        words = "the size worked out" if cases == found.cases else ""
        off = margin(cases, total, rule)
        rows.append([{"text": written_number(cases), "note": words}, written_number(off, 1), _hours(planned, cases)])
    least, most = limits(total, rule)
    return {
        "size": found.cases,
        "why": [line.text for line in found.account.lines],
        "margin": written_number(margin(found.cases, total, rule), 1),
        "confidence": confidence,
        "hours_each": planned.plan.hours_per_case,
        "hours": _hours(planned, found.cases),
        "least": least,
        "most": most,
        "to_verify": planned.plan.to_verify,
        "sizes": {
            "columns": [
                {"title": "Cases", "numeric": True},
                {"title": "Margin", "unit": f"points either way, {confidence} per cent confidence", "numeric": True},
                {"title": "Assessing", "unit": "hours", "numeric": True},
            ],
            "rows": rows,
        },
    }


def _shares(strata: Counter[str], size: int) -> dict[str, Any]:
    share = allocate(strata, size)
    rows: list[Any] = [[name, strata[name], share[name]] for name in sorted(strata)]
    if len(rows) > 1:
        rows.append({"total": True, "cells": ["All", sum(strata.values()), size]})
    heads = ("On the list", "In the sample")
    return {"columns": [{"title": "Stratum"}, *({"title": head, "numeric": True} for head in heads)], "rows": rows}


def to_draw(asked: Asked, planned: Planned, case_list: CaseList) -> dict[str, Any]:
    """Return what the page before the draw says: count by stratum, digest, size, and which steps are left."""
    rows = case_list.cases.values_list("reference", "stratum")
    listed = [Listed(case, case_list.kind, stratum) for case, stratum in rows]
    strata = Counter(one.stratum for one in listed)
    sized: dict[str, Any] = _sized(planned, len(listed)) if listed else {"size": 0}
    return sized | {
        "total": len(listed),
        "digest": draw_digest(listed),
        "case_list": case_list,
        "shares": _shares(strata, sized["size"]) if listed else None,
        "stopped": case_list.frozen_at is not None,
        "size_hint": _size_hint(sized) if listed else "",
        "back": address("sample", asked, planned.code),
        "list_href": address("list", asked, planned.code),
    }


def _size_hint(sized: dict[str, Any]) -> str:
    return f"{sized['size']} is worked out; the edition allows {sized['least']} to {sized['most']}."


def drawn(asked: Asked, planned: Planned, case_list: CaseList) -> dict[str, Any]:
    """Return a sample: seed and digests, cases and reserve by stratum, how like the list it is, what changed."""
    kind, sample = planned.code, case_list.sample
    hidden = hidden_from(asked.person, asked.inspection)
    places = came_in(case_list)
    now = [one for one in places if not _left(one)]
    shown = [one for one in places if one.case.public_id not in hidden]
    left = reserve_of(case_list).exclude(case__public_id__in=hidden)
    reserve = list(left.values_list("case__stratum", "order", "case__reference"))
    may_replace = asked.may("sample.replace") and asked.inspection.state in MAY_CHANGE
    open_ = list(Proposal.objects.filter(Q(drawn_case__sample=sample) | Q(sample=sample), decision=""))
    may_extend = may_replace and reserve and not any(one.cases for one in open_)
    rows = _Rows(asked, planned, {one.drawn_case_id: one for one in open_}, may_replace=may_replace)
    listed = characteristics_of(case_list.public_id)
    return {
        "case_list": case_list,
        "sample": sample,
        "now": len(now),
        "hidden": len(places) - len(shown),
        "facts": _facts(planned, case_list, len(listed)),
        "strata": rows.by_stratum(shown, reserve),
        "columns": rows.columns(),
        "changes": _changes(planned, [one for one in shown if _left(one)]),
        "extensions": _extensions(places),
        "proposals": _proposals(asked, kind, rows, open_, shown) if asked.may("sample.confirm") else [],
        "compared": _compared(planned, listed, [one.case.characteristics for one in now]),
        "whole": len(now) == len(listed),
        "no_reserve": not reserve,
        "may_replace": may_replace,
        "here": HERE,
        "downloads": [
            {"format": "The list (CSV)", "href": address("case_list_csv", asked, kind)},
            {"format": "The draw, case by case (CSV)", "href": address("draw_csv", asked, kind)},
        ],
        "extend_href": address("extend", asked, kind) if may_extend else "",
        "list_href": address("list", asked, kind),
        "command": f"inspectorate draw --case-list list.csv --seed {case_list.seed} --size {sample.size} --by stratum",
        "script": f"python redraw.py list.csv {case_list.seed} {sample.size} strata",
    }


def _extensions(places: Sequence[DrawnCase]) -> list[Extension]:
    """Return how the sample was extended, in the order of time: no extension is without a case that it brought in."""
    found = {one.extension.pk: one.extension for one in places if one.extension}
    return [found[key] for key in sorted(found)]


def _left(place: DrawnCase) -> bool:
    return hasattr(place, "replaced_by")


class _Rows:
    """The cases of a sample as rows: what they are, what became of them, and what may be done."""

    def __init__(self, asked: Asked, planned: Planned, open_: dict[int, Proposal], *, may_replace: bool) -> None:
        self.asked, self.planned, self.open, self.may_replace = asked, planned, open_, may_replace

    def columns(self) -> list[dict[str, Any]]:
        """Return the heads."""
        heads = [{"title": "Case"}, {"title": "Place", "numeric": True}, {"title": "How it stands"}]
        return [*heads, {"title": ""}] if self.may_replace else heads

    def by_stratum(self, inside: Sequence[DrawnCase], reserve: Sequence[tuple[str, int, str]]) -> list[dict[str, Any]]:
        """Return the sample of each stratum in the order of the draw, and the next of its reserve."""
        found = []
        with_reserve = {stratum for stratum, *_ in reserve}
        for name in sorted({one.case.stratum for one in inside} | {stratum for stratum, *_ in reserve}):
            own = [one for one in inside if one.case.stratum == name]
            left = [[order, case] for stratum, order, case in reserve if stratum == name]
            found.append(
                {
                    "name": name,
                    "now": sum(not _left(one) for one in own),
                    "rows": [self._row(one, alone=name not in with_reserve) for one in own],
                    "left": len(left),
                    "next": f"The next in reserve of {name}",
                    "reserve": left[:RESERVE_SHOWN],
                    "rest": max(0, len(left) - RESERVE_SHOWN),
                }
            )
        return found

    def _row(self, place: DrawnCase, *, alone: bool) -> list[Any]:
        """Return one case; ``alone`` where nothing is left in the reserve that could come in its place."""
        number: Any = place.order if place.role == DrawnCase.Role.DRAWN else f"reserve {place.order}"
        cells: list[Any] = [place.case.reference, number, self._standing(place)]
        if self.may_replace:
            free = not _left(place) and place.pk not in self.open
            href = address("replace", self.asked, self.planned.code, place.case.public_id)
            words = "Propose that it leave" if alone else "Replace"
            cells.append({"text": words, "href": href} if free else "")
        return cells

    def _standing(self, place: DrawnCase) -> str:
        if _left(place):
            incoming = place.replaced_by.incoming
            return f"Left the sample; replaced by {incoming.case.reference}" if incoming else "Left the sample"
        if place.pk in self.open:
            return "In the sample; waits for a second person"
        if hasattr(place, "replaces"):
            return f"Came in for {place.replaces.outgoing.case.reference}"
        return "Came in when the sample was extended" if place.extension_id else "Drawn"

    def case_of(self, proposal: Proposal, places: Sequence[DrawnCase]) -> str:
        """Return the reference of the case that a proposal is about; nothing where it is not shown to this person."""
        return next((one.case.reference for one in places if one.pk == proposal.drawn_case_id), "")


def _facts(planned: Planned, case_list: CaseList, total: int) -> list[dict[str, Any]]:
    sample = case_list.sample
    size = f"{sample.size} of {written_number(total)} cases"
    if sample.by_rule not in (None, sample.size):
        size += f"; the edition works out {sample.by_rule}. {sample.size_because}"
    rule = planned.plan.size
    off = written_number(margin(sample.size, total, rule), 1)
    sure = f"within {off} points, at {100 * rule.confidence:g} per cent confidence"
    facts = [
        {"key": "Drawn", "value": written_date(sample.drawn_at)},
        {"key": "Size", "value": size},
        {"key": "How sure", "value": sure if sample.size < total else "the whole list is in the sample"},
        {"key": "Hours of assessing", "value": _hours(planned, sample.size)},
        {"key": "List frozen", "value": written_date(case_list.frozen_at)},
        {"key": "Digest of the list", "value": case_list.digest},
        {"key": "Seed", "value": case_list.seed},
    ]
    return facts if case_list.version == 1 else [*facts, {"key": "Version of the list", "value": case_list.version}]


def _changes(planned: Planned, left: Sequence[DrawnCase]) -> dict[str, Any]:
    words = {one.code: str(in_language(one.text)) for one in planned.plan.replacement_reasons}
    rows = []
    for place in sorted(left, key=lambda one: one.replaced_by.replaced_at):
        change = place.replaced_by
        incoming = change.incoming.case.reference if change.incoming else "nobody: the reserve was used up"
        reason = words.get(change.reason, "Another reason, by two people")
        told = {"text": reason, "note": change.why} if change.why else reason
        rows.append([place.case.reference, incoming, told, written_date(change.replaced_at)])
    columns = [{"title": title} for title in ("Left", "Came in", "Why")] + [{"title": "On", "dates": True}]
    return {"columns": columns, "rows": rows}


def _compared(planned: Planned, listed: Sequence[Facts], sampled: Sequence[Facts]) -> dict[str, Any]:
    """Compare the sample as it is now with the list, characteristic by characteristic."""
    heads = list(planned.plan.compare)
    if any(about.get("provider") for about in listed):
        heads.append("provider")
    found = compare(_values(heads, listed), _values(heads, sampled))
    return {
        "apart": [_sentence(one) for one in found if not one.as_expected],
        "number": len(found),
        "columns": [
            {"title": "Value"},
            {"title": "List", "unit": "cases", "numeric": True},
            {"title": "List", "unit": "per cent", "numeric": True},
            {"title": ""},
            {"title": "Sample", "unit": "cases", "numeric": True},
            {"title": "Sample", "unit": "per cent", "numeric": True},
            {"title": ""},
            {"title": "Difference"},
        ],
        "groups": [
            {"title": _words(head), "rows": [_row(one) for one in found if one.characteristic == head]}
            for head in heads
        ],
    }


def _values(heads: Sequence[str], part: Sequence[Facts]) -> dict[str, list[str]]:
    return {head: [str(about.get(head, "")) for about in part] for head in heads}


def _words(head: str) -> str:
    return head.replace("_", " ").capitalize()


def _sentence(one: Comparison) -> str:
    return f"{_words(one.characteristic)}{one.sentence[len(one.characteristic) :]}"


def _row(one: Comparison) -> list[Any]:
    return [
        one.value or "not recorded",
        one.listed,
        one.list_per_cent,
        {"component": "small_bar", "per_cent": one.list_per_cent},
        one.sampled,
        one.sample_per_cent,
        {"component": "small_bar", "per_cent": one.sample_per_cent},
        "within chance" if one.as_expected else "beyond chance",
    ]


def proposed(asked: Asked, planned: Planned, proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as the second person sees it: the reason, who asks, and which case leaves or who comes in."""
    who = User.objects.filter(public_id=proposal.proposed_by_id).first()
    given = {
        "proposal": proposal,
        "by": who.full_name if who else "the system",
        "own": (proposal.proposed_by_kind, proposal.proposed_by_id) == asked.by,
    }
    place = proposal.drawn_case
    if place is None:
        return given
    left = reserve_of(place.sample.case_list).filter(case__stratum=place.case.stratum)
    words = {one.code: str(in_language(one.text)) for one in planned.plan.replacement_reasons}
    return given | {
        "place": place,
        "following": left.select_related("case").first(),
        "reason": words.get(proposal.reason, "Another reason"),
    }


def to_extend(planned: Planned, case_list: CaseList) -> dict[str, Any]:
    """Return what is left in the reserve, by stratum, and the most that the edition allows."""
    left = Counter(reserve_of(case_list).values_list("case__stratum", flat=True))
    total, sample = case_list.cases.count(), case_list.sample
    so_far = sample.size + sum(sample.extensions.values_list("cases", flat=True))
    room = min(sum(left.values()), limits(total, planned.plan.size)[1] - so_far)
    columns = [{"title": "Stratum"}, {"title": "Left in the reserve", "numeric": True}]
    return {"columns": columns, "rows": [[name, left[name]] for name in sorted(left)], "room": max(0, room)}


def _proposals(
    asked: Asked, kind: str, rows: _Rows, waiting: Sequence[Proposal], shown: Sequence[DrawnCase]
) -> list[dict[str, Any]]:
    """Return the changes that wait for a second person: of cases that the reader may see, or of how many there are."""
    return [
        {
            "case": rows.case_of(one, shown),
            "more": one.cases,
            "href": address("proposal", asked, kind, one.public_id),
            "why": one.why,
        }
        for one in waiting
        if one.cases or rows.case_of(one, shown)
    ]
