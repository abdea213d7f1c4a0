"""Whether the files of an edition agree with each other: codes, routing, guidance and scoring.

The schema has been met before; this says what no schema can: that a code names something, and only one thing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from inspectorate.methodology.documents import Document
from inspectorate.methodology.faults import Fault, FaultCode
from inspectorate.methodology.forms import Form, Kind, Question, read_form
from inspectorate.methodology.plans import SHARES, STANDARDS

MOST_OPTIONS = 100
"""Answers that a question may have: their numbers are kept in single bytes."""
Documents = Mapping[str, Document]
Path = list[str | int]


def faults_in(documents: Documents, guidance: Sequence[tuple[str, tuple[str, int]]]) -> list[Fault]:
    """Return every disagreement in an edition; ``guidance`` has each code with guidance, and its file and line."""
    faults = [
        *_criteria(documents["criteria"]),
        *_sets(documents["form"]),
        *_questions(documents["form"]),
        *_bands(documents["scoring"]),
    ]
    if faults:
        return faults
    form = read_form(documents["form"].data)
    nodes = {code for code, _ in _nodes(documents["criteria"].data["criteria"], ["criteria"])}
    steps = {step["code"] for step in documents["scoring"].data["steps"]}
    return [
        *_question_faults(documents["form"], form, nodes),
        *_routing(documents["form"], form),
        *_scoring(documents["scoring"], form),
        *_follow_up(documents["scoring"]),
        *_modules(documents["scoring"], documents["edition"].data["modules"]),
        *_modules_of_kinds(documents, form),
        *_feeds(documents["edition"], steps),
        *_sampling(documents["sampling"], form),
        *_guidance(form, guidance, nodes | steps),
    ]


def _fault(document: Document, code: FaultCode, path: Path, why: str, remedy: str) -> Fault:
    return Fault(code, document.name, why, remedy, document.line(path))


def _nodes(items: list[dict[str, Any]], path: Path) -> Iterator[tuple[str, Path]]:
    for index, item in enumerate(items):
        here: Path = [*path, index]
        yield item["code"], here
        yield from _nodes(item.get("children", []), [*here, "children"])


def _repeats(document: Document, codes: Iterable[tuple[str, Path]], what: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for code, path in codes:
        if code in seen:
            why = f"{what} '{code}' stands in line {seen[code]} already."
            yield _fault(document, FaultCode.REPEATED_CODE, path, why, "Give each its own code.")
        seen.setdefault(code, document.line(path))


def _criteria(document: Document) -> Iterator[Fault]:
    yield from _repeats(document, _nodes(document.data["criteria"], ["criteria"]), "the criterion")


def _raw_questions(document: Document) -> Iterator[tuple[dict[str, Any], Path]]:
    for k, kind in enumerate(document.data["kinds"]):
        for s, section in enumerate(kind["sections"]):
            for q, question in enumerate(section["questions"]):
                yield question, ["kinds", k, "sections", s, "questions", q]


def _sets(document: Document) -> Iterator[Fault]:
    """Find sets of answers and reasons, and rules, that a question names and the form does not have."""
    known = {
        "answers": document.data.get("options", {}),
        "reasons": document.data.get("reasons", {}),
        "asked_when": document.data.get("rules", {}),
    }
    for question, path in _raw_questions(document):
        for name, sets in known.items():
            given = question.get(name, [])
            wanted = [given] if isinstance(given, str) else given if name == "asked_when" else []
            for code in wanted:
                if code not in sets:
                    why = f"{question['code']} names '{code}' under {name}, and the form has none of that name."
                    remedy = f"Choose one of: {', '.join(sets)}." if sets else "Write it at the top of the form."
                    yield _fault(document, FaultCode.UNKNOWN_CODE, [*path, name], why, remedy)


def _questions(document: Document) -> Iterator[Fault]:
    codes = ((question["code"], path) for question, path in _raw_questions(document))
    yield from _repeats(document, codes, "the question")
    kinds = document.data["kinds"]
    yield from _repeats(document, ((kind["code"], ["kinds", k]) for k, kind in enumerate(kinds)), "the kind")
    for k, kind in enumerate(kinds):
        sections = kind["sections"]
        places: Iterator[tuple[str, Path]] = (
            (section["code"], ["kinds", k, "sections", s]) for s, section in enumerate(sections)
        )
        yield from _repeats(document, places, "the section")


def _bands(document: Document) -> Iterator[Fault]:
    """Find bands that leave a share without a band: they begin at 0 and rise, each with a code of its own."""
    for code, item in document.data.get("bands", {}).items():
        path: Path = ["bands", code, "levels"]
        cuts = [level["from"] for level in item["levels"]]
        if cuts[0] != 0 or any(high <= low for low, high in pairwise(cuts)):
            why = f"the bands '{code}' begin at {', '.join(map(str, cuts))}."
            yield _fault(document, FaultCode.WRONG_SHAPE, path, why, "Begin at 0, lowest first, each higher.")
        levels = ((level["code"], [*path, index]) for index, level in enumerate(item["levels"]))
        yield from _repeats(document, levels, f"the band of '{code}'")


def _question_faults(document: Document, form: Form, nodes: set[str]) -> Iterator[Fault]:
    paths = {question["code"]: path for question, path in _raw_questions(document)}
    for kind in form.kinds:
        for question in kind.questions:
            for code, why, remedy in _one_question(question, kind, nodes):
                yield _fault(document, code, paths[question.code], why, remedy)


def _one_question(question: Question, kind: Kind, nodes: set[str]) -> Iterator[tuple[FaultCode, str, str]]:
    name = question.code
    counting = [option for option in question.options if option.counts]
    codes = [option.code for option in question.options]
    if len(set(codes)) != len(codes):
        yield FaultCode.REPEATED_CODE, f"{name} has two answers of the same code.", "Give each its own code."
    if len(codes) > MOST_OPTIONS:
        yield FaultCode.WRONG_SHAPE, f"{name} has {len(codes)} answers.", f"The most is {MOST_OPTIONS}."
    if question.role == "fact":
        if question.criterion or counting:
            why = f"{name} is a fact but names a criterion or has answers that count."
            yield FaultCode.WRONG_SHAPE, why, "A fact only routes: take these away, or change its role."
        return
    if question.criterion not in nodes:
        why = f"{name} names the criterion '{question.criterion}', which criteria.yaml does not have."
        yield FaultCode.UNKNOWN_CODE, why, "Each question names one criterion: check the code, and its quotes."
    if len(counting) != len(question.options):
        why = f"{name} has an answer that does not say how it counts."
        yield FaultCode.WRONG_SHAPE, why, "Add counts: sufficient, not_sufficient or not_applicable."
    if question.prompts and question.prompts not in kind.place:
        why = f"{name} informs '{question.prompts}', which is no question of the same kind of case."
        yield FaultCode.UNKNOWN_CODE, why, "Check the code."


def _routing(document: Document, form: Form) -> Iterator[Fault]:
    yield from _rule_faults(document, form)
    paths = {question["code"]: path for question, path in _raw_questions(document)}
    for kind in form.kinds:
        for column, question in enumerate(kind.questions):
            looked_at = {code: set(form.rules[code].when.questions()) for code in question.asked_when}
            for code, others in looked_at.items():
                late = sorted(other for other in others if kind.place.get(other, column) >= column)
                if late:
                    why = f"{question.code} is asked by '{code}', which looks at {', '.join(late)}, not asked before."
                    remedy = "A rule may look only at questions asked before: move one of them."
                    yield _fault(document, FaultCode.LOOKS_AHEAD, paths[question.code], why, remedy)


def _rule_faults(document: Document, form: Form) -> Iterator[Fault]:
    """Find rules that look for an answer which their question does not have."""
    for code, rule in form.rules.items():
        for question, value in rule.when.told():
            known = question in form.kind_of
            options = [option.code for option in form.question(question).options] if known else []
            if value not in options:
                why = f"the rule '{code}' looks for '{value}' at {question}."
                remedy = f"Its answers are: {', '.join(options)}." if options else "The form has no such question."
                yield _fault(document, FaultCode.UNKNOWN_CODE, ["rules", code], why, remedy)


def _scoring(document: Document, form: Form) -> Iterator[Fault]:
    data = document.data
    yield from _repeats(document, ((s["code"], ["steps", i]) for i, s in enumerate(data["steps"])), "the step")
    earlier: dict[str, Mapping[str, Any]] = {}
    for index, step in enumerate(data["steps"]):
        for code, why, remedy in _one_step(step, data.get("bands", {}), earlier, form):
            yield _fault(document, code, ["steps", index], f"step {step['code']}: {why}", remedy)
        below = [earlier[code] for code in step.get("of", ()) if code in earlier]
        # As in plans.py: a standard has the bands of its key questions where it names none.
        earlier[step["code"]] = {"bands": next((part.get("bands") for part in below), None), **step}


def _one_step(
    step: Mapping[str, Any], bands: Mapping[str, Any], earlier: Mapping[str, Mapping[str, Any]], form: Form
) -> Iterator[tuple[FaultCode, str, str]]:
    if "bands" in step and step["bands"] not in bands:
        yield FaultCode.UNKNOWN_CODE, f"there are no bands '{step['bands']}'.", f"Choose one of: {', '.join(bands)}."
        return
    yield from _steps_below(step, earlier)
    yield from _step_questions(step, form)
    if "points" in step:
        yield from _step_points(step, bands)


def _step_questions(step: Mapping[str, Any], form: Form) -> Iterator[tuple[FaultCode, str, str]]:
    if "kind" in step and step["kind"] not in {kind.code for kind in form.kinds}:
        yield FaultCode.UNKNOWN_CODE, f"the form has no kind of case '{step['kind']}'.", "Check the code."
        return
    for code in step.get("questions", [step["question"]] if "question" in step else []):
        question = form.question(code) if code in form.kind_of else None
        if question is None:
            yield FaultCode.UNKNOWN_CODE, f"the form has no question '{code}'.", "Check the code."
        elif question.role != "judgement":
            yield FaultCode.WRONG_SHAPE, f"'{code}' is a {question.role}, which no score may count.", "Take it out."
        elif step.get("kind", form.kind_of[code].code) != form.kind_of[code].code:
            why = f"'{code}' is asked of {form.kind_of[code].code} cases, not of {step['kind']} cases."
            yield FaultCode.WRONG_SHAPE, why, "Take it out, or correct the kind."


def _step_points(step: Mapping[str, Any], bands: Mapping[str, Any]) -> Iterator[tuple[FaultCode, str, str]]:
    levels = {level["code"] for level in bands[step["bands"]]["levels"]}
    limits = step["upper_limits"]
    if set(step["points"]) != levels or len(limits) != len(levels) - 1:
        why = "each rating needs its points, and each band but the highest its upper limit."
        yield FaultCode.WRONG_SHAPE, why, f"The ratings are: {', '.join(sorted(levels))}."
    if any(limit.partition("/")[2].strip("0") == "" and "/" in limit for limit in limits):
        yield FaultCode.WRONG_SHAPE, "an upper limit is divided by nought.", 'Write such as "3/2".'
        return
    worth = [Fraction(limit) for limit in limits]
    if any(high <= low for low, high in pairwise(worth)):
        yield FaultCode.WRONG_SHAPE, "the upper limits do not rise.", "Write them lowest first."


def _steps_below(
    step: Mapping[str, Any], earlier: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[FaultCode, str, str]]:
    known = [code for code in step.get("of", ()) if code in earlier]
    own = step.get("bands", earlier[known[0]].get("bands") if known else None)
    for code in (*step.get("of", ()), *step.get("not_counted", ())):
        if code not in earlier:
            why = f"it rests on '{code}', which is no step above it."
            yield FaultCode.LOOKS_AHEAD, why, "A step may use only steps that stand above it."
        elif step["method"] == "sum-of-points@1" and earlier[code]["method"] not in STANDARDS:
            why = f"it adds up '{code}', which has no rating of its own."
            yield FaultCode.WRONG_SHAPE, why, "Add up standards only."
        elif step["method"] == "lowest-key-question@1" and earlier[code]["method"] not in SHARES:
            why = f"it takes the band of '{code}', which is no share of judgements."
            yield FaultCode.WRONG_SHAPE, why, "A standard rests on shares; one judged by people is a step of its own."
        elif own is None or earlier[code].get("bands") != own:
            why = f"'{code}' is not rated in the same bands, so the two cannot be compared."
            yield FaultCode.WRONG_SHAPE, why, "Give both the same bands."


def _modules(document: Document, about: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """Find steps of no module, and steps that would miss one they rest on where an optional module is left out."""
    modules = {module["code"]: module["optional"] for module in about}
    of = {step["code"]: step.get("module", "main") for step in document.data["steps"]}
    for index, step in enumerate(document.data["steps"]):
        own = of[step["code"]]
        path: Path = ["steps", index]
        if own not in modules:
            why = f"step {step['code']} belongs to '{own}', which is no module of the edition."
            remedy = f"The modules are: {', '.join(sorted(modules))}."
            yield _fault(document, FaultCode.UNKNOWN_CODE, path, why, remedy)
        for code in (*step.get("of", ()), *step.get("not_counted", ())):
            if of.get(code, own) != own and modules.get(of[code], False):
                why = f"step {step['code']} rests on '{code}' of the optional module '{of[code]}'."
                remedy = "It may rest on steps of its own module and of those that are always there."
                yield _fault(document, FaultCode.LOOKS_AHEAD, path, why, remedy)


def _modules_of_kinds(documents: Documents, form: Form) -> Iterator[Fault]:
    """Find kinds of case of no module, and steps that count cases which are there only with another module."""
    known = {module["code"] for module in documents["edition"].data["modules"]}
    for index, kind in enumerate(form.kinds):
        if kind.module and kind.module not in known:
            why = f"the kind of case '{kind.code}' belongs to '{kind.module}', which is no module of the edition."
            remedy = f"The modules are: {', '.join(sorted(known))}."
            yield _fault(documents["form"], FaultCode.UNKNOWN_CODE, ["kinds", index, "module"], why, remedy)
    always = {"", *(module["code"] for module in documents["edition"].data["modules"] if not module["optional"])}
    for index, step in enumerate(documents["scoring"].data["steps"]):
        counted = step.get("questions", [step["question"]] if "question" in step else [])
        modules = {form.kind_of[code].module for code in counted if code in form.kind_of} - always
        for module in sorted(modules - {step.get("module", "main")}):
            why = f"step {step['code']} counts cases that are there only with the module '{module}'."
            remedy = "Say that the step belongs to that module, or take the module away from the kind of case."
            yield _fault(documents["scoring"], FaultCode.LOOKS_AHEAD, ["steps", index], why, remedy)


def _feeds(document: Document, steps: set[str]) -> Iterator[Fault]:
    for index, feed in enumerate(document.data.get("feeds", [])):
        for code in feed["steps"]:
            if code not in steps:
                why = f"'{code}' is handed on, and is no step."
                yield _fault(document, FaultCode.UNKNOWN_CODE, ["feeds", index, "steps"], why, "Check the code.")


def _follow_up(document: Document) -> Iterator[Fault]:
    rule = document.data.get("follow_up") or {"steps": []}
    steps = {step["code"] for step in document.data["steps"]}
    for code in rule["steps"]:
        if code not in steps:
            why = f"the follow-up rule looks at '{code}', which is no step."
            yield _fault(document, FaultCode.UNKNOWN_CODE, ["follow_up"], why, "Check the code.")


def _sampling(document: Document, form: Form) -> Iterator[Fault]:
    kinds = {kind.code for kind in form.kinds}
    for code in set(document.data["kinds"]) ^ kinds:
        why = f"the kind of case '{code}' stands in only one of form.yaml and sampling.yaml."
        yield _fault(document, FaultCode.UNKNOWN_CODE, ["kinds", code], why, "Each kind needs a form and a sample.")


def _guidance(form: Form, guidance: Sequence[tuple[str, tuple[str, int]]], others: set[str]) -> Iterator[Fault]:
    seen: dict[str, tuple[str, int]] = {}
    for code, (file, line) in guidance:
        if code not in form.kind_of and code not in others:
            why = f"there is guidance for '{code}', which no question, criterion or step is called."
            yield Fault(FaultCode.UNKNOWN_CODE, f"guidance/{file}", why, "Check the heading.", line)
        elif code in seen:
            why = f"{code} has guidance in {seen[code][0]}, line {seen[code][1]}, already."
            yield Fault(FaultCode.REPEATED_CODE, f"guidance/{file}", why, "Keep it in one place.", line)
        seen.setdefault(code, (file, line))
    for kind in form.kinds:
        for section in kind.sections:
            for question in section.questions:
                if question.role == "judgement" and question.code not in seen:
                    why = f"{question.code} has no guidance."
                    remedy = f"Add it under a heading '## {question.code}'."
                    yield Fault(FaultCode.NO_GUIDANCE, f"guidance/{section.code}.md", why, remedy)
