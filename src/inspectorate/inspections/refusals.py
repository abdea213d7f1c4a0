"""Why this stage says no: a short code for programs, and a sentence for people that says what to do next."""

from enum import StrEnum


class Refusal(StrEnum):
    """The named refusals of this stage. Each has a test."""

    TITLE_MISSING = "title-missing"
    BODY_OR_AREA = "body-or-area"
    MODULE_MISSING = "module-missing"
    MODULE_TWICE = "module-twice"


class RefusedError(ValueError):
    """An action of this stage refuses."""

    def __init__(self, code: Refusal, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
