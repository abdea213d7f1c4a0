"""When each question is asked, as XPath: what Form.asked works out on arrays, written for a form in the field.

A condition carries with it when the question that it looks at is asked. So it comes out alike in clients that empty a
question which is no longer asked and in clients that keep its answer.
"""

from collections.abc import Mapping

from inspectorate.methodology.forms import Condition, Kind, Rule


def when_asked(kind: Kind, rules: Mapping[str, Rule]) -> dict[str, str]:
    """Return the XPath of each question of the kind, by code; empty where it is always asked.

    A question stands there as ``${CODE}``, which pyxform turns into its path.
    """
    asked: dict[str, str] = {}
    for question in kind.questions:
        asked[question.code] = " and ".join(_holds(rules[code].when, asked) for code in question.asked_when)
    return asked


def any_of(question: str, values: tuple[str, ...]) -> str:
    """Return the XPath that holds where one of the values is the answer to the question."""
    told = " or ".join(f"${{{question}}} = '{value}'" for value in values)
    return f"({told})" if len(values) > 1 else told


def both(first: str, second: str) -> str:
    """Return the XPath that holds where both do; an empty one always holds."""
    return " and ".join(part for part in (first, second) if part)


def either(parts: tuple[str, ...]) -> str:
    """Return the XPath that holds where one of them does, each told once; empty where one of them always holds."""
    told = tuple(dict.fromkeys(parts))
    if "" in told or len(told) == 1:
        return "" if "" in told else told[0]
    return " or ".join(f"({part})" for part in told)


def _holds(condition: Condition, asked: Mapping[str, str]) -> str:
    if condition.kind == "is":
        answered = any_of(condition.question, condition.values)
        before = asked[condition.question]
        return f"({before} and {answered})" if before else answered
    parts = [_holds(part, asked) for part in condition.parts]
    if condition.kind == "not":
        return f"not({parts[0]})"
    word = " and " if condition.kind == "all" else " or "
    return f"({word.join(parts)})"
