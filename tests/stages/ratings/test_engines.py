"""A file, the database and a columnar engine give the same tallies and the same results, to the letter."""

import duckdb
import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.answers import read_answers
from inspectorate.methodology.cases import read_case_list
from inspectorate.methodology.findings import findings
from inspectorate.methodology.rating import evidence_from, read_judgements, run, score
from inspectorate.methodology.tables import read_table
from inspectorate.ratings.in_database import answers_of
from inspectorate.ratings.tallies_duckdb import ColumnEvidence, write_columns
from inspectorate.ratings.tallies_sql import DatabaseEvidence, score_from_database

pytestmark = pytest.mark.django_db
INVENTED = [
    ("iaow/2013", {"case": 9}, {"case": 31}, "1"),
    ("iaow/2013", {"case": 1}, {"case": 5}, "2"),
    ("iaow/2013", {"case": 6}, {"case": 6}, "3"),
    ("fji/2013", {"case": 11}, {"case": 40}, "4"),
    ("youth/2018", {"court": 8, "out_of_court": 7}, {"court": 20, "out_of_court": 16}, "5"),
    ("youth/2018", {"court": 5}, {"court": 5}, "6"),
]


def from_files(edition, *made, names=("",)):
    """Read what was invented as files are read; ``names`` are those of the inspections."""

    def table(file, rows, required):
        heads = (*rows[0][0], "inspection")
        body = [(*row, name) for some, name in zip(rows, names, strict=True) for row in some[1:]]
        return read_table(file, [heads, *body], required)

    listed = read_case_list(table("cases.csv", [one.case_list for one in made], ("case",)), edition.form)
    rows = table("answers.csv", [one.answers for one in made], ("case", "question", "judgement"))
    return read_answers(rows, edition.form, case_list=listed), listed


def in_columns(edition, answers, case_list, folder):
    connection = duckdb.connect()
    write_columns(answers, case_list, folder, connection)
    return ColumnEvidence(edition, edition.plan, folder, connection, listed=case_list is not None)


def tallies(edition, evidence):
    return {step.code: evidence(step).tally for step in edition.plan.steps if step.questions}


def cases(edition, evidence):
    """Return y and x of the cases of each step, in no order."""
    read = {step.code: evidence(step).by_case() for step in edition.plan.steps if step.questions}
    return {code: sorted(zip(y.tolist(), x.tolist(), strict=True)) for code, (y, x) in read.items()}


@pytest.mark.parametrize("invented", INVENTED)
def test_the_engines_agree_on_an_invented_inspection(store, scope, tmp_path, invented):
    code, *_ = invented
    edition = editions.load(code)
    made, inspection = store(*invented)
    answers, listed = from_files(edition, made)
    file = evidence_from(answers, listed, edition.plan.steps)
    stored = DatabaseEvidence(scope(code, inspection), edition.plan)
    columns = in_columns(edition, answers, listed, tmp_path)
    assert tallies(edition, file) == tallies(edition, stored) == tallies(edition, columns)
    assert cases(edition, file) == cases(edition, stored) == cases(edition, columns)
    judged = read_judgements(made.judgements, edition)
    results = score(edition, answers, case_list=listed, judgements=judged)
    assert score_from_database(scope(code, inspection), judgements=judged) == results
    assert score_from_database(scope(code, inspection), judgements=judged, checked=True) == results
    assert run(edition.plan.of_modules(edition.modules), columns, judgements=judged) == results


def test_the_engines_agree_on_a_region_of_two_units(store, scope, tmp_path):
    edition = editions.load("youth/2018")
    one, first = store("youth/2018", {"court": 5, "out_of_court": 4}, {"court": 14, "out_of_court": 9}, "7")
    two, second = store("youth/2018", {"court": 4, "out_of_court": 3}, {"court": 8, "out_of_court": 9}, "8")
    answers, listed = from_files(edition, one, two, names=(first.public_id, second.public_id))
    file = evidence_from(answers, listed, edition.plan.steps)
    stored = DatabaseEvidence(scope("youth/2018", first, second), edition.plan)
    columns = in_columns(edition, answers, listed, tmp_path)
    assert tallies(edition, file) == tallies(edition, stored) == tallies(edition, columns)
    assert score_from_database(scope("youth/2018", first, second)) == score(edition, answers, case_list=listed)


def test_columns_without_a_case_list_say_that_the_population_is_unknown(tmp_path, store):
    edition = editions.load("youth/2018")
    made, _ = store("youth/2018", {"court": 5, "out_of_court": 4}, {"court": 14, "out_of_court": 9})
    answers, _ = from_files(edition, made)
    results = run(edition.plan.of_modules(edition.modules), in_columns(edition, answers, None, tmp_path))
    assert results == score(edition, answers)


def test_the_answers_of_the_database_are_those_of_the_file_with_their_reasons(store, scope):
    edition = editions.load("fji/2013")
    made, inspection = store("fji/2013", {"case": 6}, {"case": 12})
    answers, listed = from_files(edition, made)
    assert findings(answers_of(scope("fji/2013", inspection)), listed) == findings(answers, listed)


def test_assessments_for_another_purpose_do_not_count(store, scope):
    _, inspection = store("iaow/2013", {"case": 3}, {"case": 6})
    results = score_from_database(scope("iaow/2013", inspection, purpose="double"))
    assert {(result.cases, result.population) for result in results} == {(0, 6)}


def test_no_inspection_has_nothing_to_score(scope, db):  # noqa: ARG001 - it opens the database
    assert {result.applicable for result in score_from_database(scope("iaow/2013"))} == {0}


@pytest.mark.parametrize(("checked", "questions"), [(False, 4), (True, 2)])
def test_scoring_asks_the_database_the_same_few_questions_whatever_the_number_of_cases(
    store, scope, django_assert_num_queries, checked, questions
):
    _, inspection = store("iaow/2013", {"case": 9}, {"case": 12})
    with django_assert_num_queries(questions):
        score_from_database(scope("iaow/2013", inspection), checked=checked)
