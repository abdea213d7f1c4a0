"""The filters above the lists, as the component ``filter_bar`` takes them; what was asked stands in the address."""

from typing import Any
from urllib.parse import urlencode

from inspectorate.standards.queries import EditionsAsked, QuestionsAsked

LABELS = {"kind": "Kind of case", "section": "Section", "criterion": "Criterion", "score": "Counts in the score"}


def editions_filter(asked: EditionsAsked, states: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Return the filters of the list of editions."""
    options = [(state, state.capitalize()) for state, *_ in states]
    return [
        {"name": "q", "kind": "search", "label": "Programme or word", "value": asked.q},
        _select("state", "State", asked.state, options),
    ]


def questions_filter(asked: QuestionsAsked, choices: dict[str, list[tuple[str, str]]]) -> list[dict[str, Any]]:
    """Return the filters of the form; a filter that offers nothing is left out."""
    return [
        {"name": "q", "kind": "search", "label": "Code or word", "value": asked.q},
        *(_select(name, LABELS[name], getattr(asked, name), offered) for name, offered in choices.items() if offered),
    ]


def address(asked: EditionsAsked | QuestionsAsked, **changed: str) -> str:
    """Return the part of the address after the path, without what is empty."""
    fields = {name: getattr(asked, name) for name in type(asked).__slots__} | changed
    return "?" + urlencode({name: value for name, value in fields.items() if value})


def _select(name: str, label: str, value: str, options: list[tuple[str, str]]) -> dict[str, Any]:
    offered = [{"value": "", "text": "All"}, *({"value": code, "text": words} for code, words in options)]
    return {"name": name, "kind": "select", "label": label, "value": value, "options": offered}
