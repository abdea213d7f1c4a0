"""F54: installed files that differ from the manifest are named, and a server with such files does not start."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inspectorate.config.cli import main
from inspectorate.config.supply import installed
from inspectorate.config.supply.installed import AlteredError, differences, manifest, refuse_altered

SOURCE = Path(installed.PACKAGE)


@pytest.fixture
def copy(tmp_path):
    """A small package of files, as installed."""
    package = tmp_path / "inspectorate"
    for name in ("__init__.py", "people/access.py", "ui/static/ui/look.css", "people/__pycache__/access.pyc"):
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")
    return package


def test_files_as_they_were_installed_hold(copy):
    assert differences(manifest(copy, whole=False), copy) == []


def test_an_altered_an_added_and_a_missing_file_are_named(copy):
    kept = manifest(copy, whole=False)
    (copy / "people/access.py").write_text("RULES = {}\n")
    (copy / "people/back_door.py").write_text("x\n")
    (copy / "ui/static/ui/look.css").unlink()
    assert differences(kept, copy) == [
        "people/access.py was altered",
        "people/back_door.py was added",
        "ui/static/ui/look.css is missing",
    ]


@pytest.mark.release
def test_a_dependency_with_other_files_is_named(copy):
    kept = manifest(copy)
    assert {"django", "cryptography"} <= set(kept["packages"])
    for what, whole in (("packages", False), ("contents", True)):
        changed = kept | {what: kept[what] | {"django": "0" * 64}}
        assert differences(changed, copy, whole=whole) == ["django was altered"]


@pytest.mark.parametrize("text", [None, "", "{}", "[]", '{"format": "manifest@1", "files": 1, "packages": {}}'])
def test_a_manifest_that_cannot_be_read_stops_the_start(tmp_path, text):
    path = tmp_path / "manifest.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(AlteredError, match="cannot be read"):
        refuse_altered(path)


@pytest.mark.release
def test_the_command_makes_a_manifest_once_and_holds_files_against_it(tmp_path, capsys):
    path = tmp_path / "manifest.json"
    assert main(["supply", "manifest", "--out", str(path)]) == 0
    assert main(["supply", "manifest", "--out", str(path)]) == 2
    assert main(["supply", "check", str(path)]) == 0
    kept = json.loads(path.read_text())
    kept["files"]["people/access.py"] = "0" * 64
    path.write_text(json.dumps(kept))
    capsys.readouterr()
    assert main(["supply", "check", str(path)]) == 1
    assert "people/access.py was altered" in capsys.readouterr().out


@pytest.mark.release
def test_a_server_starts_with_its_own_files_and_not_with_one_altered(tmp_path):
    package = tmp_path / "site" / "inspectorate"
    shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("__pycache__"))
    root = SOURCE.parents[1]
    for name in ("standards", "published", "requirements"):
        shutil.copytree(root / name, package / "data" / name)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("INSPECTORATE_")}
    environment |= {
        "PYTHONPATH": str(package.parent),
        "INSPECTORATE_VAR": str(tmp_path / "var"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def run(*words):
        return subprocess.run(
            [sys.executable, *words],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    made = run("-m", "inspectorate.config.cli", "supply", "manifest", "--out", str(tmp_path / "manifest.json"))
    assert made.returncode == 0, made.stderr
    environment["INSPECTORATE_MANIFEST"] = str(tmp_path / "manifest.json")
    start = ("-c", "import inspectorate.config.wsgi")
    assert run(*start).returncode == 0, run(*start).stderr
    rules = package / "people/access.py"
    rules.write_text(f"{rules.read_text()}\n# a back door\n")
    refused = run(*start)
    assert refused.returncode != 0
    assert "people/access.py was altered" in refused.stderr
    doctor = run("-m", "inspectorate.config.cli", "doctor")
    assert (doctor.returncode, "people/access.py was altered" in doctor.stdout) == (1, True)
