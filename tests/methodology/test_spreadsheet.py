"""An edition as sheets and back: nothing of its meaning is lost, and a bad cell is told with sheet, row and column."""

import copy

import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.comparison import compare
from inspectorate.methodology.editions.writing import contents_of, write_contents
from inspectorate.methodology.faults import Refused
from inspectorate.methodology.spreadsheet import as_sheets, from_sheets
from tests.methodology.small import STANDARDS

FOLDERS = [editions.standards_folder() / code for code in editions.codes()] + [STANDARDS / "fixture/2000"]
SMALL = as_sheets(contents_of(STANDARDS / "fixture/2000"))


def bare(value):
    """Values without what says nothing: a null and an empty list mean the same as no word at all."""
    if isinstance(value, dict):
        found = {key: bare(one) for key, one in value.items()}
        return {key: one for key, one in found.items() if one not in (None, [], {})}
    return [bare(one) for one in value] if isinstance(value, list) else value


@pytest.mark.every_edition
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: "/".join(folder.parts[-2:]))
def test_every_edition_comes_back_from_its_sheets_with_the_same_meaning(folder, tmp_path):
    before = contents_of(folder)
    after = from_sheets("edition.xlsx", as_sheets(before))
    for name in before.keys() - {"guidance", "guidance/cy"}:
        stripped = {key: one.strip() if isinstance(one, str) else one for key, one in before[name].items()}
        assert bare(tidy(after.get(name, {}))) == bare(tidy(stripped)), name
    write_contents(tmp_path / "again", after)
    old, new = editions.read_folder(folder), editions.read_folder(tmp_path / "again")
    assert (new.criteria, new.form, new.plan, dict(new.sampling)) == (
        old.criteria,
        old.form,
        old.plan,
        dict(old.sampling),
    )
    assert {code: (text.en, text.cy) for code, text in new.guidance.items()} == {
        code: (text.en, text.cy) for code, text in old.guidance.items()
    }
    assert {one.findings for one in compare(old, new).questions} == {("unchanged",)}


def tidy(value):
    """Texts without blanks at their ends, which YAML's blocks leave and cells do not."""
    if isinstance(value, dict):
        return {key: tidy(one) for key, one in value.items()}
    if isinstance(value, list):
        return [tidy(one) for one in value]
    return value.strip() if isinstance(value, str) else value


def with_cell(sheet, row, head, value):
    sheets = copy.deepcopy(SMALL)
    rows = sheets[sheet]
    rows[row - 1][rows[0].index(head)] = value
    return sheets


@pytest.mark.parametrize(
    ("sheet", "row", "head", "value", "why"),
    [
        ("survey", 4, "type", "select_one nowhere", "there is no list of answers called 'nowhere'."),
        ("survey", 4, "name", "", "the cell is empty."),
        ("survey", 9, "criterion", 1.1, "1.1 is a number here, and 1.10 would have become 1.1."),
        ("survey", 9, "required", "perhaps", "'perhaps' is neither yes nor no."),
        ("survey", 4, "module", "extra", "only a kind of case belongs to a module."),
        ("choices", 2, "label", "", "there is Welsh and no English."),
        ("rules", 2, "when", "F01 = custody", "'F01 = custody' is no condition."),
        ("levels", 3, "from", "half", "'half' is no whole number."),
        ("levels", 3, "bands", "five", "there is no 'five'."),
        ("criteria", 3, "under", "9", "'9' stands in no line above."),
        ("examples", 2, "judgements", "s2 Good", "'s2 Good' is no pair."),
        ("sampling", 2, "size.confidence", "high", "'high' is no number."),
    ],
)
def test_a_bad_cell_is_told_with_sheet_row_and_column(sheet, row, head, value, why):
    with pytest.raises(Refused) as found:
        from_sheets("edition.xlsx", with_cell(sheet, row, head, value))
    fault = found.value.faults[0]
    assert (fault.file, fault.row, fault.column, fault.why) == (f"edition.xlsx, sheet {sheet}", row, head, why)
    assert fault.remedy


def test_a_sheet_or_a_column_that_is_not_known_is_told_and_not_passed_over():
    for sheets, where in (
        ({**SMALL, "notes": [["x"]]}, "edition.xlsx, sheet notes, row 1"),
        (with_cell("modules", 1, "led_by", "led"), "edition.xlsx, sheet modules, row 1, column led"),
        ({name: rows for name, rows in SMALL.items() if name != "survey"}, "edition.xlsx, sheet survey, row 1"),
    ):
        with pytest.raises(Refused) as found:
            from_sheets("edition.xlsx", sheets)
        assert found.value.faults[0].where == where


def test_the_survey_is_an_xlsform_with_columns_of_our_own():
    heads, *rows = SMALL["survey"]
    assert heads[:4] == ["type", "name", "label", "label::Welsh (cy)"]
    assert [row[0] for row in rows[:4]] == ["begin_group", "begin_group", "select_one F01", "select_one F02"]
