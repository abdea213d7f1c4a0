"""``inspectorate editions``: comparing, starting, piloting and adopting, as an operator types them."""

import json
import shutil
from datetime import date

import pytest
from openpyxl import load_workbook

from inspectorate.config.cli import main
from inspectorate.methodology.editions import codes, load, read_folder, standards_folder


@pytest.fixture
def root(tmp_path):
    shutil.copytree(standards_folder() / "iaow/2013", tmp_path / "iaow/2013")
    return tmp_path


@pytest.fixture
def run(capsys):
    def said(*words):
        code = main(["editions", *map(str, words)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return said


def test_two_editions_are_compared_in_words_and_as_data(run):
    code, out, _ = run("compare", "omi2/2009", "omi2/2011")
    assert code == 0
    assert "Questions: 4 added, 4 removed, 3 reworded, 5 rescored" in out
    assert "[-Has-] {+How has+} the [-person stayed free-]" in out
    assert "O07 was O07: comparable. The same question of the same cases; it moved to another criterion." in out
    assert "But:" not in out
    code, out, _ = run("compare", "omi2/2009", "omi2/2011", "--json")
    data = json.loads(out)
    assert data["counts"]["added"] == len([one for one in data["questions"] if one["findings"] == ["added"]]) == 4
    assert run("compare", "fji/2012", "iaow/2013")[1].count("no trend may be drawn from one to the other") == 1


def test_an_edition_goes_from_a_copy_to_the_lock(run, root):
    code, out, _ = run("new", "iaow/2027", "--from", "iaow/2013", "--standards", root)
    assert (code, "What to do next" in out) == (0, True)
    who = ("--standards", root, "--by", "Asha", "--reason", "Tried in two areas.")
    code, _, err = run("adopt", "iaow/2027", *who)
    assert (code, "it is a draft. Pilot it first" in err) == (2, True)
    assert run("pilot", "iaow/2027", *who, "--on", "2026-01-05")[0] == 0
    code, out, _ = run("adopt", "iaow/2027", *who)
    assert (code, "Its files are frozen." in out) == (0, True)
    lock = json.loads((root / "adopted.lock").read_text())
    assert lock["iaow/2027"]["on"] == date.today().isoformat()  # noqa: DTZ011 - the command takes the day of the place
    code, _, err = run("pilot", "iaow/2027", *who)
    assert (code, "Write a new edition that replaces it." in err or "has been piloted" in err) == (2, True)


def test_every_edition_in_use_is_checked_at_once(run):
    code, out, _ = run("check")
    assert (code, out.splitlines()[-1]) == (0, f"{len(codes())} editions, and every adopted one is as it was adopted.")
    assert out.count("a good edition") == len(codes())


def test_the_faults_of_several_folders_say_in_which_they_stand(run, root, tmp_path):
    (root / "iaow/2013/timetable.yaml").unlink()
    good = standards_folder() / "sqs/2012"
    code, _, err = run("check", good, root / "iaow/2013", tmp_path / "nowhere")
    assert code == 2
    assert f"{root}/iaow/2013: timetable.yaml" in err
    assert "there is no such folder." in err


def test_a_starter_is_told_as_data(run, tmp_path):
    code, out, _ = run("new", "court-work/2027", "--standards", tmp_path, "--json")
    assert (code, json.loads(out)) == (
        0,
        {"folder": str(tmp_path / "court-work/2027"), "status": "draft", "replaces": None},
    )
    assert run("check", tmp_path / "court-work/2027")[0] == 0


def test_an_edition_goes_through_a_workbook_and_passes_the_check(run, tmp_path):
    file, folder = tmp_path / "fji.xlsx", tmp_path / "again"
    assert run("to-spreadsheet", "fji/2013", file)[0] == 0
    code, out, _ = run("from-spreadsheet", file, folder)
    assert (code, out) == (0, f"{folder}: written. Now check it: inspectorate editions check {folder}\n")
    assert run("check", folder)[0] == 0
    old, new = load("fji/2013"), read_folder(folder)
    assert (new.form, new.plan, new.criteria, new.guidance) == (old.form, old.plan, old.criteria, old.guidance)
    assert run("to-spreadsheet", "fji/2013", file)[0] == run("from-spreadsheet", file, folder)[0] == 2


def rewritten(path, change):
    book = load_workbook(path)
    change(book)
    book.save(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda book: book["survey"].cell(4, 1, "select_one nowhere"), "fji.xlsx, sheet survey, row 4, column type"),
        (lambda book: book["survey"].cell(4, 2, 1.1), "1.10 would have become 1.1."),
        (lambda book: book["levels"].cell(3, 5, "=40+10"), "it holds formulas"),
        (lambda book: setattr(book["hours"], "sheet_state", "hidden"), "it has hidden sheets: hours."),
    ],
)
def test_a_workbook_with_a_bad_cell_is_refused_and_nothing_is_written(run, tmp_path, change, said):
    file, folder = tmp_path / "fji.xlsx", tmp_path / "again"
    run("to-spreadsheet", "fji/2013", file)
    rewritten(file, change)
    code, _, err = run("from-spreadsheet", file, folder)
    assert (code, said in err, folder.exists()) == (2, True, False)
