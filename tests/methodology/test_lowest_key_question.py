"""lowest-key-question@1: a standard takes the band of its lowest key question."""

from inspectorate.methodology.rating import score
from tests.methodology.small import FIXTURE, answers, cases


def standard(text):
    return next(found for found in score(FIXTURE, answers(text)) if found.code == "s1")


def rows(*judged):
    """Cases of the fixture from pairs such as "10": A01 sufficient, A02 not; "-" does not apply."""
    words = {"1": "sufficient", "0": "not_sufficient", "-": "not_applicable"}
    lines = ["case  question  judgement"]
    for number, (first, second) in enumerate(judged):
        given = {"F01": "community", "A01": words[first], "A02": words[second], "A04": "fully"}
        lines += [f"K{number}  {question}  {word}" for question, word in given.items()]
    return "\n".join(lines)


def test_the_lowest_decides():
    found = standard(rows("11", "11", "11", "11", "10"))
    assert found.band.code == "outstanding"  # A01 5 of 5, A02 4 of 5
    found = standard(rows("11", "11", "11", "10", "10"))
    assert found.band.code == "requires_improvement"  # A02 3 of 5
    assert found.account.lines[0].text == (
        "Key questions: k1 100 per cent, Outstanding; k2 60 per cent, Requires improvement. The lowest, k2, decides: "
        "Requires improvement."
    )


def test_a_key_question_with_no_case_to_judge_is_left_out_and_said_so():
    found = standard(rows("1-", "1-", "0-"))
    assert found.band.code == "good"
    assert found.account.lines[0].text.endswith("No case to judge at k2.")


def test_with_no_case_to_judge_at_all_the_standard_is_not_rated():
    found = standard(rows("--", "--"))
    assert found.band is None
    assert found.account.sentence == ("The case standard is not rated: no case to judge at any of its key questions.")


def test_the_rounding_warning_of_a_key_question_is_that_of_the_standard_too():
    found = standard(cases(31, 17))
    assert [warning.split(",")[0] for warning in found.account.warnings] == ["Printed as 65 per cent"] * 2


def test_the_standard_carries_the_key_questions_it_rests_on():
    assert [part.code for part in standard(rows("11", "10")).parts] == ["k1", "k2"]
