"""Two editions side by side, as a page and as a file."""

import csv
import html
import io
import re

import pytest
from django.utils.html import strip_tags

from inspectorate.methodology import editions
from inspectorate.standards.queries import ComparisonAsked, comparison_page, shelf
from inspectorate.standards.queries.compared import compared_with


def words(text):
    return " ".join(html.unescape(strip_tags(text.replace("<", " <"))).split())


def rows(client, address):
    text = client.get(f"/editions/{address}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_an_edition_is_compared_with_the_one_that_it_replaces(page):
    text = words(page("omi2/2011/compare/"))
    assert "From Offender Management Inspection 2, 2009 to" in text
    assert "4 Added 4 Removed 3 Reworded 5 Rescored 7 Other guidance 97 Unchanged" in text
    assert "17 of 114 questions" in text


def test_words_that_went_and_came_are_marked(page):
    text = page("omi2/2011/compare/")
    assert "<del>Has</del> the <del>person stayed free</del> of" in text
    assert "<ins>How has</ins> the <ins>frequency</ins> of" in text


def test_what_differs_besides_the_words_stands_side_by_side(page):
    text = words(page("omi2/2011/compare/?show=rescored"))
    assert "Its criterion omi2/2009 3.1 omi2/2011 3.2" in text


@pytest.mark.parametrize(
    ("show", "codes"), [("added", 4), ("removed", 4), ("reworded", 3), ("rescored", 5), ("unchanged", 97)]
)
def test_the_page_shows_what_is_asked_for(page, show, codes):
    text = page(f"omi2/2011/compare/?with=omi2/2009&show={show}")
    assert len(re.findall(r'<article class="ins-difference" id="q-', text)) == codes


def test_unchanged_questions_are_named_as_such(page):
    assert "Unchanged: 97 questions" in words(page("omi2/2011/compare/"))
    assert "Since the edition before Unchanged" in words(page("omi2/2011/questions/A01/"))
    assert "Since the edition before Reworded, rescored and other guidance" in words(page("omi2/2011/questions/O04/"))


def test_the_crosswalk_stands_in_groups_with_what_speaks_against_it(page, copied):
    path = copied / "omi2/2011/crosswalk.yaml"
    path.write_text(
        path.read_text("utf-8").replace("was: [O27], comparable: partly", "was: [O27], comparable: comparable")
    )
    text = words(page("omi2/2011/compare/"))
    assert re.search(r"Comparable: \d+, of which 1 with something that speaks against it", text)
    assert "But: The question was reworded." in text
    assert "The question was rescored: how its answers count." in text
    assert "Of these scores the crosswalk says nothing" in text
    assert "Leadership and planning (4.1)" in text


def test_without_a_crosswalk_no_trend_is_offered(page):
    text = words(page("fji/2013/compare/?with=sqs/2012"))
    assert "Nothing. Full Joint Inspection of youth offending work, 2013 does not replace" in text


def test_the_earlier_edition_stands_on_the_left_whichever_page_is_opened(page):
    assert words(page("omi2/2009/compare/?with=omi2/2011")).count("4 Added 4 Removed") == 1


def test_an_edition_that_replaces_none_asks_which_to_compare_with(page):
    text = words(page("fji/2012/compare/"))
    assert "This edition replaces no other. Choose an edition above" in text
    assert "Choose an edition Offender Management" not in page("omi2/2011/compare/")


def test_an_edition_not_held_here_is_named(page, three):  # noqa: ARG001 - serves three editions alone
    assert "This edition replaces omi2/2011, which is not among these editions." in words(page("iaow/2013/compare/"))


@pytest.mark.parametrize("asked", ["?with=nowhere/1999", "?with=omi2/2011", "?show=everything", "?with=%00"])
def test_what_the_address_does_not_know_is_left_out(page, asked):
    assert "From Offender Management Inspection 2, 2009 to" in words(page(f"omi2/2011/compare/{asked}"))


def test_the_file_holds_the_differences_that_the_page_shows(page, client, db):  # noqa: ARG001
    found = rows(client, "omi2/2011/compare.csv?with=omi2/2009")
    assert len({row["new_code"] or row["old_code"] for row in found if row["part"] == "questions"}) == 17
    row = next(row for row in found if row["new_code"] == "O03")
    assert (row["finding"], row["what_differs"], row["old"], row["new"]) == ("rescored", "Its criterion", "3.1", "3.2")
    assert {row["finding"] for row in rows(client, "omi2/2011/compare.csv?with=omi2/2009&show=added")} == {"added"}
    assert rows(client, "fji/2012/compare.csv") == []


def test_what_a_spreadsheet_would_run_is_harmless_in_the_file(copied, client, db):  # noqa: ARG001
    form = copied / "omi2/2011/form.yaml"
    old = editions.load("omi2/2011", copied).form.question("A01").text.en
    form.write_text(form.read_text("utf-8").replace(old, f"=1+1 {old}", 1), "utf-8")
    row = next(row for row in rows(client, "omi2/2011/compare.csv") if row["new_code"] == "A01")
    assert row["new"].startswith("'=1+1")


def test_an_edition_that_changes_on_the_disk_is_compared_anew(page, copied):
    assert "3 Reworded" in words(page("omi2/2011/compare/"))
    form = copied / "omi2/2011/form.yaml"
    old = editions.load("omi2/2011", copied).form.question("A01").text.en
    form.write_text(form.read_text("utf-8").replace(old, f"{old} Say why.", 1), "utf-8")
    assert "4 Reworded" in words(page("omi2/2011/compare/"))


def test_two_editions_are_compared_once_and_then_remembered():
    old, new = shelf.held("fji/2013"), shelf.held("youth/2018")
    compared_with.cache_clear()
    first = compared_with(old, new)
    assert len(first.questions) == 360
    assert compared_with(old, new) is first


def test_a_comparison_is_found_without_a_page():
    found = comparison_page("omi2/2011", ComparisonAsked.read({"with": "omi2/2009", "show": "added"}))
    assert [one.code for one in found["shown"]["questions"]] == ["O02", "O05", "O09", "O10"]
