"""Reading answers: every fault of a file is told, with its row and its column, and nothing is half scored."""

import unicodedata

import pytest

from inspectorate.methodology.answers import read_answers
from inspectorate.methodology.faults import Refused
from inspectorate.methodology.tables import read_table
from tests.methodology.small import FIXTURE, answers, case_list, told

GOOD = """
case  question  judgement
K1    F01       community
K1    A01       sufficient
K1    A02       sufficient
K1    A04       fully
"""


def refused(text, **more):
    with pytest.raises(Refused) as found:
        answers(text, **more)
    return found.value.faults


def changed(old, new):
    assert old in GOOD
    return GOOD.replace(old, new)


def test_good_answers_become_a_small_matrix():
    part = answers(GOOD).of("case")
    assert part.keys == (("", "K1"),)
    assert part.values.tolist() == [[0, -1, 0, 0, -1, 0, -1]]
    assert part.unread == ()


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (changed("A02       sufficient", "A02       ."), [("empty-cell", 4, "judgement")]),
        (changed("K1    A02", ".    A02"), [("unanswered", 2, "question"), ("empty-cell", 4, "case")]),
        (changed("A04       fully", ".       fully"), [("unanswered", 2, "question"), ("empty-cell", 5, "question")]),
        (GOOD + "K1    A99       sufficient", [("unknown-question", 6, "question")]),
        (changed("A04       fully", "A04       sufficient"), [("outside-options", 5, "judgement")]),
        (changed("F01       community", "F01       prison"), [("outside-options", 2, "judgement")]),
        (GOOD + "K1    A02       not_sufficient", [("repeated-answer", 6, "question")]),
        (GOOD + "K1    A03       sufficient", [("routed-out", 6, "question")]),
        (changed("K1    A02       sufficient\n", ""), [("unanswered", 2, "question")]),
        (GOOD + "K1    B01       sufficient", [("mixed-kinds", 2, "case")]),
    ],
)
def test_each_fault_is_told_with_its_row_and_its_column(text, faults):
    assert told(refused(text)) == faults


def test_every_fault_of_a_file_is_told_at_once_in_the_order_of_its_rows():
    text = """
    case  question  judgement
    K1    F01       community
    K1    A01       perhaps
    K1    A02       sufficient
    K1    A02       sufficient
    K1    A03       sufficient
    K1    Z99       sufficient
    K2    F01       custody
    K2    F02       yes
    K2    A01       sufficient
    K2    A02       .
    K2    A04       fully
    """
    assert told(refused(text)) == [
        ("unanswered", 2, "question"),
        ("outside-options", 3, "judgement"),
        ("repeated-answer", 5, "question"),
        ("routed-out", 6, "question"),
        ("unknown-question", 7, "question"),
        ("unanswered", 8, "question"),
        ("empty-cell", 11, "judgement"),
    ]


def test_a_routed_out_answer_names_the_rule():
    (fault,) = refused(GOOD + "K1    A03       sufficient")
    assert str(fault) == (
        "answers.csv, row 6, column question: A03 is not asked of case 'K1': it is asked only where 'The person is in "
        "custody and release is near'. Take the answer out, or correct the fact that routes it."
    )


def test_a_fact_that_cannot_be_read_is_told_once_and_nothing_that_hangs_on_it():
    text = "case  question  judgement\nK1  F01  prison\nK1  F02  yes\nK1  A01  sufficient\nK1  A02  sufficient\n"
    assert told(refused(text + "K1  A03  sufficient\nK1  A04  fully")) == [("outside-options", 2, "judgement")]


def test_a_prompt_need_not_be_answered_and_a_required_judgement_must():
    assert "A05" not in GOOD
    assert told(refused(changed("K1    A04       fully", ""))) == [("unanswered", 2, "question")]


@pytest.mark.parametrize("word", ["not sufficient", "Not sufficient", "NOT-SUFFICIENT", "  not_sufficient "])
def test_the_words_of_an_answer_may_be_its_code_or_its_text_however_written(word):
    lines = GOOD.replace("A02       sufficient", f"A02       {word.strip()}")
    assert answers(lines).of("case").values.tolist()[0][3] == 1


def test_spaces_around_cells_and_uncomposed_letters_are_one_spelling():
    loose = unicodedata.normalize("NFD", "Zoë")
    rows = [("Case ", " question", "judgement"), (" Zoë", "F01 ", "community"), (loose, "A01", " sufficient")]
    rows += [("Zoë", "A02", "sufficient"), ("Zoë\xa0", "A04", "fully")]
    assert read_answers(read_table("a.csv", rows, ()), FIXTURE.form).of("case").keys == (("", "Zoë"),)


REASONS = """
case  question  judgement       reasons
K1    F01       community       .
K1    A01       not_sufficient  late; thin
K1    A02       not_sufficient  lazy
K1    A04       fully           late
"""


def test_a_reason_that_may_not_be_ticked_is_a_fault():
    found = refused(REASONS)
    assert told(found) == [("unknown-reason", 4, "reasons"), ("unknown-reason", 5, "reasons")]
    assert [fault.remedy for fault in found] == ["Write one of: late, thin.", "This question has no reasons to tick."]


TWICE = """
case  assessment  question  judgement
K1    .           F01       community
K1    .           A01       sufficient
K1    .           A02       sufficient
K1    .           A04       fully
K1    dip         F01       community
K1    dip         A01       not_sufficient
K1    dip         A02       sufficient
K1    dip         A04       fully
"""


def test_a_second_assessment_is_refused_unless_one_is_chosen():
    assert told(refused(TWICE)) == [("second-assessment", 6, "assessment")]
    assert answers(TWICE, assessment="1").of("case").values.tolist()[0][2] == 0
    assert answers(TWICE, assessment="dip").of("case").values.tolist()[0][2] == 1


def test_a_chosen_assessment_must_be_there():
    assert told(refused(TWICE, assessment="2")) == [("chosen-assessment-missing", 6, "assessment")]
    assert told(refused(GOOD, assessment="2")) == [("chosen-assessment-missing", 1, "assessment")]


def test_the_assessment_that_is_left_out_is_the_first():
    assert answers(GOOD, assessment="1").of("case").keys == answers(GOOD).of("case").keys


def test_after_a_choice_faults_still_name_the_rows_of_the_file():
    text = TWICE.replace("dip         A01       not_sufficient", "dip         A01       perhaps")
    assert told(refused(text, assessment="dip")) == [("outside-options", 7, "judgement")]


def test_a_case_that_is_not_on_the_list_or_is_there_as_another_kind_is_told():
    assert told(refused(GOOD, case_list=case_list("case  kind\nK2  case"))) == [("not-on-list", 2, "case")]
    assert told(refused(GOOD, case_list=case_list("case  kind\nK1  other"))) == [("mixed-kinds", 2, "case")]


def test_a_case_of_another_inspection_is_not_on_the_list_and_the_fault_names_the_inspection():
    text = GOOD.replace("case ", "inspection  case ").replace("K1 ", "north  K1 ")
    (fault,) = refused(text, case_list=case_list("case  kind\nK1  case"))
    assert fault.why == "case 'K1' of inspection 'north' is not on the case list."


def test_a_file_pasted_twice_is_told_row_by_row_and_quickly():
    body = "\n".join(f"K{n}    A01       sufficient" for n in range(3000))
    found = refused("case  question  judgement\n" + body + "\n" + body)
    assert sum(fault.code == "repeated-answer" for fault in found) == 3000
