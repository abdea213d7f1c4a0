import json

import pytest

from inspectorate.config.cli import main
from inspectorate.register.published import published_folder


@pytest.fixture
def as_json(capsys):
    def answer(*words):
        assert main(["published", *words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return answer


def test_a_programme_year_in_words(capsys):
    assert main(["published", "cci", "2011-12"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Camden                                                90             86             84" in lines
    assert "lowest                                                44             42             52" in lines
    assert "highest                                               90             86             88" in lines
    assert "median (ours, not printed)                            69             63             73" in lines
    assert "aggregate as printed                                  68             62             72" in lines
    assert "North Lincolnshire, reinspection                      84             81             83" in lines


def test_a_flag_stands_beside_the_figure_and_below_the_table(capsys):
    assert main(["published", "fji", "2013-14"]) == 0
    lines = capsys.readouterr().out.splitlines()
    croydon = next(line for line in lines if line.startswith("Croydon"))
    assert croydon.split() == ["Croydon", "55", "**", "49", "*", "55", "***!", "73", "***", "**"]
    assert sum(line.startswith("! ") for line in lines) == 1  # beside the tables; sheets have flags of their own
    assert sum(line.startswith("aggregate: none is printed") for line in lines) == 1


def test_the_summary_in_json(as_json):
    summary = as_json("omi2", "2011-12")["tables"][0]["summary"]["risk_of_harm"]
    assert summary == {
        "unit": "per cent",
        "bodies": 11,
        "lowest": {"value": 70, "bodies": ["London"]},
        "highest": {"value": 84, "bodies": ["Warwickshire"]},
        "median": {"value": 78, "ours": True},
        "aggregate": 77,
        "printed": {"year": {"aggregate": 77}, "programme_to_date": {"aggregate": 74}},
    }


def test_adult_offending_work_is_told_by_focus(as_json):
    tables = as_json("iaow", "2013-14")["tables"]
    told = [
        (table["focus"], len(table["rows"]), table["summary"]["assisting_sentencing"]["aggregate"]) for table in tables
    ]
    assert told == [("violent offences", 6, 81), ("protecting children", 5, 86)]


def test_the_flag_in_json(as_json):
    found = as_json("fji", "2013-14")
    flagged = [row["body"] for row in found["tables"][0]["rows"] if "flag" in row["values"]["protecting_the_child"]]
    assert flagged == ["Croydon", "Portsmouth"]
    assert len(found["flags"]) == 1
    assert found["tables"][0]["summary"]["protecting_the_child"]["aggregate"] is None


def test_a_programme_year_without_a_table_of_bodies_in_words(capsys):
    assert main(["published", "sqs", "2013-14"]) == 0
    lines = capsys.readouterr().out.splitlines()
    sentenced = lines.index("What the children and young people were sentenced to (4.3)")
    told = [line.split("  ")[-1].strip() for line in lines[sentenced + 2 : sentenced + 6]]
    assert told == ["21", "55", "23", "99 (ours)"]
    assert "  Base: 694 cases, 30 inspections" in lines
    assert sum("Printed as a picture, value not available" in line for line in lines) == 3
    assert not any("stars as printed" in line for line in lines)


def test_a_year_of_the_inspectorate_in_json(as_json):
    found = as_json("organisation", "2013-14")
    assert (found["tables"], found["measures"]) == ([], [])
    reports = next(sheet for sheet in found["sheets"] if sheet["code"] == "reports")
    assert [row["cells"][0]["value"] for row in reports["rows"]] == [9, 1, 6, 28, 1, 4, 49]
    assert reports["rows"][-1]["cells"][0] == {
        "value": 49,
        "ours": True,
        "from": ["more_figures/publications_2013_14/counted_total"],
    }
    assert len(reports["flags"]) == 3


def test_an_unknown_programme_year_is_refused_with_those_that_there_are(capsys):
    assert main(["published", "cci", "1999-00"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        "inspectorate published: no table is published for cci 1999-00: "
        "choose one of omi2 2011-12, cci 2011-12, iaow 2013-14, fji 2013-14, sqs 2013-14, prison_omi 2011-12, "
        "prison_omi 2013-14, thematic 2011-12, thematic 2013-14, organisation 2006-07, organisation 2011-12, "
        "organisation 2012-13, organisation 2013-14, organisation 2014-15, organisation 2017-20\n"
    )


def test_the_help_has_an_example(capsys):
    with pytest.raises(SystemExit):
        main(["published", "--help"])
    assert "example: inspectorate published cci 2011-12" in capsys.readouterr().out


def test_the_folder_is_found():
    assert (published_folder() / "programmes.yaml").is_file()
