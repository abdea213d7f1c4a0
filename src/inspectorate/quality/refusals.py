"""Why this stage says no: a short code for programs, and a sentence for people that says what to do next."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """The named refusals of this stage. Each has a test."""

    OWN_ASSESSMENT = "own-assessment"
    QUESTION_UNKNOWN = "question-unknown"
    GUIDANCE_UNKNOWN = "guidance-unknown"
    FIELDWORK_OVER = "fieldwork-over"
    NOT_IN_SAMPLE = "not-in-sample"
    HANDED_IN_ANEW = "handed-in-anew"
