"""What ships: the wheel holds the package, the standards and the published record, and no test."""

import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(path) as archive:
        yield archive


def shipped(folder):
    return {f"inspectorate/data/{path.relative_to(ROOT)}" for path in (ROOT / folder).rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", ["standards", "published"])
def test_the_data_ships_whole(wheel, folder):
    wanted = shipped(folder)
    assert wanted != set()
    assert wanted - set(wheel.namelist()) == set()


def test_every_module_ships_and_no_test_does(wheel):
    names = set(wheel.namelist())
    modules = {str(path.relative_to(ROOT / "src")) for path in (ROOT / "src/inspectorate").rglob("*.py")}
    assert modules - names == set()
    assert [name for name in names if "test" in name.split("/")[-1] and name.endswith(".py")] == []


def test_the_base_install_is_what_the_methodology_needs(wheel):
    (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    about = message_from_bytes(wheel.read(name))
    base = [line for line in about.get_all("Requires-Dist") if "extra ==" not in line]
    assert sorted(base) == ["jsonschema-rs", "numpy", "pyyaml", "scipy"]


def test_the_licence_ships(wheel):
    assert [name for name in wheel.namelist() if name.endswith("licenses/LICENCE")] != []
