"""Small tables that an inspector can read, turned into what the methodology takes."""

import re
from pathlib import Path

from inspectorate.methodology import editions
from inspectorate.methodology.answers import read_answers
from inspectorate.methodology.cases import read_case_list
from inspectorate.methodology.tables import read_table
from inspectorate.methodology.tallies import Stratum, Tally

ROOT = Path(__file__).resolve().parents[2]
STANDARDS = Path(__file__).parent / "fixtures/standards"
FIXTURE = editions.load("fixture/2000", STANDARDS)


def table(text, file="answers.csv"):
    """A table from text whose cells stand at least two spaces apart; a dot is an empty cell."""
    lines = [line.strip() for line in text.strip().splitlines()]
    rows = [["" if cell == "." else cell for cell in re.split(r"\s{2,}", line)] for line in lines]
    return read_table(file, rows, ())


def answers(text, edition=FIXTURE, **more):
    return read_answers(table(text), edition.form, **more)


def case_list(text, edition=FIXTURE):
    return read_case_list(table(text, "cases.csv"), edition.form)


def told(faults):
    """What a refusal says of where: code, row and column of each fault."""
    return [(str(fault.code), fault.row, fault.column) for fault in faults]


def stratum(name, listed, cases):
    """One stratum from its cases, each as (sufficient, applicable)."""
    ys, xs = [y for y, _ in cases], [x for _, x in cases]
    return Stratum(
        name=name,
        listed=listed,
        cases=len(cases),
        y=sum(ys),
        x=sum(xs),
        yy=sum(y * y for y in ys),
        xy=sum(x * y for y, x in cases),
        xx=sum(x * x for x in xs),
        touched=sum(x > 0 for x in xs),
    )


def tally(text):
    """A tally from lines such as ``high 10 3/5 0/0 2/4``: stratum, cases on the list (- unknown), y/x of each case."""
    strata = []
    for line in text.strip().splitlines():
        name, listed, *cases = line.split()
        pairs = [tuple(map(int, case.split("/"))) for case in cases]
        strata.append(stratum(name, None if listed == "-" else int(listed), pairs))
    return Tally(tuple(strata))


def work(case, answer, sentence="community", achieved="fully", questions=("A01", "A02")):
    """The rows of one case of the fixture: a community order whose questions are all answered alike."""
    rows = [
        f"{case}  F01  {sentence}",
        *(f"{case}  {code}  {answer}" for code in questions),
        f"{case}  A04  {achieved}",
    ]
    return "\n".join(rows)


def cases(sufficient, not_sufficient):
    """So many sufficient and so many not sufficient cases of the fixture, all questions alike."""
    rows = [work(f"S{n}", "sufficient") for n in range(sufficient)]
    rows += [work(f"N{n}", "not_sufficient", achieved="not_achieved") for n in range(not_sufficient)]
    return "\n".join(["case  question  judgement", *rows])
