"""The life of an inspection and of an assessment: states, verbs, what must hold before each, and the named refusals.

One table for each, from which the pages, the refusals and the diagram in ``docs/reference/inspection-states.md`` are
made. Who may do a thing is not said here but in ``people``: the two are separate checks. Source of the stages:
``../shared/design/product.md``, "The story, stage by stage"; of the loops: the 2013-14 annual report, chapter 4, and
the framework for adult offending work of 2013.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

BEFORE = "before"
"""The verb leads back to the state from which the inspection was set aside."""


class Refusal(StrEnum):
    """Why a verb is refused. Each has a test; the sentences stand in ``CONDITIONS``."""

    UNKNOWN_VERB = "unknown-verb"
    NOT_FROM_HERE = "not-from-here"
    LEAD_MISSING = "lead-missing"
    WEEK_MISSING = "week-missing"
    WEEK_PAST = "week-past"
    REASON_MISSING = "reason-missing"
    LISTS_OPEN = "lists-open"
    CASES_NOT_ALLOCATED = "cases-not-allocated"
    CASES_NOT_ACCEPTED = "cases-not-accepted"
    RATINGS_OUT_OF_DATE = "ratings-out-of-date"
    PANEL_UNDECIDED = "panel-undecided"
    GATES_EMPTY = "gates-empty"
    COMMENTS_UNANSWERED = "comments-unanswered"
    SECOND_PERSON_MISSING = "second-person-missing"
    MINUTE_MISSING = "minute-missing"
    MINUTE_PASSED = "minute-passed"
    MINUTE_TO_COME = "minute-to-come"
    ANSWERS_MISSING = "answers-missing"
    ANSWERS_IN_CONFLICT = "answers-in-conflict"


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold before a verb: its refusal, and the sentence that says what to do."""

    refusal: Refusal
    sentence: str


CONDITIONS: Mapping[str, Condition] = {
    "lead_named": Condition(Refusal.LEAD_MISSING, "Nobody leads this inspection: name its lead inspector first."),
    "week_set": Condition(Refusal.WEEK_MISSING, "The fieldwork week is not set: choose its Monday first."),
    "week_ahead": Condition(Refusal.WEEK_PAST, "The fieldwork week is over: choose one that is still to come."),
    "reason_given": Condition(Refusal.REASON_MISSING, "A reason is needed: write why, for whoever reads this later."),
    "lists_settled": Condition(
        Refusal.LISTS_OPEN, "A case list has no sample yet: draw it, or say that there is no eligible case."
    ),
    "cases_allocated": Condition(
        Refusal.CASES_NOT_ALLOCATED, "Some cases of the sample have no assessor: allocate them first."
    ),
    "cases_accepted": Condition(
        Refusal.CASES_NOT_ACCEPTED, "Some cases have no accepted assessment: accept them, or replace the case."
    ),
    "ratings_current": Condition(
        Refusal.RATINGS_OUT_OF_DATE, "The ratings rest on earlier judgements: work them out again first."
    ),
    "panel_decided": Condition(
        Refusal.PANEL_UNDECIDED, "A move of a rating waits for its second person: confirm it or take it back."
    ),
    "gates_filled": Condition(
        Refusal.GATES_EMPTY, "A part that no report may leave out is empty: write it, it is named on the page."
    ),
    "comments_answered": Condition(
        Refusal.COMMENTS_UNANSWERED, "A comment of the body on the draft has no answer: answer it first."
    ),
    "second_person": Condition(
        Refusal.SECOND_PERSON_MISSING, "This takes two people: somebody else has to confirm it."
    ),
    "minute_given": Condition(Refusal.MINUTE_MISSING, "The minute of publication is missing: give day and time."),
    "minute_to_come": Condition(
        Refusal.MINUTE_PASSED, "It is public already: what is public is corrected in the open, not taken back."
    ),
    "minute_passed": Condition(
        Refusal.MINUTE_TO_COME, "It is not public yet: wait for the minute of publication, or take the release back."
    ),
    "answers_complete": Condition(
        Refusal.ANSWERS_MISSING, "Questions that are asked of this case have no answer: answer them first."
    ),
    "answers_settled": Condition(
        Refusal.ANSWERS_IN_CONFLICT, "Two answers to one question stand side by side: decide which holds first."
    ),
}


@dataclass(frozen=True, slots=True)
class State:
    """One state: what it is called, what is going on, what is next, and which role holds it (a word for people).

    ``due`` names the dates of an edition's timetable by which it should end, the first that the edition has;
    ``/end`` is the last day of an event.
    """

    code: str
    title: str
    says: str
    next: str = ""
    holder: str = ""
    step: str = ""
    due: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verb:
    """One way from a state to another, with what must hold. ``to`` may be ``BEFORE``."""

    code: str
    title: str
    from_: tuple[str, ...]
    to: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Life:
    """A table of states and verbs. ``aside`` names the states in which something waits, to go back where it was."""

    name: str
    states: tuple[State, ...]
    verbs: tuple[Verb, ...]
    aside: tuple[str, ...] = ()

    def state(self, code: str) -> State:
        """Return the state of that code; raise KeyError where there is none."""
        return {state.code: state for state in self.states}[code]

    def verb(self, code: str) -> Verb:
        """Return the verb of that code, or refuse."""
        for verb in self.verbs:
            if verb.code == code:
                return verb
        raise RefusedError(Refusal.UNKNOWN_VERB, f"There is nothing called '{code}' to do with {self.name}.")

    def open_to(self, state: str) -> tuple[Verb, ...]:
        """Return the verbs that lead on from a state, in the order of the table."""
        return tuple(verb for verb in self.verbs if state in verb.from_)

    def unmet(self, verb: str, holds: Collection[str]) -> tuple[Condition, ...]:
        """Return what a verb needs and does not have; ``holds`` names the conditions that are known to hold."""
        return tuple(CONDITIONS[need] for need in self.verb(verb).needs if need not in holds)

    def after(self, verb: str, *, state: str, before: str = "", holds: Collection[str] = ()) -> str:
        """Return the state to which a verb leads; refuse by name where it does not start here or lacks something.

        ``before`` is the state from which a thing was set aside. Something that the caller did not look at counts as
        not held, so that no verb passes unlooked at.
        """
        found = self.verb(verb)
        if state not in found.from_:
            here = self.state(state).title.lower()
            open_ = ", ".join(f"'{other.title}'" for other in self.open_to(state)) or "nothing"
            sentence = f"'{found.title}' does not fit: {self.name} is {here}. What fits now: {open_}."
            raise RefusedError(Refusal.NOT_FROM_HERE, sentence)
        for condition in self.unmet(verb, holds):
            raise RefusedError(condition.refusal, condition.sentence)
        return before if found.to == BEFORE else found.to

    def reaches(self, state: str, *others: str) -> bool:
        """Say whether one of these states is as far on as ``state``; one in which something waits is nowhere."""
        order = [one.code for one in self.states if one.code not in self.aside]
        return any(other in order and order.index(other) >= order.index(state) for other in others)

    def furthest(self, *states: str) -> str:
        """Return that of these states that is furthest on; nothing where something waits in each of them."""
        order = [one.code for one in self.states if one.code not in self.aside]
        return max((state for state in states if state in order), key=order.index, default="")

    def remembered(self, *, state: str, before: str, after: str) -> str:
        """Return the state to remember for the way back, once ``state`` has become ``after``."""
        if after not in self.aside:
            return ""
        return before if state in self.aside else state


STORY: tuple[tuple[str, str], ...] = (
    ("notice", "Notice"),
    ("sample", "Sample"),
    ("fieldwork", "Fieldwork"),
    ("ratings", "Ratings"),
    ("report", "Report"),
    ("publication", "Publication"),
    ("follow-up", "Follow-up"),
)
"""The steps of the strip that every inspection carries, in order."""

_BEFORE_FIELDWORK = ("arranged", "announced", "sampled")
_AFTER_FIELDWORK = ("rating", "drafting", "checking")

INSPECTION = Life(
    "the inspection",
    (
        State(
            "arranged",
            "Arranged",
            "Team and dates are being settled; the body does not know of it yet.",
            "Announce it to the body",
            "lead inspector",
            "notice",
            ("announcement", "request", "list"),
        ),
        State(
            "announced",
            "Announced",
            "The body gives its evidence and its case list.",
            "Freeze the case list and draw the sample",
            "lead inspector",
            "sample",
            ("sample", "samples", "case_list", "case_lists", "records_secured", "reading"),
        ),
        State(
            "sampled",
            "Sample drawn",
            "The cases of the sample are being given to assessors.",
            "Allocate the cases and begin fieldwork",
            "lead inspector",
            "fieldwork",
            ("fieldwork", "case_week"),
        ),
        State(
            "fieldwork",
            "In fieldwork",
            "Cases are being assessed, and assessments accepted or returned.",
            "Assess every case and accept the assessments",
            "assessors and lead inspector",
            "fieldwork",
            ("first_feedback", "partner_week/end", "second_week/end", "fieldwork/end", "case_week/end"),
        ),
        State(
            "rating",
            "Ratings",
            "Every case is accepted; scores and ratings are looked at, and the panel decides.",
            "Settle the ratings",
            "lead inspector and ratings panel",
            "ratings",
            ("ratings_panel", "draft"),
        ),
        State(
            "drafting",
            "Report being written",
            "The report is being written; its figures come from the scores.",
            "Send the draft to the body",
            "lead inspector",
            "report",
            ("draft",),
        ),
        State(
            "checking",
            "Draft with the body",
            "The body checks the facts of the draft.",
            "Answer the comments and sign the report off",
            "inspected body, then chief inspector",
            "report",
            ("draft_comments", "draft_check", "draft_reply", "right_of_reply/end", "publication"),
        ),
        State(
            "signed_off",
            "Signed off",
            "The report is signed off and can no longer change.",
            "Set the minute of publication",
            "lead inspector, then chief inspector",
            "publication",
            ("publication",),
        ),
        State(
            "released",
            "Released",
            "The result is public from its minute on.",
            "Follow up the recommendations",
            "lead inspector",
            "follow-up",
            ("improvement_plan", "action_plan", "action_plans", "responses"),
        ),
        State("closed", "Closed", "Nothing more is expected.", step="follow-up"),
        State("deferred", "Deferred", "Put off; it goes on where it was.", "Resume it, or cancel it", "lead inspector"),
        State(
            "withheld",
            "Withheld",
            "Nothing of it is published for now; it goes on where it was.",
            "Resume it, or cancel it",
            "chief inspector",
        ),
        State(
            "cancelled",
            "Cancelled",
            "It does not take place; everything that was entered is kept.",
            "Resume it if it takes place after all",
            "lead inspector",
        ),
    ),
    (
        Verb("announce", "Announce", ("arranged",), "announced", ("lead_named", "week_set", "week_ahead")),
        Verb("withdraw_notice", "Withdraw the notice", ("announced",), "arranged", ("reason_given",)),
        Verb("settle_sample", "Draw the sample", ("announced",), "sampled", ("lists_settled",)),
        Verb("begin_fieldwork", "Begin fieldwork", ("sampled",), "fieldwork", ("cases_allocated",)),
        Verb("finish_fieldwork", "Finish fieldwork", ("fieldwork",), "rating", ("cases_accepted",)),
        Verb("reopen_fieldwork", "Reopen fieldwork", _AFTER_FIELDWORK, "fieldwork", ("reason_given", "second_person")),
        Verb("settle_ratings", "Settle the ratings", ("rating",), "drafting", ("ratings_current", "panel_decided")),
        Verb("reopen_ratings", "Reopen the ratings", ("drafting", "checking"), "rating", ("reason_given",)),
        Verb("send_draft", "Send the draft", ("drafting",), "checking", ("gates_filled", "ratings_current")),
        Verb("correct_draft", "Correct the draft", ("checking",), "drafting", ("reason_given",)),
        Verb(
            "sign_off",
            "Sign off",
            ("checking",),
            "signed_off",
            ("gates_filled", "ratings_current", "comments_answered"),
        ),
        Verb("reopen_report", "Reopen the report", ("signed_off",), "drafting", ("reason_given", "second_person")),
        Verb("release", "Release", ("signed_off",), "released", ("minute_given", "second_person")),
        Verb("take_back", "Take the release back", ("released",), "signed_off", ("minute_to_come", "reason_given")),
        Verb("close", "Close", ("released",), "closed", ("minute_passed",)),
        Verb("reopen_follow_up", "Reopen follow-up", ("closed",), "released", ("reason_given",)),
        Verb("defer", "Defer", (*_BEFORE_FIELDWORK, "fieldwork"), "deferred", ("reason_given",)),
        Verb("withhold", "Withhold", (*_AFTER_FIELDWORK, "signed_off"), "withheld", ("reason_given",)),
        Verb(
            "cancel",
            "Cancel",
            (*_BEFORE_FIELDWORK, "fieldwork", *_AFTER_FIELDWORK, "deferred", "withheld"),
            "cancelled",
            ("reason_given",),
        ),
        Verb("resume", "Resume", ("deferred", "withheld", "cancelled"), BEFORE, ("reason_given",)),
    ),
    aside=("deferred", "withheld", "cancelled"),
)

ASSESSMENT = Life(
    "the assessment",
    (
        State("begun", "Begun", "Being answered.", "Answer every question and submit", "assessor"),
        State("submitted", "Submitted", "Waits to be looked at.", "Accept it or return it", "lead inspector"),
        State("returned", "Returned", "Sent back with a reason.", "Look at the reason and submit again", "assessor"),
        State("accepted", "Accepted", "Counts in the scores.", "", ""),
        State(
            "withdrawn",
            "Withdrawn",
            "Its case left the sample, or its assessor has an interest in it; what was written is kept.",
            "",
            "",
        ),
    ),
    (
        Verb("submit", "Submit", ("begun", "returned"), "submitted", ("answers_complete", "answers_settled")),
        Verb("take_back", "Take back", ("submitted",), "begun", ("reason_given",)),
        Verb("accept", "Accept", ("submitted",), "accepted", ("answers_complete", "answers_settled")),
        Verb("return", "Return", ("submitted", "accepted"), "returned", ("reason_given",)),
        Verb("withdraw", "Withdraw", ("begun", "submitted", "returned", "accepted"), "withdrawn", ("reason_given",)),
    ),
)
