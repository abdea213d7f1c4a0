"""Guidance by the code of its question, and Welsh laid over English."""

from inspectorate.methodology.guidance import introduction, split_guidance, with_welsh

TEXT = """# Planning

Judge the first plan.

## P01
It came in time.

- a point

## P02 Objectives
They are clear.
"""


def test_each_heading_begins_the_guidance_of_its_code():
    assert list(split_guidance("planning.md", TEXT)) == [
        ("P01", ("planning.md", 5), "It came in time.\n\n- a point"),
        ("P02", ("planning.md", 10), "They are clear."),
    ]


def test_what_stands_before_the_first_code_introduces_the_section():
    assert introduction(TEXT) == "Judge the first plan."
    assert introduction("# Planning\n\n## P01\nIt came in time.") == ""


def test_a_heading_without_a_code_is_kept_so_that_it_can_be_refused():
    assert list(split_guidance("a.md", "## \nwords")) == [("", ("a.md", 1), "words")]


def test_a_file_without_headings_has_no_guidance():
    assert list(split_guidance("a.md", "# Title\n\nwords")) == []


def test_welsh_is_laid_over_english_wherever_it_stands_and_never_over_welsh():
    data = {"title": {"en": "Good", "cy": None}, "more": [{"en": "Good", "cy": "Gwych"}, {"en": "Bad"}], "n": 3}
    assert with_welsh(data, {"Good": "Da"}) == {
        "title": {"en": "Good", "cy": "Da"},
        "more": [{"en": "Good", "cy": "Gwych"}, {"en": "Bad", "cy": None}],
        "n": 3,
    }


def test_without_welsh_nothing_is_touched():
    data = {"title": {"en": "Good"}}
    assert with_welsh(data, {}) is data
