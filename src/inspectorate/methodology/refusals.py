"""How an action says no: a short code for programs, and a sentence for people that says what to do next."""


class RefusedError(ValueError):
    """An action refuses; ``code`` is a member of the ``Refusal`` of its stage, or of ``lifecycle.Refusal``."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
