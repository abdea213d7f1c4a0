"""pooled-share@1: sufficient over applicable answers, over all cases and the questions of the score."""

from inspectorate.methodology.rating import score
from tests.methodology.small import FIXTURE, answers, case_list, cases, work

# K1 and K2 are on community orders, so A03 is not asked; one answer did not apply.
THREE = f"""
case  question  judgement
{work("K1", "sufficient")}
{work("K2", "not_sufficient", achieved="not_achieved")}
K3    F01       custody
K3    F02       yes
K3    A01       sufficient
K3    A02       not applicable
K3    A03       not_sufficient
K3    A04       partly
"""


def result(given, code="work", **more):
    return next(found for found in score(FIXTURE, given, **more) if found.code == code)


def test_answers_are_pooled_over_cases_and_questions_and_what_did_not_apply_counts_on_neither_side():
    found = result(answers(THREE))
    assert (found.sufficient, found.applicable, found.cases, found.per_cent) == (5, 9, 3, 56)


def test_the_account_prints_both_numbers_and_how_many_cases_and_questions():
    assert result(answers(THREE)).account.lines[0].text == (
        "5 of 9 applicable judgements were sufficient, over 4 questions in 3 cases (3 of them with at least one that "
        "applied). Judgements that did not apply count on neither side."
    )


def test_the_sentence_says_that_no_list_was_given():
    found = result(answers(THREE))
    assert found.population == "unknown"
    assert found.account.sentence.endswith("in a large caseload (no case list was given).")


def test_a_score_over_two_kinds_of_case_pools_both():
    given = answers(f"{THREE.strip()}\nO1  B01  sufficient\nO2  B01  not_sufficient")
    found = result(given, "both")
    assert (found.sufficient, found.applicable, found.cases) == (3, 5, 5)


def test_strata_of_two_kinds_that_share_a_name_stay_apart():
    listed = case_list(
        """
        case  kind   stratum
        K1    case   high
        K2    case   high
        K3    case   high
        K4    case   high
        O1    other  high
        O2    other  high
        O3    other  high
        """
    )
    found = result(answers(f"{THREE.strip()}\nO1  B01  sufficient\nO2  B01  not_sufficient"), "both", case_list=listed)
    assert found.account.lines[1].inputs["strata"] == 2
    assert found.population == 7


def test_cases_of_two_inspections_may_share_a_reference_and_are_scored_together():
    given = answers(
        """
        inspection  case  question  judgement
        north       K1    F01       community
        north       K1    A01       sufficient
        north       K1    A02       sufficient
        north       K1    A04       fully
        south       K1    F01       community
        south       K1    A01       not_sufficient
        south       K1    A02       sufficient
        south       K1    A04       fully
        """
    )
    listed = case_list(
        """
        inspection  case  kind
        north       K1    case
        north       K2    case
        south       K1    case
        south       K2    case
        """
    )
    found = result(given, case_list=listed)
    assert (found.sufficient, found.applicable, found.cases, found.population) == (5, 6, 2, 4)


def test_where_nothing_applied_there_is_no_value_which_is_not_nought():
    given = answers("case  question  judgement\nO1  B01  not_applicable")
    found = result(given, "both")
    assert (found.sufficient, found.applicable, found.per_cent, found.low, found.band) == (0, 0, None, None, None)
    assert found.account.sentence == "No case to judge: nothing applied in the 1 case assessed."
    assert found.population == "unknown"


def test_the_band_the_reason_for_it_and_what_would_change_it_are_in_the_account():
    found = result(answers(cases(13, 7)))
    assert found.band.code == "good"
    assert found.account.lines[-1].text == "39 of 60 is 65 per cent or more and below 80, which is Good."
    up, down = found.account.changes
    assert up.text == (
        "For Outstanding it would take 9 more judgements sufficient instead of not sufficient "
        "(in the fewest cases: 3 cases)."
    )
    assert down.text == (
        "For Requires improvement it would take 1 more judgement not sufficient instead of sufficient "
        "(in the fewest cases: 1 case)."
    )
