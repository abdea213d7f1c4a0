"""The commands of the core, from their examples: what they print is what the documents say of them."""

import csv
import json
from importlib import metadata

import pytest
from django.conf import settings

from inspectorate.config.cli import main

EXAMPLES = settings.CHECKOUT / "docs/examples"


def told(capsys, *words):
    """Return what a command prints as JSON."""
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_version_is_printed(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert (stopped.value.code, capsys.readouterr().out) == (0, f"inspectorate {metadata.version('inspectorate')}\n")


def test_the_example_of_rate_has_an_overall_rating(capsys):
    found = told(capsys, "rate", "--edition", "youth/2018", "--standards", str(EXAMPLES / "youth-ratings.json"))
    assert (found["points"], found["most_points"], found["overall"]) == (20, 36, "Good")


def test_the_digest_of_a_draw_holds_the_strata_that_it_was_drawn_by(capsys, tmp_path):
    listing = EXAMPLES / "iaow-cases.csv"
    rows = list(csv.DictReader(listing.read_text(encoding="utf-8").splitlines()))
    other = tmp_path / "cases.csv"
    with other.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("case", "kind", "stratum"))
        writer.writerows((row["case"], row["kind"], row["provider"]) for row in rows)
    drawn = told(capsys, "draw", "--case-list", str(listing), "--seed", "00ff", "--size", "20", "--by", "provider")
    again = told(capsys, "draw", "--case-list", str(other), "--seed", "00ff", "--size", "20", "--by", "stratum")
    assert drawn == again
    assert drawn["digest"] != told(capsys, "draw", "--case-list", str(listing), "--seed", "x", "--size", "1")["digest"]


def test_a_margin_that_is_given_stands_in_place_of_the_editions(capsys):
    found = told(capsys, "sample-size", "--population", "522", "--edition", "youth/2018", "--margin", "0.1")
    assert [(size["kind"], size["sample"]) for size in found["sizes"]] == [("court", 39), ("out_of_court", 39)]


def test_a_margin_is_refused_where_the_edition_sizes_by_caseload(capsys):
    assert main(["sample-size", "--population", "500", "--edition", "iaow/2013", "--margin", "0.1"]) == 2
    assert "iaow/2013 takes the size from the caseload, without a confidence or a margin." in capsys.readouterr().err
