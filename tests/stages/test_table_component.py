"""Tables of several columns of words carry the head of each cell, so that a phone can show a row as a few lines."""

from inspectorate.ui import components


def table(columns, row):
    return components.render("table", caption="Things", columns=columns, rows=[row])


def test_a_table_of_words_says_in_each_cell_what_it_holds():
    html = table(
        [{"title": "Case"}, {"title": "Who & how"}, {"title": "When"}, {"title": "State"}], ["A1", "Ann", "", "x"]
    )
    assert 'class="ins-table ins-table--stacked"' in html
    assert '<th scope="row" data-head="Case">A1</th><td data-head="Who &amp; how">Ann</td>' in html
    assert '<td data-head="When"></td>' in html


def test_figures_and_few_or_many_columns_stay_a_table():
    words = {"title": "Words"}
    figure = {"title": "Share", "unit": "per cent", "numeric": True}
    for columns in ([words] * 3, [words] * 9, [words, figure, figure, figure]):
        html = table(columns, [1] * len(columns))
        assert "ins-table--stacked" not in html
        assert "data-head" not in html
