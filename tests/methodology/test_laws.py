"""The laws of the methodology, tried on many invented inspections."""

from fractions import Fraction
from itertools import pairwise
from math import comb

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inspectorate.methodology import editions
from inspectorate.methodology.answers import read_answers
from inspectorate.methodology.cases import read_case_list
from inspectorate.methodology.changes import fewest_cases, share_changes
from inspectorate.methodology.intervals.hypergeometric import exact_limits
from inspectorate.methodology.intervals.ratio import ratio_interval
from inspectorate.methodology.rating import read_judgements, score
from inspectorate.methodology.sampling.draw import Listed, allocate, draw
from inspectorate.methodology.scoring.case_share import case_interval
from inspectorate.methodology.tables import read_table
from inspectorate.methodology.tallies import Evidence, Tally
from tests.methodology.small import FIXTURE, ROOT, stratum

law = settings(max_examples=40, deadline=None, derandomize=True, database=None)
FOUR = FIXTURE.plan.bands["four"]
JUDGED = st.sampled_from(["sufficient", "not_sufficient", "not_applicable"])
CASE = st.tuples(JUDGED, JUDGED, st.sampled_from(["fully", "partly", "not_achieved"]), st.sampled_from(["high", "low"]))
CASES = st.lists(CASE, min_size=1, max_size=12)
ORDER = {"inadequate": 0, "requires_improvement": 1, "good": 2, "outstanding": 3}


def rows_of(cases):
    rows = []
    for number, (first, second, third, _) in enumerate(cases):
        given_answers = {"F01": "community", "A01": first, "A02": second, "A04": third}
        rows += [(f"K{number}", question, word) for question, word in given_answers.items()]
    return rows


def list_of(cases, more):
    listed = [(f"K{number}", "case", case[3]) for number, case in enumerate(cases)]
    return [*listed, *((f"X{number}", "case", "low" if number % 3 else "high") for number in range(more))]


def scored(cases, more=5, rows=None, listed=None):
    table = read_table("answers.csv", [("case", "question", "judgement"), *(rows or rows_of(cases))], ())
    whole = read_table("cases.csv", [("case", "kind", "stratum"), *(listed or list_of(cases, more))], ())
    case_list = read_case_list(whole, FIXTURE.form)
    given_judgements = read_judgements({"s2": "Good", "s3": "Good"}, FIXTURE)
    answers = read_answers(table, FIXTURE.form, case_list=case_list)
    return score(FIXTURE, answers, case_list=case_list, judgements=given_judgements)


def values(results):
    return [(one.code, one.sufficient, one.applicable, one.low, one.high, one.band, one.points) for one in results]


@law
@given(CASES, st.integers(0, 9))
def test_f62_the_same_answers_give_the_same_rating(cases, more):
    assert values(scored(cases, more)) == values(scored(cases, more))


@law
@given(CASES, st.integers(0, 9), st.randoms(use_true_random=False))
def test_f62_the_order_of_answers_cases_and_strata_is_irrelevant(cases, more, chance):
    rows, listed = rows_of(cases), list_of(cases, more)
    plain = scored(cases, rows=rows, listed=listed)
    chance.shuffle(rows)
    chance.shuffle(listed)
    assert values(scored(cases, rows=rows, listed=listed)) == values(plain)


@law
@given(CASES, st.data())
def test_one_judgement_from_not_sufficient_to_sufficient_never_lowers_a_score_or_a_rating(cases, data):
    places = [(n, q) for n, case in enumerate(cases) for q in (0, 1) if case[q] == "not_sufficient"]
    assume(places)
    number, question = data.draw(st.sampled_from(places))
    better = [list(case) for case in cases]
    better[number][question] = "sufficient"
    for before, after in zip(scored(cases), scored(better), strict=True):
        assert after.applicable == before.applicable
        if before.sufficient is not None:
            assert after.sufficient >= before.sufficient
        if before.band is not None:
            assert ORDER[after.band.code] >= ORDER[before.band.code]


@law
@given(CASES)
def test_an_answer_that_does_not_apply_leaves_value_and_counts_as_they_are(cases):
    without = [row for row in rows_of(cases) if row[1] != "A05"]
    with_it = [*without, *((f"K{number}", "A05", "not_applicable") for number in range(len(cases)))]
    assert values(scored(cases, rows=with_it)) == values(scored(cases, rows=without))
    tally = Tally((stratum("all", 30, [(1, 2), (2, 2)]),))
    padded = Tally((stratum("all", 30, [(1, 2), (2, 2), (0, 0)]),))
    assert (tally.sufficient, tally.applicable) == (padded.sufficient, padded.applicable)


PAIR = st.integers(0, 6).flatmap(lambda x: st.tuples(st.integers(0, x), st.just(x)))
STRATA = st.lists(st.tuples(st.lists(PAIR, max_size=6), st.integers(0, 20)), min_size=1, max_size=4)


def tally_of(strata):
    parts = (
        stratum(str(number), len(pairs) + more, pairs) for number, (pairs, more) in enumerate(strata) if pairs or more
    )
    return Tally(tuple(parts))


@law
@given(STRATA)
def test_a_census_has_no_width(strata):
    tally = tally_of([(pairs, 0) for pairs, _ in strata])
    assume(tally.applicable)
    found = ratio_interval(tally)
    assert found.low == found.high == tally.sufficient / tally.applicable


@law
@given(STRATA, st.sampled_from([0.5, 0.8, 0.95, 0.99]))
def test_the_interval_holds_the_value_and_stays_between_none_and_all(strata, confidence):
    tally = tally_of(strata)
    assume(tally.applicable)
    found = ratio_interval(tally, confidence)
    if found.low is None:
        assert tally.touched == 1
    else:
        assert 0 <= found.low <= tally.sufficient / tally.applicable <= found.high <= 1


@law
@given(STRATA, st.randoms(use_true_random=False))
def test_the_order_of_strata_is_irrelevant_to_the_interval(strata, chance):
    tally = tally_of(strata)
    assume(tally.applicable)
    parts = list(tally.strata)
    chance.shuffle(parts)
    assert ratio_interval(Tally(tuple(parts))) == ratio_interval(tally)


@law
@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 20), st.integers(0, 60))
def test_the_interval_of_a_case_share_holds_the_value(sufficient, short, beside, unseen):
    pairs = [(1, 1)] * sufficient + [(0, 1)] * short + [(0, 0)] * beside
    tally = Tally((stratum("all", len(pairs) + unseen, pairs),))
    found = case_interval(tally, 0.95)
    assert 0 <= found.low <= sufficient / (sufficient + short) <= found.high <= 1


@law
@given(st.lists(PAIR, min_size=2, max_size=8))
def test_the_interval_narrows_as_the_sample_grows_to_the_list(pairs):
    assume(sum(x > 0 for _, x in pairs) > 1)
    widths = []
    for listed in (len(pairs) * 8, len(pairs) * 4, len(pairs) * 2, len(pairs)):
        found = ratio_interval(Tally((stratum("all", listed, pairs),)))
        widths.append(found.high - found.low)
    assert all(after <= before + 1e-12 for before, after in pairwise(widths))
    assert widths[-1] == 0


def test_a_case_share_narrows_as_more_of_the_list_is_assessed():
    widths = []
    for times in (1, 2, 3, 4):
        least, most = exact_limits(40, 10 * times, 6 * times)
        widths.append(most - least)
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == 0


@law
@given(st.sets(st.text('abé,"-ë', min_size=1, max_size=4), min_size=1, max_size=15), st.text(min_size=1), st.data())
def test_a_draw_repeats_from_seed_and_list_in_any_order(names, seed, data):
    listed = [Listed(name, "case", name[:1]) for name in sorted(names)]
    size = data.draw(st.integers(1, len(listed)))
    shuffled = data.draw(st.permutations(listed))
    first, again = draw(listed, seed, size), draw(shuffled, seed, size)
    assert (first.digest, first.drawn, first.reserve) == (again.digest, again.drawn, again.reserve)
    assert len(first.drawn) == size
    assert sorted((*first.drawn, *first.reserve), key=str) == sorted(listed, key=str)


@law
@given(st.dictionaries(st.text("abc", min_size=1, max_size=2), st.integers(1, 30), min_size=1, max_size=6), st.data())
def test_an_allocation_adds_up_and_never_takes_more_than_there_is(sizes, data):
    size = data.draw(st.integers(1, sum(sizes.values())))
    found = allocate(sizes, size)
    floor = sum(min(2, listed) for listed in sizes.values())
    assert sum(found.values()) == size
    assert all(found[name] <= listed for name, listed in sizes.items())
    assert size < floor or all(found[name] >= min(2, listed) for name, listed in sizes.items())


@law
@given(st.lists(PAIR, min_size=1, max_size=7))
def test_what_would_change_it_is_the_least_of_all_small_changes(pairs):
    y, x = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    assume(x.sum())
    band = FOUR.of(int(y.sum()), int(x.sum()))
    evidence = Evidence(Tally((stratum("all", None, pairs),)), lambda: (y, x))
    for change in share_changes(FOUR, evidence):
        sign = 1 if change.direction == "up" else -1
        after = [FOUR.of(int(y.sum()) + sign * number, int(x.sum())) for number in range(change.answers + 1)]
        assert [one == band for one in after] == [True] * change.answers + [False]
        assert after[-1].code == change.to
        adverse = x - y if sign > 0 else y
        best = {0: 0}  # the most answers that so many cases can turn, worked out case by case
        for count in adverse.tolist():
            best = {n: max(best.get(n, -1), best.get(n - 1, -(10**9)) + count) for n in range(max(best) + 2)}
        assert change.cases == min(n for n, most in best.items() if most >= change.answers)
        assert change.cases == fewest_cases(adverse, change.answers)


def test_the_limits_are_those_of_counting_for_every_list_of_up_to_25():
    for population in range(1, 26):
        for drawn in range(1, population + 1):
            ways = [
                [comb(having, k) * comb(population - having, drawn - k) for k in range(drawn + 1)]
                for having in range(population + 1)
            ]
            total = comb(population, drawn)
            for hits in range(drawn + 1):
                kept = [
                    having
                    for having in range(population + 1)
                    if 40 * sum(ways[having][hits:]) > total and 40 * sum(ways[having][: hits + 1]) > total
                ]
                assert exact_limits(population, drawn, hits) == (kept[0], kept[-1])


def test_a_fortieth_is_exactly_half_of_five_per_cent():
    assert (1 - Fraction("0.95")) / 2 == Fraction(1, 40)


def test_every_example_list_of_the_docs_is_scored_alike_in_any_order():
    edition = editions.load("fji/2013")
    lines = (ROOT / "docs/examples/fji-answers.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines]
    heads, body = rows[0], rows[1:]
    results = [
        values(score(edition, read_answers(read_table("a.csv", [heads, *part], ()), edition.form)))
        for part in (body, body[::-1])
    ]
    assert results[0] == results[1]
