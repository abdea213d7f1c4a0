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
    ("ratings", "hand_in"): FILE,
    ("ratings", "keep"): FILE,
    ("sampling", "note"): "part of other actions, which have asked; it takes no ``by``",
}
"""Actions without a rule of their own, each with the reason; the stage ``record`` is below the rules altogether."""
NO_PAGE = {
    "ratings": {"erase_expired", "load_invented"},
    "register": {
        *("add_ldu", "add_measures", "end_body", "load_published_record", "merge_bodies", "open_programme_year"),
        *("record_result", "register_body", "rename_body", "split_body", "withdraw_results"),
    },
    "standards": {
        *("answer", "decide", "erase_comment", "load_invented_consultation", "open_consultation"),
        *("receive_comment", "record_review"),
    },
}
"""Actions that no page reaches: they run from the command line of whoever has the server, or inside the action of a
later stage that has asked."""
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
    known = {*ASKS_NOBODY, *((stage, name) for stage, names in NO_PAGE.items() for name in names)}
    assert without_a_question(SOURCE) == sorted(known)


def reached(path):
    """Yield what a page takes from the actions that ask nobody, by name or as ``actions.name``."""
    stages, tree = {}, ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            taken, stage = {alias.name for alias in node.names}, node.module.split(".")[1:2]
            if node.module.endswith(".actions") and stage:
                yield from taken & NO_PAGE.get(stage[0], set())
            elif stage and "actions" in taken:
                stages |= dict.fromkeys(NO_PAGE.get(stage[0], ()), stage[0])
    used = {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "actions"
    }
    yield from used & set(stages)


def test_no_page_reaches_what_asks_nobody():
    pages = [*SOURCE.glob("*/views.py"), *SOURCE.glob("*/views/*.py"), *SOURCE.glob("config/desk/**/*.py")]
    assert [(path.name, name) for path in pages for name in reached(path)] == []


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
