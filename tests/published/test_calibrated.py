"""Synthetic cases of the size of the real programmes: the engine scores them, a plain tally counts, and both agree.

That the printed figures come out shows that the engine can give them at full size. It is no evidence that the method
was the inspectorate's: cases were made to fit. See docs/explanation/calibrated-cases.md.
"""

from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import yaml

from inspectorate.methodology.answers import read_answers
from inspectorate.methodology.cases import read_case_list
from inspectorate.methodology.rating import score_by
from inspectorate.methodology.tables import read_table
from tests.published.calibrated.calibrated import calibrated, synthetic
from tests.published.calibrated.least_change import Problem
from tests.published.calibrated.printed import POOL, PROGRAMMES, fji
from tests.published.calibrated.scored import HEADS, parts, scored
from tests.published.calibrated.tally import Tally

ROOT = Path(__file__).resolve().parents[2]
LIST = yaml.safe_load((Path(__file__).parent / "not_reproduced.yaml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs/explanation/calibrated-cases.md").read_text(encoding="utf-8")
every_programme = pytest.mark.parametrize("code", PROGRAMMES)


@every_programme
def test_the_engine_gives_every_score_that_the_tally_counts(code):
    found = scored(code)
    assert {whole for whole, _ in found.tally} == set(parts(found.made.programme))
    assert found.engine == found.tally


@pytest.mark.parametrize("code", ["iaow", "omi2"])
def test_the_breakdown_by_inspection_gives_every_body_its_own_scores(code):
    made, form = calibrated(code), calibrated(code).edition.form
    listed = read_table("list.csv", [("inspection", "case"), *dict.fromkeys(row[:2] for row in made.rows)], ())
    case_list = read_case_list(listed, form)
    answers = read_answers(read_table("synthetic.csv", [HEADS, *made.rows], HEADS), form, case_list=case_list)
    broken_down = {
        (inspection.removesuffix(" (synthetic)"), result.code): (result.sufficient, result.applicable, result.cases)
        for inspection, results in score_by(made.edition, answers, case_list, "inspection").items()
        for result in results
    }
    tally = {key: (s.sufficient, s.applicable, s.cases) for key, s in scored(code).tally.items()}
    assert broken_down == {key: value for key, value in tally.items() if key[0] in made.programme.bodies}


@every_programme
def test_every_printed_figure_comes_out_except_those_listed(code):
    failing = [{**asdict(figure), "comes_out": value} for figure, value in scored(code).not_reproduced()]
    listed = [figure for entry in LIST for figure in entry["figures"] if figure["programme"] == code]
    assert failing == listed


@pytest.mark.parametrize(("code", "bodies"), [("omi2", 11), ("cci", 53), ("iaow", 11), ("fji", 6)])
def test_there_is_an_inspection_for_every_body_of_the_tables(code, bodies):
    programme = PROGRAMMES[code]()
    reinspected = [body for body in programme.bodies if body.startswith("North Lincolnshire")]
    assert len(programme.bodies) == bodies + len(reinspected)
    assert {row[0] for row in calibrated(code).rows} == {synthetic(body) for body in programme.bodies}


def test_there_are_as_many_cases_as_are_printed():
    assert scored("cci").cases(POOL) == 2461
    assert scored("omi2").cases("London") == 440


@every_programme
def test_every_inspection_is_of_the_size_of_its_programme(code):
    programme = PROGRAMMES[code]()
    least, most = programme.sizes
    usual = [scored(code).cases(body) for body in programme.bodies if body not in programme.more_cases]
    assert (min(usual) >= least, max(usual) <= most) == (True, True)


@every_programme
def test_every_row_says_that_it_is_synthetic(code):
    assert {(row[0].endswith(" (synthetic)"), row[1][:4]) for row in calibrated(code).rows} == {(True, "SYN-")}


@every_programme
def test_some_questions_are_not_asked_and_some_answers_do_not_apply(code):
    made = calibrated(code)
    per_case = {}
    for row in made.rows:
        per_case[row[:2]] = per_case.get(row[:2], 0) + 1
    questions = len(made.edition.form.kind("case").questions)
    assert max(per_case.values()) < questions
    assert len(set(per_case.values())) > 10
    assert "not_applicable" in {row[3] for row in made.rows}


@every_programme
def test_cases_differ_in_quality(code):
    good, judged = {}, {}
    for inspection, reference, _, judgement in calibrated(code).rows:
        case = inspection, reference
        if judgement in {"sufficient", "not_sufficient"}:
            judged[case] = judged.get(case, 0) + 1
            good[case] = good.get(case, 0) + (judgement == "sufficient")
    shares = np.array([good[case] / judged[case] for case in judged])
    assert shares.std() > 0.1


def test_the_same_seed_gives_the_same_cases():
    assert calibrated.__wrapped__("fji").rows == calibrated("fji").rows


def test_one_judgement_reversed_is_noticed():
    """The comparison bites: engine on true rows and tally on spoilt ones differ by the one judgement."""
    found = scored("fji")
    rows = list(found.made.rows)
    place = next(n for n, row in enumerate(rows) if row[2] == "A01" and row[3] == "sufficient")
    rows[place] = (*rows[place][:3], "not_sufficient")
    body = rows[place][0].removesuffix(" (synthetic)")
    spoilt = Tally("fji/2013", rows).score("reducing_reoffending", [rows[place][0]])
    assert found.engine[body, "reducing_reoffending"].sufficient - spoilt.sufficient == 1


def test_every_figure_listed_has_its_reason():
    assert [entry for entry in LIST if len(entry["reason"].split()) < 10] == []


def possible(printed, cut):
    """Say whether some share is printed as this per cent and stands on the side of the cut that its stars say."""
    (per_cent, stars), half = printed, Fraction(1, 2)
    return per_cent + half > cut if stars >= 3 else per_cent - half < cut


def test_one_cut_between_two_and_three_stars_fits_the_whole_table_only_inside_the_rounding_of_55():
    cells = {}
    for figure in fji().figures:
        cells.setdefault((figure.of, figure.score), {})[figure.what] = figure.printed
    pairs = [(cell["per_cent"], cell["stars"]) for cell in cells.values() if "per_cent" in cell]
    cuts = [Fraction(tenths, 10) for tenths in range(400, 800)]
    fitting = [cut for cut in cuts if all(possible(pair, cut) for pair in pairs)]
    assert (min(fitting), max(fitting)) == (Fraction("54.6"), Fraction("55.4"))


def test_values_stay_near_the_wish_and_meet_the_bounds():
    problem = Problem(np.array([5.0, 5.0]), np.zeros(2), np.full(2, 9.0), np.ones(2), np.ones(2, dtype=np.bool_))
    problem.bound(np.array([0, 1]), 1.0, 13, 20)
    assert sum(problem.solve()) == 13


def test_a_bound_that_yields_is_given_up_and_one_that_does_not_is_refused():
    problem = Problem(np.array([5.0]), np.zeros(1), np.full(1, 9.0), np.ones(1), np.ones(1, dtype=np.bool_))
    problem.bound(np.array([0]), 1.0, 12, 20, yields=True)
    assert problem.solve().tolist() == [9]
    problem.bound(np.array([0]), 1.0, 12, 20)
    with pytest.raises(ValueError, match="no values meet the bounds"):
        problem.solve()


def lines_of(code):
    """Return the lines of the page's two tables that speak of a programme: what stands there must be what comes out."""
    found = scored(code)
    programme = found.made.programme
    for whole in programme.pools:
        for figure in programme.figures:
            if figure.of == whole and figure.what == "per_cent":
                words = figure.score.replace("_", " ")
                yield f"| {code} | {whole} | {words} | {figure.printed} | {found.came_out(figure)} |"
    bodies = [figure for figure in programme.figures if figure.of in programme.bodies]
    good = [figure for figure in bodies if found.came_out(figure) == figure.printed]
    yield f"| {code} | {len(programme.bodies)} | {len(bodies)} | {len(good)} |"


@every_programme
def test_the_page_shows_what_came_out(code):
    assert [line for line in lines_of(code) if line not in PAGE] == []


def test_the_page_tells_of_every_figure_listed():
    assert "no evidence that the method was theirs" in PAGE
    assert [entry["reason"] for entry in LIST if " ".join(entry["reason"].split()) not in " ".join(PAGE.split())] == []
