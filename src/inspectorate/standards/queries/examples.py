"""The worked examples of an edition, in words, and whether they still come out as they say."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from inspectorate.methodology.examples import differences, run
from inspectorate.methodology.faults import Refused
from inspectorate.methodology.follow_up import follow_up
from inspectorate.methodology.forms import Question
from inspectorate.methodology.plans import Step
from inspectorate.standards.queries import shelf
from inspectorate.standards.queries.front import head
from inspectorate.standards.queries.sentences import counted, said
from inspectorate.standards.queries.shelf import Held

REFUSALS = {
    "unanswered": "was asked and not answered",
    "routed-out": "was answered although it is not asked in this case",
    "outside-options": "has an answer that it does not offer",
}


def examples_page(code: str, root: Path | None = None) -> dict[str, Any]:
    """Return every example with its cases and what comes out, worked out by the methods of the product itself."""
    held = shelf.held(code, root)
    shown = _shown(held)
    return {**head(held), "examples": shown, "passed": sum(1 for example in shown if not example["differences"])}


# Working out a dozen examples takes half a second; they are worked out again when a file of the edition changes.
@lru_cache(maxsize=16)
def _shown(held: Held) -> tuple[dict[str, Any], ...]:
    return tuple(_example(held, name, example) for name, example in held.examples)


def _example(held: Held, name: str, example: Mapping[str, Any]) -> dict[str, Any]:
    plan = held.edition.plan
    rows = [row for row in example["expected"] if "step" in row]
    return {
        "anchor": name.removesuffix(".yaml").replace("_", "-"),
        "title": example["title"],
        "because": example["because"],
        "list": [_listed(held, kind, size) for kind, size in (example.get("case_list") or {}).items()],
        "modules": [held.module_title(code) for code in example.get("modules", ())],
        "groups": [_group(held, case) for case in example.get("cases", ())],
        "judged": [
            {"title": _title(held, plan.step(step)), **_band(plan.step(step), code)}
            for step, code in example.get("judgements", {}).items()
        ],
        "results": [_result(held, plan.step(row["step"]), row) for row in rows],
        "with_shares": any(_share(row) for row in rows),
        "with_limits": any("low" in row for row in rows),
        "with_ratings": any("band" in row for row in rows),
        "with_points": any("points" in row for row in rows),
        "follow_up": _follow_up(held, example),
        "refusals": [_refusal(held, row) for row in example["expected"] if "fault" in row],
        "differences": [fault.why for fault in differences(held.edition, name, example)],
    }


def _follow_up(held: Held, example: Mapping[str, Any]) -> str:
    """Return the follow-up line that comes out, in words; nothing where the example says nothing of it."""
    if not any("follow_up" in row for row in example["expected"]):
        return ""
    try:
        line = follow_up(held.edition.plan, run(held.edition, example))
    except Refused:
        return ""
    return line.text if line else ""


def _listed(held: Held, kind: str, size: int) -> str:
    several = len(held.kinds) > 1
    noun = f" of the kind {said(held.edition.form.kind(kind).title)}" if several else ""
    return f"{counted(size, 'case')}{noun}"


def _group(held: Held, case: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cases that were answered alike: how many, what is known of them, and how they were judged."""
    form = held.edition.form
    facts, but, others = case.get("facts", {}), case.get("but", {}), case.get("others")
    return {
        "name": f"{case['inspection']}: {case['case']}" if "inspection" in case else case["case"],
        "copies": case.get("copies", 1),
        "others": _word(None, others),
        "but": [
            {"code": code, "href": held.question_href(code), "answer": _word(form.question(code), answer)}
            for code, answer in but.items()
        ],
        "facts": [
            {"question": form.question(code).text, "answer": _word(form.question(code), answer)}
            for code, answer in facts.items()
        ],
    }


def _word(question: Question | None, answer: str | None) -> str:
    if answer is None:
        return "left open"
    options = question.options if question else ()
    known = next((said(option.text) for option in options if option.code == answer), None)
    return known or answer.replace("_", " ").capitalize()


def _title(held: Held, step: Step) -> str:
    return f"{step.code} {said(step.title)}" if step.code in held.edition.nodes else said(step.title)


def _band(step: Step, code: str | None) -> dict[str, Any]:
    return {"band": code, "levels": step.bands.levels if step.bands else ()}


def _result(held: Held, step: Step, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return one row of what comes out; only what the example names is shown."""
    low, high = row.get("low"), row.get("high")
    return {
        "code": step.code if step.code in held.edition.nodes else "",
        "title": said(step.title),
        "share": _share(row),
        "per_cent": row.get("per_cent"),
        "limits": "" if "low" not in row else "not enough cases to say" if low is None else f"{low} to {high}",
        "points": row.get("points"),
        "named": "band" in row,
        **_band(step, row.get("band")),
    }


def _share(row: Mapping[str, Any]) -> str:
    """Say how many of how many, as far as the example names them."""
    sufficient, applicable = row.get("sufficient"), row.get("applicable")
    if applicable is None:
        return "" if sufficient is None else f"{sufficient:,}"
    return f"{applicable:,} applied" if sufficient is None else f"{sufficient:,} of {applicable:,}"


def _refusal(held: Held, row: Mapping[str, Any]) -> dict[str, str]:
    question = row.get("question", "")
    return {
        "case": row.get("case", ""),
        "question": question,
        "href": held.question_href(question) if question in held.edition.form.kind_of else "",
        "why": REFUSALS.get(row["fault"], row["fault"].replace("-", " ")),
    }
