"""Every numbered fault has its tests, or says why not yet; and the page about them is made from both."""

import runpy
import subprocess
import sys

import pytest

from tests.faults import listed

ROOT = listed.ROOT
NUMBERS = [*range(1, 7), 8, *range(30, 39), *range(40, 55), 60, 61, 62, *range(70, 80)]
FAULTS = listed.faults()
TESTS = listed.tests(ROOT / "tests")


def without_test(fault, tests):
    """Return the classes in which a fault has no test."""
    return sorted(set(fault.classes) - {test.kind for test in tests if test.number == fault.number})


def test_the_list_holds_the_faults_that_this_product_answers_for():
    assert [fault.number for fault in FAULTS] == [f"F{number}" for number in NUMBERS]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.number)
def test_a_fault_has_a_test_in_each_class_or_says_why_not_yet(fault):
    assert set(fault.classes) <= set(listed.CLASSES)
    assert without_test(fault, TESTS) == [] or fault.not_yet


def test_what_is_said_not_to_be_there_yet_is_not_there():
    """Where it is: take ``not_yet`` out of tests/faults/faults.yaml and run script/make-docs."""
    assert [fault.number for fault in FAULTS if fault.not_yet and without_test(fault, TESTS) == []] == []


def test_every_test_that_names_a_fault_names_one_of_the_list():
    assert {test.number for test in TESTS} <= {fault.number for fault in FAULTS}


def test_the_page_of_faults_is_current():
    page = runpy.run_path(str(ROOT / "docs/make.py"))["faults_page"]()
    assert (ROOT / "docs/reference/faults.md").read_text(encoding="utf-8") == page


def test_the_class_of_a_test_is_read_from_its_marks(tmp_path):
    (tmp_path / "test_f1_killed.py").write_text(
        "pytestmark = [pytest.mark.django_db, pytest.mark.release]\n"
        "def test_one(): pass\n"
        "@pytest.mark.nightly\ndef test_two(): pass\n"
    )
    (tmp_path / "test_more.py").write_text("def test_f31_three(): pass\ndef test_four(): pass\n")
    found = [(one.number, one.name, one.kind) for one in listed.tests(tmp_path)]
    assert found == [("F1", "test_one", "r"), ("F1", "test_two", "n"), ("F31", "test_f31_three", "c")]


@pytest.mark.parametrize(("words", "run"), [([], "1"), (["-m", "nightly"], "2"), (["-m", "not browser"], "1")])
def test_what_is_for_the_night_runs_only_where_it_is_named(tmp_path, words, run):
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_collection_modifyitems\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    nightly: n\n    release: r\n    browser: b\n")
    (tmp_path / "test_two.py").write_text(
        "import pytest\ndef test_1(): pass\n@pytest.mark.nightly\ndef test_2(): pass\n"
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-v", *words, tmp_path]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        [*command, "-c", tmp_path / "pytest.ini"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert f"test_{run} PASSED" in done.stdout, done.stdout + done.stderr
    assert "1 passed, 1 deselected" in done.stdout
