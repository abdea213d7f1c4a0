"""Every action says who acts: each public function of an actions module is keyword-only and takes ``by``."""

import ast
from pathlib import Path

# Nobody acts in these: the record is sealed, and its head handed out, by the clock.
WITHOUT_ACTOR = {("record", "seal"), ("record", "export_head")}
SOURCE = Path(__file__).resolve().parents[2] / "src/inspectorate"


def faults(path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        taken = node.args
        if taken.posonlyargs or taken.args or taken.vararg:
            yield f"{path}:{node.lineno}: {node.name} takes arguments by position"
        acts = (path.parent.name, node.name) not in WITHOUT_ACTOR
        if acts and "by" not in {argument.arg for argument in taken.kwonlyargs}:
            yield f"{path}:{node.lineno}: {node.name} does not say who acts (by)"


def test_every_action_is_keyword_only_and_takes_by():
    modules = [*SOURCE.glob("*/actions.py"), *SOURCE.glob("*/actions/**/*.py")]
    assert [fault for path in modules for fault in faults(path)] == []


def test_an_action_without_by_is_caught(tmp_path):
    path = tmp_path / "actions.py"
    path.write_text("def close(body): ...\n")
    assert len(list(faults(path))) == 2


def test_an_action_with_by_is_let_through(tmp_path):
    path = tmp_path / "actions.py"
    path.write_text("def close(*, body, by): ...\ndef _part(body): ...\n")
    assert list(faults(path)) == []
