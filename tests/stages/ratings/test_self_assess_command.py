"""``inspectorate self-assess``: a sheet out, a filled sheet in, and one's own scores beside the inspectors'."""

import json

import pytest
from django.conf import settings

from inspectorate.config.cli import main
from inspectorate.sampling.files import rows_of

EXAMPLES = settings.CHECKOUT / "docs/examples"
OWN = ("--edition", "iaow/2013", "--answers", str(EXAMPLES / "iaow-own-sheet.csv"))


@pytest.fixture
def assess(capsys):
    def run(*words):
        code = main(["self-assess", *map(str, words)])
        return (code, *capsys.readouterr())

    return run


def test_a_sheet_is_written_for_a_kind_of_case(assess, tmp_path):
    path = tmp_path / "sheet.xlsx"
    code, said, _ = assess("--edition", "youth/2018", "--kind", "court", "--template", path, "--cases", 7)
    assert (code, "105 questions of youth/2018 (court), 7 rows to fill." in said) == (0, True)
    assert rows_of(path.name, path.read_bytes())[0][0] == "case youth/2018"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--edition", "youth/2018"), "several kinds of case. Give one of: court, out_of_court."),
        (("--edition", "youth/2018", "--kind", "x"), "has no kind of case 'x'"),
        (("--edition", "iaow/2013", "--cases", "501"), "501 rows are not possible"),
        (("--edition", "none/2013"), "none/2013"),
    ],
)
def test_a_sheet_that_cannot_be_made_is_refused(assess, tmp_path, words, sentence):
    code, _, refused = assess(*words, "--template", tmp_path / "sheet.xlsx")
    assert (code, sentence in refused, list(tmp_path.iterdir())) == (2, True, [])


def test_a_filled_sheet_is_never_overwritten(assess, tmp_path):
    path = tmp_path / "sheet.xlsx"
    path.write_text("filled in")
    code, _, refused = assess("--edition", "iaow/2013", "--template", path)
    assert (code, "is there already" in refused, path.read_text()) == (2, True, "filled in")


@pytest.mark.parametrize("name", ["sheet.csv", "nowhere/sheet.xlsx"])
def test_a_place_that_cannot_be_written_to_is_refused(assess, tmp_path, name):
    assert assess("--edition", "iaow/2013", "--template", tmp_path / name)[0] == 2


def test_a_filled_sheet_is_scored(assess):
    code, said, _ = assess(*OWN)
    assert (code, "population: unknown" in said) == (0, True)
    assert next(line for line in said.splitlines() if line.startswith("protecting_th")).split()[-6:-3] == [
        "737",
        "30",
        "74",
    ]


def test_the_score_command_takes_the_sheet_as_well(capsys, assess):
    assert main(["score", *OWN, "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)["scores"]
    assert json.loads(assess(*OWN, "--json")[1])["scores"] == scores


def test_scores_beside_a_published_result(assess):
    code, said, _ = assess(*OWN, "--against", "iaow", "2013-14", "kent")
    assert (code, "inspectors' 58: 16 points higher. The published figure has no interval" in said) == (0, True)
    assert "seldom look at the same cases" in said


def test_scores_beside_a_file_of_inspectors(assess):
    data = json.loads(assess(*OWN, "--inspectors", EXAMPLES / "iaow-answers.csv", "--json")[1])
    (found,) = data["beside"]
    first = found["scores"][0]
    assert (found["what"], first["difference"], first["intervals_overlap"]) == (
        "the inspectors' judgements in iaow-answers.csv",
        first["own"]["per_cent"] - first["inspectors"]["per_cent"],
        True,
    )


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("cci", "2011-12", "Camden"), "cci is another programme than iaow/2013"),
        (("iaow", "1999-00", "Kent"), "1999-00"),
        (("iaow", "2013-14", "Nowhere"), "prints nothing of 'Nowhere'. It has: "),
    ],
)
def test_what_cannot_be_compared_is_refused(assess, asked, sentence):
    code, _, refused = assess(*OWN, "--against", *asked)
    assert (code, sentence in refused) == (2, True)


def test_faults_name_the_cell(assess, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text((EXAMPLES / "iaow-own-sheet.csv").read_text().replace("licence", "maybe", 1))
    code, _, refused = assess("--edition", "iaow/2013", "--answers", path)
    assert (code, "own.csv, row " in refused, ", column B (F01) [outside-options]: 'maybe'" in refused) == (
        2,
        True,
        True,
    )


def test_a_confidence_that_is_none_is_refused(assess):
    assert assess(*OWN, "--confidence", "95")[0] == 2
