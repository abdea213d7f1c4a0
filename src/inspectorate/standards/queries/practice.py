"""How an inspection under an edition is done, in plain words: which cases are looked at, and what happens when."""

from collections.abc import Mapping
from typing import Any

from inspectorate.methodology.criteria import Source
from inspectorate.methodology.sampling.size import SamplingPlan, SizeRule, sample_size
from inspectorate.methodology.texts import Text
from inspectorate.standards.queries.sentences import column_in_words, counted, joined, said, sourced
from inspectorate.standards.queries.shelf import Held

# Caseloads for which the size of a sample is shown as an example.
CASELOADS = (20, 50, 100, 200, 500, 1000, 5000)


def sampling(held: Held) -> list[dict[str, Any]]:
    """Return, for each kind of case, who is on the list, how many are drawn, and what may replace a case."""
    return [
        {
            "title": said(kind.title),
            "several": len(held.kinds) > 1,
            "only_with": held.only_with(kind),
            **_sampled(held.edition.sampling[kind.code]),
        }
        for kind in held.kinds
        if kind.code in held.edition.sampling
    ]


def _sampled(plan: SamplingPlan) -> dict[str, Any]:
    return {
        "eligible": said(plan.eligible),
        "size": _rule(plan.size),
        "sizes": _steps(plan.size) or [[caseload, sample_size(caseload, plan.size).cases] for caseload in CASELOADS],
        "sizes_note": "" if plan.size.steps else "for example",
        "more": list(_more(plan)),
        "reasons": [said(reason.text) for reason in plan.replacement_reasons],
        "source": sourced(plan.source),
        "to_verify": [words for words in (plan.size.to_verify, plan.to_verify) if words],
    }


def _rule(rule: SizeRule) -> str:
    if rule.steps:
        return "The size of the sample rises in steps with the caseload."
    limits = [
        *([f"at least {rule.minimum}"] if rule.minimum is not None else []),
        *([f"at most {rule.maximum}"] if rule.maximum is not None else []),
    ]
    bounded = f" There are {joined(limits)} cases, and never more than there are on the list." if limits else ""
    return (
        f"Enough cases to be {100 * rule.confidence:g} per cent confident that the share found in the sample is within "
        f"{100 * rule.margin:g} points of the share in the whole caseload.{bounded}"
    )


def _steps(rule: SizeRule) -> list[list[Any]]:
    """Return the steps of a rule by caseload: under 1,500, then 1,500 to 2,999, and so on."""
    ends = [begins for begins, _ in rule.steps[1:]]
    return [
        [f"{begins:,} to {end - 1:,}" if begins else f"up to {end - 1:,}", cases]
        for (begins, cases), end in zip(rule.steps, ends, strict=False)
    ] + [[f"{begins:,} and more", cases] for begins, cases in rule.steps[-1:]]


def _more(plan: SamplingPlan) -> list[str]:
    words = []
    if plan.strata:
        words.append(f"The sample is spread over the caseload by {joined(map(column_in_words, plan.strata))}.")
    if plan.compare:
        compared = joined(map(column_in_words, plan.compare))
        words.append(f"The sample drawn is compared with the caseload by {compared}.")
    if plan.hours_per_case:
        hours = "1 hour is" if plan.hours_per_case == 1 else f"{plan.hours_per_case:g} hours are"
        words.append(f"{hours} set aside for each case.")
    return words


def timetable(held: Held) -> list[dict[str, Any]]:
    """Return the events in the order of time, each with its day in words, counted from the first fieldwork week."""
    return [
        {
            "title": said(Text.read(event["title"])),
            "when": when(event),
            "source": event.get("to_verify") or sourced(Source.read(event.get("source"))),
            "to_verify": bool(event.get("to_verify")),
        }
        for event in sorted(held.edition.timetable, key=_days)
    ]


def when(event: Mapping[str, Any]) -> str:
    """Say when an event is: 10 weeks before, in the fieldwork week, 18 days after."""
    if "days" in event:
        number, unit = int(event["days"]), "day"
    else:
        number, unit = int(event["weeks"]), "week"
    words = f"{counted(abs(number), unit)} {'before' if number < 0 else 'after'}" if number else "the fieldwork week"
    holiday, lasts = event.get("if_bank_holiday_weeks"), event.get("lasts_weeks", 1)
    words = words.replace(" ", "\N{NO-BREAK SPACE}")
    words += f" ({counted(holiday, 'week')} where a bank holiday falls between)" if holiday else ""
    return words + (f", for {counted(lasts, 'week')}" if lasts > 1 else "")


def _days(event: Mapping[str, Any]) -> int:
    return int(event["days"]) if "days" in event else 7 * int(event["weeks"])
