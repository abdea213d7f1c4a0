"""Worked examples: small inspections beside an edition, with what must come out and because of what.

They are written for inspectors and run as tests. An example names its cases by what they have in common, so that the
form's many questions need not be written out: ``others`` answers every question asked that is not named.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from inspectorate.methodology.accounts import Line
from inspectorate.methodology.answers import Answers, read_answers
from inspectorate.methodology.cases import CaseList, Key
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.follow_up import follow_up
from inspectorate.methodology.forms import ABSENT, Form, Kind
from inspectorate.methodology.plans import Plan
from inspectorate.methodology.rating import read_judgements, score
from inspectorate.methodology.results import Result
from inspectorate.methodology.tables import Table, read_table


def differences(edition: Edition, name: str, example: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Run one example and return what differs from what it expects; an empty answer is a passed example."""
    expected = example["expected"]
    try:
        results = run(edition, example)
    except Refused as refused:
        return tuple(_fault_differences(name, expected, refused.faults))
    by_code = {result.code: result for result in results}
    found = []
    for index, row in enumerate(expected, 1):
        if "fault" in row:
            found.append(
                _difference(name, f"expected row {index}: nothing was refused, and '{row['fault']}' was expected.")
            )
        elif "follow_up" in row:
            found += [_difference(name, why) for why in _line_differences(row, follow_up(edition.plan, results))]
        elif row["step"] not in by_code:
            found.append(_difference(name, f"expected row {index}: the edition has no step '{row['step']}'."))
        else:
            found += [_difference(name, why) for why in _row_differences(row, by_code[row["step"]])]
    return tuple(found)


def rows_of(edition: Edition, example: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return the rows of answers that an example stands for: inspection (empty where there is one), case, and so on."""
    rows = []
    for case in example.get("cases", []):
        kind = _kind(edition.form, case)
        given = _fill(edition.form, kind, case)
        copies = case.get("copies", 1)
        names = [case["case"]] if "copies" not in case else [f"{case['case']}-{n}" for n in range(1, copies + 1)]
        of = case.get("inspection", "")
        rows += [(of, name, question, judgement) for name in names for question, judgement in given.items()]
    return rows


def answers_of(edition: Edition, example: Mapping[str, Any]) -> Answers:
    """Return the answers of an example; raise Refused where they are meant to be refused."""
    heads = ("inspection", "case", "question", "judgement")
    rows = rows_of(edition, example)
    table = read_table("example", [heads, *rows], heads) if rows else Table("example", dict.fromkeys(heads, ()), 0)
    return read_answers(table, edition.form)


def run(edition: Edition, example: Mapping[str, Any]) -> tuple[Result, ...]:
    """Return the results of an example at the steps that it speaks of; raise Refused where it is to be refused."""
    answers = answers_of(edition, example)
    judgements = read_judgements(example.get("judgements", {}), edition)
    sizes = example.get("case_list")
    return score(
        replace(edition, plan=_spoken_of(edition.plan, example["expected"])),
        answers,
        case_list=None if sizes is None else _case_list(answers, sizes),
        judgements=judgements,
        confidence=example.get("confidence", 0.95),
        modules=example.get("modules", ()),
    )


def _spoken_of(plan: Plan, expected: list[dict[str, Any]]) -> Plan:
    """Return the plan with the steps that are expected, and those that they rest on: an edition may have forty."""
    wanted = {row["step"] for row in expected if "step" in row}
    if plan.follow_up and any("follow_up" in row for row in expected):
        wanted |= set(plan.follow_up.steps)
    for step in reversed(plan.steps):  # a step rests on steps above it alone
        if step.code in wanted:
            wanted |= {*step.of, *step.not_counted}
    return replace(plan, steps=tuple(step for step in plan.steps if step.code in wanted))


def _case_list(answers: Answers, sizes: Mapping[str, int]) -> CaseList:
    """Make a list of the sizes given, which holds the cases answered and fillers; each inspection has its own."""
    keys: list[Key] = []
    kinds: list[str] = []
    for part in answers.kinds:
        answered = Counter(inspection for inspection, _ in part.keys) or Counter({"": 0})
        listed = list(part.keys)
        for inspection, number in answered.items():
            missing = sizes.get(part.kind.code, number) - number
            listed += [(inspection, f"{part.kind.code} not drawn {index}") for index in range(missing)]
        keys += listed
        kinds += [part.kind.code] * len(listed)
    return CaseList(tuple(keys), tuple(kinds), tuple("all" for _ in keys), {})


def _kind(form: Form, case: Mapping[str, Any]) -> Kind:
    """Return the kind of case an example means: as named, or that of the first fact or exception."""
    if "kind" in case:
        found = next((kind for kind in form.kinds if kind.code == case["kind"]), None)
        if found is None:
            why, remedy = f"'{case['kind']}' is no kind of case in this edition.", "Check the code."
            raise Refused([Fault(FaultCode.UNKNOWN_KIND, "example", why, remedy, column="kind")])
        return found
    named = [code for code in (*case.get("facts", {}), *case.get("but", {})) if code in form.kind_of]
    return form.kind_of[named[0]] if named else form.kinds[0]


def _fill(form: Form, kind: Kind, case: Mapping[str, Any]) -> dict[str, str]:
    """Answer every question asked: facts and exceptions as named, all others alike; null leaves one unanswered.

    A code that is no question of the kind is answered too, so that a slip of the pen is refused and not passed over.
    """
    given: dict[str, str | None] = {**case.get("facts", {}), **case.get("but", {})}
    others = case.get("others")
    values = np.full((1, len(kind.questions)), ABSENT, dtype=np.int8)
    filled: dict[str, str] = {}
    asked = np.ones(values.shape, dtype=np.bool_)
    held: dict[str, Any] = {}
    for column, question in enumerate(kind.questions):
        if question.asked_when:
            form.route(kind, values, column, asked, held)
        word = given.get(question.code, others if asked[0, column] and question.role != "fact" else None)
        if word is None:
            continue
        filled[question.code] = word
        codes = [option.code for option in question.options]
        if word in codes:
            values[0, column] = codes.index(word)
    return filled | {code: word for code, word in given.items() if word is not None and code not in kind.place}


def _row_differences(row: Mapping[str, Any], result: Result) -> Iterator[str]:
    got = result.as_data() | {"band": result.band.code if result.band else None}
    got["warning"] = bool(result.account.warnings)
    for name, wanted in row.items():
        if name == "step":
            continue
        value = got.get(name)
        if name in {"low", "high"} and value is not None:
            value = round(value, 1)
        if value != wanted:
            yield f"{row['step']}: {name} is {value}, and {wanted} was expected."


def _line_differences(row: Mapping[str, Any], line: Line | None) -> Iterator[str]:
    """Say what differs from the follow-up that is expected: whether it is called for, and by which scores."""
    if line is None:
        yield "a follow-up line was expected, and the edition has no follow-up rule."
        return
    called = bool(line.inputs["called_for"])
    if called != row["follow_up"]:
        yield f"a follow-up is {'called for' if called else 'not called for'}, and the contrary was expected."
    elif called and sorted(row.get("at", line.inputs["steps"])) != sorted(line.inputs["steps"]):
        yield f"the follow-up is called for at {', '.join(line.inputs['steps'])}, not at {', '.join(row['at'])}."


def _fault_differences(name: str, expected: list[dict[str, Any]], faults: tuple[Fault, ...]) -> Iterator[Fault]:
    wanted = [row for row in expected if "fault" in row]
    for row in wanted:
        told = [fault for fault in faults if str(fault.code).replace("-", "_") == row["fault"].replace("-", "_")]
        named = [
            fault for fault in told if all(str(row[key]) in fault.why for key in ("case", "question") if key in row)
        ]
        if not named:
            yield _difference(name, f"'{row['fault']}' was not told of {row.get('case')} {row.get('question')}.")
    if not wanted:
        yield from (_difference(name, f"refused: {fault}") for fault in faults)


def _difference(name: str, why: str) -> Fault:
    return Fault(FaultCode.EXAMPLE_DIFFERS, name, why, "Mend the example, or the edition.")
