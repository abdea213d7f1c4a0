"""Make docs/examples and the table of faults: ``.venv/bin/python docs/make_examples.py``.

A test fails when one is stale. The rows come from ``inspectorate.ratings.invented``, from a seed; the faults from
``inspectorate.ratings.fault_words``.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from inspectorate.ratings.fault_words import FAULTS  # noqa: E402 - the path is set just above
from inspectorate.ratings.invented import DEMONSTRATION, demonstration, own_sheet  # noqa: E402

REFERENCE = "docs/reference/file-formats.md"
BEGIN, END = "<!-- faults: made by docs/make_examples.py -->\n", "<!-- end of faults -->\n"


def answers(name: str) -> bytes:
    """Return the judgements of an example."""
    return demonstration(name).answers.content


def case_list(name: str) -> bytes:
    """Return the case list of an example."""
    file = demonstration(name).case_list
    return file.content if file else b""


def judgements(name: str) -> bytes:
    """Return the ratings made by people in an example."""
    return (json.dumps(demonstration(name).judgements, indent=1, ensure_ascii=False) + "\n").encode()


def reference() -> bytes:
    """Return the reference of file formats with its table of faults made again."""
    text = (ROOT / REFERENCE).read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    rows = [f"| `{code}` | {words.meaning} | {words.remedy} |\n" for code, words in FAULTS.items()]
    return (
        before + BEGIN + "| fault | what it means | what to do |\n|---|---|---|\n" + "".join(rows) + END + after
    ).encode()


def files() -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by its path."""
    found: dict[str, Callable[[], bytes]] = {REFERENCE: reference}
    for name in DEMONSTRATION:
        found[f"docs/examples/{name}-answers.csv"] = lambda name=name: answers(name)
        found[f"docs/examples/{name}-cases.csv"] = lambda name=name: case_list(name)
        if demonstration(name).judgements:
            found[f"docs/examples/{name}-judgements.json"] = lambda name=name: judgements(name)
    found["docs/examples/iaow-own-sheet.csv"] = lambda: own_sheet().content
    return found


FILES = files()

if __name__ == "__main__":
    for path, make in FILES.items():
        (ROOT / path).write_bytes(make())
        print(path)
