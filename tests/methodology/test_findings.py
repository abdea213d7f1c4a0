"""Findings by question: judgements counted where the question applied, with interval and reasons."""

from inspectorate.methodology.answers import read_answers
from inspectorate.methodology.findings import findings, findings_by
from inspectorate.methodology.tables import read_table
from tests.methodology.small import FIXTURE, answers, case_list

ROWS = """
case  question  judgement       reasons
K1    F01       community       .
K1    A01       sufficient      .
K1    A02       not_sufficient  late;thin
K1    A04       partly          .
K1    A05       not_sufficient  .
K2    F01       community       .
K2    A01       sufficient      thin
K2    A02       not_sufficient  late
K2    A04       not_achieved    .
K3    F01       custody         .
K3    F02       no              .
K3    A01       not_applicable  .
K3    A02       sufficient      .
K3    A04       fully           .
"""


def by_code(found):
    return {one.question.code: one for one in found}


def test_judgements_and_prompts_are_listed_and_facts_are_not_the_largest_failings_first():
    found = findings(answers(ROWS))
    assert [one.question.code for one in found] == ["A05", "A02", "A04", "A01", "A03", "B01"]


def test_a_question_is_counted_among_the_cases_where_it_applied():
    found = by_code(findings(answers(ROWS)))
    assert {code: (one.sufficient, one.applicable, one.per_cent) for code, one in found.items()} == {
        "A01": (2, 2, 100),
        "A02": (1, 3, 33),
        "A03": (0, 0, None),
        "A04": (2, 3, 67),
        "A05": (0, 1, 0),
        "B01": (0, 0, None),
    }


def test_each_answer_and_each_reason_beside_a_failing_is_counted():
    found = by_code(findings(answers(ROWS)))
    assert found["A04"].values == {"fully": 1, "partly": 1, "not_achieved": 1}
    assert found["A02"].reasons == {"late": 2, "thin": 1}
    assert found["A01"].reasons == {}  # ticked beside a sufficient judgement: not a reason for a failing


def test_a_finding_and_a_failing_are_worded():
    found = by_code(findings(answers(ROWS)))
    assert found["A01"].sentence == "In 100 per cent of 2 relevant cases this was sufficient."
    assert found["A02"].sentence == "In 67 per cent of 3 relevant cases this was not sufficient."
    assert found["A05"].sentence == "In 100 per cent of 1 relevant case this was not sufficient."
    assert found["A03"].sentence == "A03: the question applied in no case."


def test_a_question_added_in_mid_programme_says_so():
    assert by_code(findings(answers(ROWS)))["A04"].sentence == (
        "In 67 per cent of 3 relevant cases this was sufficient. The question was added on 1 June 2000 and has its own "
        "base."
    )


def test_the_interval_is_that_of_the_list():
    listed = case_list("case  kind\nK1  case\nK2  case\nK3  case\nK4  case\nK5  case\nK6  case")
    found = by_code(findings(answers(ROWS), listed))["A02"]
    assert (round(found.low, 1), round(found.high, 1)) == (16.7, 66.7)


def test_a_breakdown_has_its_own_base():
    listed = case_list("case  kind  team\nK1  case  north\nK2  case  south\nK3  case  south\nK4  case  west")
    parts = findings_by(answers(ROWS), listed, "team")
    assert {team: by_code(found)["A02"].applicable for team, found in parts.items()} == {
        "north": 1,
        "south": 2,
        "west": 0,
    }


def test_plain_values_carry_the_words():
    data = by_code(findings(answers(ROWS)))["A02"].as_data()
    assert (data["code"], data["question"], data["criterion"], data["reasons"]) == (
        "A02",
        "Was it planned?",
        "1.1",
        {"late": 2, "thin": 1},
    )


def test_no_answers_at_all_are_no_findings():
    table = read_table("answers.csv", [("case", "question", "judgement"), ("O1", "B01", "not_applicable")], ())
    found = findings(read_answers(table, FIXTURE.form))
    assert [one.per_cent for one in found] == [None] * 6
