"""Conditions of routing as one line of text, and back: how a spreadsheet and a comparison write them.

    F01 is custody, licence
    all(F05 is yes; not(F06 is none))

``is`` names a question and the answers of which one must be given; ``all``, ``any`` and ``not`` put conditions
together, with semicolons between them.
"""

import re
from collections.abc import Mapping
from typing import Any, Literal

from inspectorate.methodology.forms import Condition

SHAPE = "Write such as: F01 is custody, licence — or: all(F05 is yes; not(F06 is none))."
IS = re.compile(r"(\S+)\s+is\s+(.+)", re.DOTALL)
GROUP = re.compile(r"(all|any|not)\s*\((.*)\)", re.DOTALL)


def spelled(condition: Condition, renamed: Mapping[str, str] | None = None) -> str:
    """Return the condition as one line; ``renamed`` gives questions other codes."""
    if condition.kind == "is":
        code = (renamed or {}).get(condition.question, condition.question)
        return f"{code} is {', '.join(condition.values)}"
    return f"{condition.kind}({'; '.join(spelled(part, renamed) for part in condition.parts)})"


def parsed(text: str) -> Condition:
    """Return the condition that a line stands for; raise ValueError with a sentence where it stands for none."""
    text = text.strip()
    if group := GROUP.fullmatch(text):
        word: Literal["all", "any", "not"] = "all" if group[1] == "all" else "any" if group[1] == "any" else "not"
        parts = tuple(parsed(part) for part in _parts(group[2]))
        if word == "not" and len(parts) != 1:
            raise ValueError("'not' is said of one condition")
        return Condition(word, parts=parts)
    found = IS.fullmatch(text)
    if found is None or "(" in text or ")" in text or ";" in text:
        raise ValueError(f"'{text}' is no condition")
    values = tuple(value.strip() for value in found[2].split(","))
    if not all(values):
        raise ValueError(f"'{text}' names an answer that is empty")
    return Condition("is", question=found[1], values=values)


def as_data(condition: Condition) -> dict[str, Any]:
    """Return the condition as ``form.yaml`` holds it."""
    if condition.kind == "is":
        return {"question": condition.question, "is": list(condition.values)}
    parts = [as_data(part) for part in condition.parts]
    return {condition.kind: parts[0] if condition.kind == "not" else parts}


def _parts(text: str) -> list[str]:
    """Split at the semicolons that stand in no brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0:
            raise ValueError("a bracket closes that was not opened")
        if sign == ";" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    if depth:
        raise ValueError("a bracket is not closed")
    return parts
