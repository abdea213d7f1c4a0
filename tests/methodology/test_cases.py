"""The case list: every case once, of a kind that the edition knows, with characteristics to break down by."""

import pytest

from inspectorate.methodology.faults import Refused
from tests.methodology.small import case_list, told

LIST = """
case  kind   stratum  sex
K1    case   high     female
K2    case   low      male
K3    case   low      .
O1    other  .        male
"""


def test_strata_are_those_of_one_kind_and_an_empty_one_is_called_all():
    names, places = case_list(LIST).design("case")
    assert (names, places.tolist()) == (["high", "low"], [0, 1, 1, -1])
    assert case_list(LIST).design("other")[0] == ["all"]


def test_a_stratum_of_one_inspection_is_never_that_of_another():
    text = "inspection  case  kind  stratum\nnorth  K1  case  high\nsouth  K1  case  high"
    assert case_list(text).design("case")[0] == ["north / high", "south / high"]


def test_further_columns_are_characteristics():
    found = case_list(LIST).characteristics
    assert {head: list(cells) for head, cells in found.items()} == {"sex": ["female", "male", "", "male"]}


def test_a_part_of_the_list_keeps_its_strata():
    part = case_list(LIST).within("sex", "male")
    assert (part.keys, part.strata) == ((("", "K2"), ("", "O1")), ("low", "all"))


@pytest.mark.parametrize("column", ["kind", "stratum", "inspection", "sex"])
def test_one_may_break_down_by_any_column(column):
    assert len(case_list(LIST).column(column)) == 4


def test_a_column_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(Refused) as refused:
        case_list(LIST).column("age")
    (fault,) = refused.value.faults
    assert (fault.code, fault.column, fault.remedy) == (
        "unknown-column",
        "age",
        "Choose one of: sex, kind, stratum, inspection.",
    )


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("case  kind\nK1  case\n.  case", [("empty-cell", 3, "case")]),
        ("case  kind\nK1  case\nK1  case\nK1  other", [("repeated-case", 3, "case"), ("repeated-case", 4, "case")]),
        ("case  kind\nK1  court\nK2  .", [("unknown-kind", 2, "kind"), ("unknown-kind", 3, "kind")]),
    ],
)
def test_faults_are_told_with_row_and_column(text, faults):
    with pytest.raises(Refused) as refused:
        case_list(text)
    assert told(refused.value.faults) == faults
