"""The manual for the body: made from the editions of an inspection and its dates, in plain words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from inspectorate.inspections.evidence.standards import DUE, Asked, Judged, asked_in, editions_of
from inspectorate.inspections.letters.facts import Facts, date_among, facts_of, span
from inspectorate.inspections.letters.letter import CASE_LIST, COMMENTS, COMPLAIN, DRAFT, PUBLICATION, SAMPLE
from inspectorate.inspections.letters.numbered import Numbered
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.criteria import Criterion
from inspectorate.people.access import RULES
from inspectorate.people.models import Role
from inspectorate.standards.queries import practice
from inspectorate.standards.queries.scoring import scoring
from inspectorate.standards.queries.sentences import counted, joined

SEES = (
    ("notice.read", "The notice letter and this manual"),
    ("evidence.read", "Your evidence and self-assessment, once given"),
    ("case_list.read", "Your case list"),
    ("sample.read", "The sample"),
    ("assessment.read", "The assessment of a case"),
    ("scores.read", "Scores and ratings before publication"),
    ("draft.read", "The draft of the report, once sent to you"),
)
"""What the table of who sees what names, by the rule that decides it."""
USEFUL = {
    True: "On these we judge cases. Useful beside them is what no single case shows: your own audits, figures over "
    "time, and what you changed because of them.",
    False: "On these we judge evidence about the organisation, without counting cases. Useful are decisions and what "
    "came of them: minutes, plans, figures, surveys of staff and of people you work with.",
}
"""Which evidence is useful, by whether a standard is judged on cases."""
PLANS = ("action_plan", "improvement_plan", "action_plans", "responses")
ASKED_ABOUT_US = ("evaluation", "feedback", "questionnaire", "survey")
"""What the events of a timetable are called at which people are asked for their view."""


def manual_of(inspection: Inspection) -> dict[str, Any]:
    """Return the content of the manual, as it is now."""
    judged = editions_of(inspection)
    facts = facts_of(inspection, judged)
    written = Numbered()
    _inspected(written, judged)
    _cases(written, judged)
    _weeks(written, facts, judged)
    _prepare(written, facts, judged)
    _useful(written, judged)
    _results(written, judged)
    _who_sees(written)
    _facts_checked(written, facts)
    _survey(written, facts)
    _ask(written, facts)
    title = judged[0].held.edition.title if judged else None
    return {
        "title": f"Manual for {facts['to']}",
        "title_cy": (title.cy or "") if title else "",
        "subtitle": joined([one["title"] for one in facts["editions"]]),
        "to": facts["to"],
        "invented": facts["invented"],
        "sections": written.sections,
    }


def _inspected(written: Numbered, judged: list[Judged]) -> None:
    written.section("What is inspected")
    for one in judged:
        edition = one.held.edition
        written.say(f"{edition.title.en} ({edition.code}). {edition.about['about']['en'].strip()}")
        standards = {asked.node.code for asked in asked_in(one.held, one.modules)}
        for root in edition.criteria:
            _branch(written, root, standards)


def _branch(written: Numbered, node: Criterion, standards: set[str]) -> None:
    inside = [child for child in node.walk() if child.code in standards]
    if node.code in standards:
        written.heading(f"{node.code} {node.title.en}")
        written.say(node.text.en if node.text else "")
        written.items([_told(child) for child in node.children])
    elif inside:
        written.heading(node.title.en)
        written.say(node.text.en if node.text else "")
        for child in node.children:
            _branch(written, child, standards)


def _told(node: Criterion) -> str:
    words = f": {node.text.en}" if node.text else ""
    deeper = f" ({joined([child.title.en.lower() for child in node.children])})" if node.children and not words else ""
    return f"{node.code} {node.title.en}{words}{deeper}"


def _cases(written: Numbered, judged: list[Judged]) -> None:
    written.section("Which cases are looked at")
    for one in judged:
        kinds = {kind.title.en for kind in one.held.edition.kinds_in(one.modules)}
        for sampled in practice.sampling(one.held):
            if sampled["title"] not in kinds:
                continue
            if len(kinds) > 1:
                written.heading(sampled["title"])
            written.say(f"Who belongs on the list: {sampled['eligible']}")
            written.say(f"{sampled['size']} {' '.join(sampled['more'])}".strip())
            rows = [
                [str(cases) if isinstance(cases, str) else f"{cases:,}", str(drawn)]
                for cases, drawn in sampled["sizes"]
            ]
            note = f" ({sampled['sizes_note']})" if sampled["sizes_note"] else ""
            written.table(f"How many cases are drawn{note}", ["Cases on the list", "Cases in the sample"], rows)
            written.say("A case of the sample is replaced by the next of its kind only for one of these reasons:")
            written.items(sampled["reasons"])


def _weeks(written: Numbered, facts: Facts, judged: list[Judged]) -> None:
    written.section("What happens in which week")
    if not facts["dates"]:
        written.say("The fieldwork week is not set yet. Counted from it:")
        for one in judged:
            rows = [[str(event["when"]), str(event["title"])] for event in practice.timetable(one.held)]
            written.table(f"Weeks of {one.held.edition.title.en}", ["When", "What"], rows)
        return
    monday = date.fromisoformat(facts["fieldwork_on"])
    written.say("The letter has the same dates. If one has to move, you get a further letter.")
    rows = [[_week(one, monday), span(one), one["title"]] for one in facts["dates"]]
    written.table("Week by week", ["Week", "When", "What"], rows)


def _week(one: Mapping[str, str], monday: date) -> str:
    number = (date.fromisoformat(one["on"]) - monday).days // 7
    if number == 0:
        return "Fieldwork week"
    return f"{counted(abs(number), 'week')} {'before' if number < 0 else 'after'}"


def _prepare(written: Numbered, facts: Facts, judged: list[Judged]) -> None:
    written.section("What to prepare, by when")
    standards = [asked for one in judged for asked in asked_in(one.held, one.modules)]
    kinds = [kind.title.en.lower() for one in judged for kind in one.held.edition.kinds_in(one.modules)]
    by = _before(date_among(facts, *DUE))
    written.say("Print this page and tick what is done. The boxes are for you alone.")
    listed = f"Case list ({joined(kinds)})" if kinds else "Case list"
    plan, comments = date_among(facts, *PLANS), date_among(facts, *COMMENTS)
    written.items(
        [
            "Today: somebody named who speaks for you in this inspection, and somebody who stands in for them.",
            f"{_before(date_among(facts, *CASE_LIST))}{listed} given on the page Case list; faults mended.",
            *(f"{by}Evidence and self-assessment: {one.node.code} {one.node.title.en}." for one in standards),
            f"{_before(date_among(facts, *SAMPLE), 'After')}Practitioners of the sample told, and times kept free.",
            "Before the fieldwork: a quiet room, access to the records, and somebody who helps with them.",
            *([f"By {comments}: facts of the draft checked, comments written."] if comments else []),
            *([f"By {plan}: plan of action on the recommendations given."] if plan else []),
        ],
        boxes=True,
    )


def _before(day: str, word: str = "By") -> str:
    return f"{word} {day}: " if day else ""


def _useful(written: Numbered, judged: list[Judged]) -> None:
    written.section("What evidence is useful")
    written.say(
        "Give what you have; nothing has to be made for us. Say what it shows and where it can be seen. Give it once: "
        "we ask nobody else for the same. Leave out the names of people under supervision."
    )
    for one in judged:
        standards = asked_in(one.held, one.modules)
        for on_cases in (False, True):
            found = [asked for asked in standards if _on_cases(one, asked) == on_cases]
            if found:
                written.say(USEFUL[on_cases])
                written.items([_matters(asked) for asked in found])


def _on_cases(one: Judged, asked: Asked) -> bool:
    below = {node.code for node in asked.node.walk()}
    return any(question.criterion in below for question in one.held.questions)


def _matters(asked: Asked) -> str:
    parts = "; ".join(child.title.en for child in asked.node.children)
    return f"{asked.node.code} {asked.node.title.en}{f': {parts}' if parts else ''}."


def _results(written: Numbered, judged: list[Judged]) -> None:
    written.section("How judgements become scores and ratings")
    for one in judged:
        plan = scoring(one.held)
        if len(judged) > 1:
            written.heading(one.held.edition.title.en)
        for method in plan["methods"]:
            written.say(f"{method['name']}. {method['text']}")
        if plan["shares"]:
            written.say(
                "Each share is given with the range in which the share of the whole caseload lies, at 95 per cent: the "
                "more cases, the narrower it is."
            )
        for bands in plan["bands"]:
            rows = [[row["level"].title.en, f"{row['share']} per cent"] for row in bands["rows"]]
            written.table(str(bands["title"]), ["Rating", "Share"], rows)
        for total in plan["totals"]:
            rows = [[row["level"].title.en, str(row["worth"]), row["total"]] for row in total["rows"]]
            written.table(str(total["title"]), ["Rating", "Points for a standard", "Points in all"], rows)
            written.say(f"{total['not_counted']} {total['without']}".strip())
        if not plan["bands"]:
            written.say(
                "This edition gives no ratings: its results are shares. You rate yourself as sufficient or not."
            )
        written.say(f"May the result be moved? {plan['panel']['text']}")
        written.items([f"{ground[0].upper()}{ground[1:]}." for ground in plan["panel"]["grounds"]])


def _who_sees(written: Numbered) -> None:
    written.section("Who sees what")
    written.say("A draft of your evidence is yours alone until you give it. Everything else is seen by these people:")
    written.table("Who sees what", ["What", "Who"], [[title, _who(rule)] for rule, title in SEES])
    written.say("Nobody sees any of it who has declared an interest in your organisation, save that you see your own.")


def _who(rule: str) -> str:
    words = {
        Role.CHIEF_INSPECTOR: "the chief inspector",
        Role.LEAD_INSPECTOR: "lead inspectors of the team",
        Role.INSPECTOR: "inspectors of the team",
        Role.LOCAL_ASSESSOR: "local assessors of the team",
        Role.BODY_CONTACT: "you",
        Role.OVERSEER: "whoever oversees you, once the result is out",
        Role.PUBLICATIONS: "publications staff, once the report is signed off",
        Role.AUDITOR: "auditors",
        Role.ADMINISTRATOR: "administrators",
    }
    own = {role for role, relation in RULES[rule].allowed if relation == "own_case"}
    found = [
        words[role].replace("of the team", "for their own cases")
        if role in own and role != Role.LEAD_INSPECTOR
        else words[role]
        for role in words
        if any(role.value == allowed for allowed, _ in RULES[rule].allowed)
    ]
    return joined(found)


def _facts_checked(written: Numbered, facts: Facts) -> None:
    written.section("How the facts are checked")
    draft, comments, published = (date_among(facts, *codes) for codes in (DRAFT, COMMENTS, PUBLICATION))
    written.say(f"You see the draft of the report before anybody outside{f', on {draft}' if draft else ''}.")
    due = f" They are due on {comments}." if comments else ""
    written.say(f"Say where a fact is wrong, by the number of the paragraph, and what shows it.{due}")
    written.say("Every comment is answered in writing. The report is signed off only when each has its answer.")
    written.say(
        f"The report is published{f' on {published}' if published else ' after that'}; until then it is confidential."
    )


def _survey(written: Numbered, facts: Facts) -> None:
    written.section("What you and others think of the inspection")
    asked = [one for one in facts["dates"] if any(word in one["code"] for word in ASKED_ABOUT_US)]
    written.items([f"{span(one)}: {one['title']}." for one in asked])
    more = "At any other time" if asked else "This edition sets no day for a survey. At any time"
    written.say(
        f"{more} you can tell the lead inspector how the inspection is done, good or bad; it changes no result."
    )


def _ask(written: Numbered, facts: Facts) -> None:
    written.section("Who to ask, and how to complain")
    lead = facts["lead"]
    if lead:
        written.say(f"Ask {lead['name']}, the lead inspector{', ' + lead['email'] if lead['email'] else ''}.")
    written.say(COMPLAIN)
