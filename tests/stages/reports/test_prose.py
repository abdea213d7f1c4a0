"""What people write in a report is read as paragraphs, lists, bold and sub-headings, and nothing else."""

from inspectorate.reports.prose import blocks, typed_by_hand, words_in


def test_paragraphs_lists_bold_and_sub_headings_are_read():
    found = blocks("## Strengths\n\nStaff **know** the people\nthey work with.\n\n- one\n- two\n\n1. first\n2. second")
    assert [(block.kind, block.plain) for block in found] == [
        ("heading", "Strengths"),
        ("paragraph", "Staff know the people they work with."),
        ("bullets", "one\ntwo"),
        ("numbers", "first\nsecond"),
    ]
    assert [(run.text, run.bold) for run in found[1].lines[0]][1] == ("know", True)


def test_tags_links_code_and_quotes_stay_the_characters_that_were_typed():
    typed = "<script>alert(1)</script> [a](javascript:x) `code` ![i](x)"
    assert blocks(typed)[0].plain == typed
    assert blocks("> a quotation")[0].plain == "> a quotation"


def test_a_list_within_a_list_stands_in_the_outer_one():
    assert [block.plain for block in blocks("- one\n  - within\n- two")] == ["one\nwithin\ntwo"]


def test_an_empty_text_has_no_block_and_no_word():
    assert blocks(" \n\n ") == []
    assert words_in(" \n") == 0


def test_words_are_counted_without_the_marks_of_lists_and_headings():
    assert words_in("## Two words\n\n- one\n- two **three**") == 5


def test_a_share_that_was_typed_is_found_with_its_line():
    text = "In 73 per cent of cases.\n\nAlso 12.5% and 80 percent, but not {score:a} and not 12 cases."
    assert typed_by_hand(text) == [(1, "73 per cent"), (3, "12.5%"), (3, "80 percent")]
