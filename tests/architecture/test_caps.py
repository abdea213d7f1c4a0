"""Size and names: no file past 400 lines, no function past 50, no package named after a mechanism."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_CAP, FUNCTION_CAP, SCRIPT_CAP = 400, 50, 60
FORBIDDEN = {"services", "helpers", "utils", "managers", "common", "core", "base"}
TREES = ("src", "tests", "docs", "benchmarks")


def ours(*endings):
    """Yield our own files, vendored ones and migrations left out: others wrote those."""
    for tree in TREES:
        for path in sorted((ROOT / tree).rglob("*")):
            if path.suffix in endings and not {"vendor", "migrations", "node_modules"} & set(path.parts):
                yield path


def too_long(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    return [f"{path}: {lines} lines"] if lines > FILE_CAP else []


def long_functions(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION_CAP:
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines"


def badly_named(path):
    """A folder or module of a forbidden name; templates may be called base.html, for the name is what it is."""
    names = {path.stem, *path.relative_to(ROOT if ROOT in path.parents else path.anchor).parts[:-1]}
    return [f"{path}: {name}" for name in sorted(names & FORBIDDEN)]


def test_no_file_is_past_400_lines():
    assert [fault for path in ours(".py", ".js") for fault in too_long(path)] == []


def test_no_function_is_past_50_lines():
    assert [fault for path in ours(".py") for fault in long_functions(path)] == []


def test_no_package_or_module_is_named_after_a_mechanism():
    assert [fault for path in ours(".py") for fault in badly_named(path)] == []


def test_no_shell_script_is_past_60_lines():
    scripts = [path for folder in ("script", ".ci") for path in (ROOT / folder).iterdir() if path.is_file()]
    shell = [path for path in scripts if "python" not in path.read_text(encoding="utf-8").split("\n", 1)[0]]
    assert {path.name for path in shell} >= {"demo", "test", "inspectorate", "environment", "run"}
    assert [path.name for path in shell if len(path.read_text(encoding="utf-8").splitlines()) >= SCRIPT_CAP] == []


@pytest.mark.parametrize(
    ("name", "text", "check"),
    [
        ("long.py", "x = 1\n" * (FILE_CAP + 1), too_long),
        ("function.py", "def grows():\n" + "    x = 1\n" * FUNCTION_CAP, long_functions),
        ("utils.py", "", badly_named),
        ("services/letters.py", "", badly_named),
    ],
)
def test_each_cap_catches_what_is_planted(tmp_path, name, text, check):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    assert len(list(check(path))) == 1
