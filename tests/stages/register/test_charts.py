import sys
from xml.etree import ElementTree as ET

import pytest

from inspectorate.register import published
from inspectorate.register.charts import APART, Dots, charts_of, draw, lanes

SVG = "{http://www.w3.org/2000/svg}"
DOTS = Dots("Safety", (40, 41, 60, 60, 88), aggregate=58, median=60)


def test_dots_that_would_touch_stand_in_different_rows():
    placed = lanes([60, 40, 41, 60, 88])
    assert placed == [(40, 0), (41, 1), (60, 0), (60, 1), (88, 0)]
    rows = {}
    for per_cent, lane in placed:
        assert per_cent - rows.get(lane, -APART) >= APART
        rows[lane] = per_cent


def test_a_chart_has_a_role_a_title_a_description_and_our_font():
    root = ET.fromstring(draw(DOTS))  # noqa: S314 - our own drawing
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Safety"
    assert description.text == "5 bodies, from 40 to 88 per cent; median 60 (ours); aggregate as printed 58."
    assert root.get("font-family") == "Noto Sans, sans-serif"
    assert root.get("width") is None


def test_a_chart_takes_the_colour_of_the_text_and_says_its_figures():
    drawing = draw(DOTS)
    assert "#" not in drawing.replace("http://www.w3.org", "")
    assert drawing.count("currentColor") > 5
    assert "median, ours 60" in drawing
    assert "aggregate 58" in drawing


def test_a_chart_is_drawn_without_waking_a_library_of_charts():
    draw(DOTS)
    assert not {"altair", "vl_convert"} & set(sys.modules)


def test_the_words_of_a_line_stand_where_there_is_room():
    assert 'text-anchor="start" fill="currentColor">median, ours 10<' in draw(Dots("Safety", (5, 15), None, 10))
    assert 'text-anchor="end" fill="currentColor">median, ours 90<' in draw(Dots("Safety", (85, 95), None, 90))


def test_where_no_aggregate_is_printed_none_is_drawn():
    drawing = draw(Dots("Safety", (40, 60), aggregate=None, median=50))
    assert "aggregate" not in drawing.replace("no aggregate is printed", "")


def test_another_figure_is_another_digest():
    assert DOTS.digest != Dots("Safety", (40, 41, 60, 60, 89), aggregate=58, median=60).digest
    assert len(DOTS.digest) == 64


@pytest.mark.parametrize(
    ("pair", "expected"),
    [(("fji", "2013-14"), [[True] * 4 + [False]]), (("cci", "2011-12"), [[True] * 3, [False] * 3])],
)
def test_stars_alone_and_reinspections_have_no_chart(pair, expected):
    shape = published.read(*pair)
    assert [[dots is not None for dots in charts_of(shape, table)] for table in shape.tables] == expected
