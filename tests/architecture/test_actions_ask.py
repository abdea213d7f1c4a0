"""Every action asks who may: found by following what each calls, down to a question that is put to the rules."""

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src/inspectorate"
QUESTIONS = frozenset({"require", "require_in", "require_on"})
SHOWN, FILE = "it writes down what the person was shown, by whoever shows it", "anybody scores a file of their own"
ASKS_NOBODY = {
    ("fieldwork", "note_reading"): SHOWN,
    ("people", "note_case_opened"): SHOWN,
    ("people", "note_readings"): SHOWN,
    ("ratings", "erase"): FILE,
    ("ratings", "keep"): FILE,
    ("sampling", "note"): "part of other actions, which have asked; it takes no ``by``",
    ("standards", "receive_comment"): "anybody comments while a consultation is open; it is shown once it was read",
}
"""Actions without a rule of their own, each with the reason; the stage ``record`` is below the rules altogether."""
PURE = ("record", "config")


def modules_of(source):
    """Yield the stage, and the module, of every file in which something is written or asked for it."""
    for path in sorted(source.rglob("*.py")):
        stage = path.relative_to(source).parts[0]
        if stage not in PURE and (is_action(path) or path.name in ("asking.py", "moving.py")):
            yield stage, path


def calls_in(node):
    """Return the names that a function calls or hands on."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} | {
        one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)
    }


def is_action(path):
    return path.name == "actions.py" or path.parent.name == "actions"


def without_a_question(source):
    """Return the public actions from which no call leads to a question."""
    functions, public = {}, {}
    for stage, path in modules_of(source):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                functions[path, node.name] = calls_in(node)
                if is_action(path) and not node.name.startswith("_"):
                    public[path, node.name] = stage
    asking = set()
    while True:
        names = {name for path, name in asking if is_action(path) and not name.startswith("_")} | QUESTIONS
        found = {
            (path, name)
            for (path, name), called in functions.items()
            if called & (names | {other for where, other in asking if where == path})
        }
        if found <= asking:
            break
        asking |= found
    return sorted((stage, name) for (path, name), stage in public.items() if (path, name) not in asking)


def test_every_action_asks_who_may():
    assert without_a_question(SOURCE) == sorted(ASKS_NOBODY)


def test_a_planted_action_that_asks_nobody_is_found(tmp_path):
    stage = tmp_path / "followup"
    stage.mkdir()
    (stage / "actions.py").write_text(
        "def close(*, by): require_in(by=by)\n"
        "def shut(*, by): close(by=by)\n"
        "def open_wide(*, by): _part(by)\n"
        "def _part(by): return by\n"
    )
    assert without_a_question(tmp_path) == [("followup", "open_wide")]
