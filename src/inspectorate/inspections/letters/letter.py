"""The notice letter: made of the data of an inspection, frozen as content when it is sent. Two pages at most."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from inspectorate.inspections.evidence.standards import DUE, Judged, asked_in, editions_of
from inspectorate.inspections.letters.facts import Facts, changes, date_among, facts_of, span
from inspectorate.inspections.letters.numbered import Numbered, day, days, weeks
from inspectorate.inspections.models import Inspection, Letter
from inspectorate.record.chain import canonical
from inspectorate.standards.queries.sentences import counted, joined

FORMAT = 1
FRIDAY = 4
CASE_LIST = ("case_list", "case_lists", "list")
SAMPLE = ("sample", "samples")
DRAFT = ("draft",)
COMMENTS = ("draft_comments", "draft_check", "draft_reply")
PUBLICATION = ("publication",)
COMPLAIN = (
    "If you are not content with how we inspect, tell the lead inspector first: most things are put right that way. If "
    "it is not settled, write to the chief inspector. A complaint never counts against you."
)


def letter_of(inspection: Inspection, before: Letter | None = None, why: str = "") -> dict[str, Any]:
    """Return the content of the letter as it would be sent now; after an earlier letter it says what changed.

    The same data give the same content: the day of sending stands on the letter, not in it.
    """
    judged = editions_of(inspection)
    facts = facts_of(inspection, judged)
    written = Numbered()
    if before:
        _changed(written, before, facts, why)
    _inspection(written, facts, judged)
    _when(written, facts)
    _what_happens(written, facts)
    _prepare(written, facts, judged)
    _ask(written, facts)
    return {
        "format": FORMAT,
        "title": "Change to a notice of inspection" if before else "Notice of inspection",
        "subtitle": joined([one["title"] for one in facts["editions"]]),
        "to": facts["to"],
        "invented": facts["invented"],
        "facts": facts,
        "sections": written.sections,
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content as canonical JSON."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def last_letter(inspection: Inspection) -> Letter | None:
    """Return the letter that holds: the last that was sent."""
    return inspection.letters.order_by("-number").first()


def unsent_changes(inspection: Inspection, last: Letter) -> list[str]:
    """Say what differs by now from the last letter, one sentence each."""
    return changes(last.content["facts"], facts_of(inspection, editions_of(inspection)))


def _changed(written: Numbered, before: Letter, facts: Facts, why: str) -> None:
    written.section("What has changed")
    found = changes(before.content["facts"], facts)
    which = "the notice" if before.number == 1 else f"letter {before.number}"
    same = "Nothing in it has changed; it is sent again." if not found else "These things have changed:"
    written.say(f"This letter takes the place of {which} that we sent you on {day(before.sent_at)}. {same}")
    written.items(found)
    written.say(f"The reason: {why.strip().rstrip('.')}." if why.strip() else "")


def _inspection(written: Numbered, facts: Facts, judged: list[Judged]) -> None:
    written.section("The inspection")
    what = f"the area {facts['to']}" if facts["is_area"] else facts["to"]
    written.say(f"We will inspect {what}. The inspection is called {facts['title']}.")
    editions = joined([f"{one['title']} ({one['code']})" for one in facts["editions"]])
    written.say(
        f"We inspect by this edition: {editions}. The manual that comes with this letter says in plain words what we "
        "look at and how judgements become results."
    )
    basis = dict.fromkeys(one.held.edition.about["legal_basis"]["en"].strip().rstrip(".") for one in judged)
    written.say(f"Our power to inspect: {'. '.join(basis)}.")
    written.say(f"We look more closely at this: {facts['focus'].rstrip('.')}." if facts["focus"] else "")
    if facts["providers"] != [facts["to"]] and facts["providers"]:
        written.say(f"We look at the work of {joined(facts['providers'])}.")
    for code, partner in (led for one in judged for led in one.partners):
        written.say(f"{partner} leads the module {code.replace('_', ' ')}.")


def _when(written: Numbered, facts: Facts) -> None:
    written.section("When")
    if facts["fieldwork_on"] is None:
        written.say("The fieldwork week is not set yet.")
        return
    number = facts["fieldwork_weeks"]
    found = {one["code"]: one for one in facts["dates"]}
    fieldwork = next((found[code] for code in ("fieldwork", "case_week") if code in found), None)
    monday = date.fromisoformat(facts["fieldwork_on"])
    when = span(fieldwork) if fieldwork else days(monday, monday + timedelta(7 * (number - 1) + FRIDAY))
    written.say(f"Fieldwork takes {weeks(number)}: {when}.")
    written.say("These are all the dates. If one has to move, we write to you again and say what changed.")
    written.table("Dates", ["What", "When"], [[one["title"], span(one)] for one in facts["dates"]])


def _what_happens(written: Numbered, facts: Facts) -> None:
    written.section("What happens")
    lead = facts["lead"]["name"] if facts["lead"] else "A lead inspector"
    written.say(f"{lead} leads the inspection. Nobody takes part who has declared an interest in what is inspected.")
    written.say(
        "From the case list that you send us we draw a sample, in a way that anybody can draw again. We assess each "
        "case of it by the questions of the edition, and speak with the practitioner who knows it."
    )
    draft, comments, published = (date_among(facts, *codes) for codes in (DRAFT, COMMENTS, PUBLICATION))
    until = f" Your comments are due on {comments}." if comments else ""
    written.say(f"You see the draft of the report{_on(draft)}, so that you can check its facts.{until}")
    written.say(f"The report is published{_on(published)}. Please keep what you learn before that day to yourselves.")


def _prepare(written: Numbered, facts: Facts, judged: list[Judged]) -> None:
    written.section("What to prepare")
    kinds = [kind.title.en.lower() for one in judged for kind in one.held.edition.kinds_in(one.modules)]
    several = f", one for each kind of case ({joined(kinds)})" if len(kinds) > 1 else ""
    written.say(f"Case list{several}: give it{_by(date_among(facts, *CASE_LIST))}, on the page Case list.")
    standards = sum(len(asked_in(one.held, one.modules)) for one in judged)
    each = f"for each of {counted(standards, 'standard')}" if standards > 1 else "for the one standard"
    written.say(
        f"Evidence and self-assessment: give them once {each}{_by(date_among(facts, *DUE))}, "
        "on the page Evidence. Files can be added."
    )
    sample = date_among(facts, *SAMPLE)
    drawn = f" The sample is drawn on {sample}." if sample else ""
    written.say(
        f"People: keep practitioners whose cases are in the sample free to speak with us in the fieldwork.{drawn}"
    )
    written.say("The manual has the whole list, to print and tick.")


def _ask(written: Numbered, facts: Facts) -> None:
    written.section("Who to ask, and how to complain")
    lead = facts["lead"]
    if lead:
        written.say(f"Ask {lead['name']}, the lead inspector{', ' + lead['email'] if lead['email'] else ''}.")
    written.say(COMPLAIN)


def _on(written: str) -> str:
    return f" on {written}" if written else ""


def _by(written: str) -> str:
    return f" by {written}" if written else ""
