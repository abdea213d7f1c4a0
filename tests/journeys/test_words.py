"""How dates, numbers, texts in two languages, scores and forms reach the page."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from inspectorate.methodology.texts import Text
from inspectorate.ui import form_fields, levels, scores, words

TOO_FEW = "there are not enough cases to say how it is in the whole caseload"
BANDS = [
    {"code": "inadequate", "title": "Inadequate", "from": 0},
    {"code": "requires_improvement", "title": "Requires improvement", "from": 50},
    {"code": "good", "title": "Good", "from": 65},
    {"code": "outstanding", "title": "Outstanding", "from": 80},
]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 11, 21), "21 November 2026"),
        ("2013-04-01", "1 April 2013"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026"),
        (None, ""),
    ],
)
def test_a_date_is_written_in_full(value, written):
    assert words.written_date(value) == written


def test_a_date_is_written_in_welsh():
    with translation.override("cy"):
        assert words.written_date(date(2026, 3, 1)) == "1 Mawrth 2026"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [(12461, 0, "12,461"), (0, 0, "0"), (66.25, 1, "66.3"), (-3, 0, "–3"), (None, 0, "–")],
)
def test_a_number_is_written_in_groups(value, places, written):
    assert words.written_number(value, places) == written


@pytest.mark.parametrize("text", [{"en": "Good", "cy": "Da"}, Text("Good", "Da")])
def test_a_text_is_taken_in_the_language_of_the_reader(text):
    assert words.in_language(text) == "Good"
    with translation.override("cy"):
        assert words.in_language(text) == "Da"


def test_english_is_marked_where_there_is_no_welsh_yet():
    with translation.override("cy"):
        html = Template("{% load ui %}{{ text|t }}").render(Context({"text": Text("Law & order")}))
    assert html == '<span lang="en">Law &amp; order</span>'


@pytest.mark.parametrize(
    ("per_cent", "low", "high", "sentence"),
    [
        (73, 66.2, 79.4, "73 per cent of the judged work was sufficient; between 66 and 79 in the whole caseload."),
        (86, 85.7, 85.7, "86 per cent of the judged work was sufficient; every case was inspected."),
        (
            100,
            None,
            None,
            f"100 per cent of the judged work was sufficient; {TOO_FEW}.",
        ),
        (None, None, None, "There was no case to judge."),
    ],
)
def test_a_score_is_said_in_one_sentence(per_cent, low, high, sentence):
    assert scores.in_words(per_cent, low, high) == sentence


@dataclass(frozen=True)
class Given:
    """A score as a stage hands it over."""

    title: str = "Victims"
    per_cent: int = 73
    low: float = 66.2
    high: float = 79.4
    sufficient: int = 438
    applicable: int = 600
    cases: int = 60
    band: str = "good"
    bands: tuple = tuple(BANDS)


def test_a_score_is_read_from_an_object_as_from_a_dictionary():
    score = scores.read(Given())
    assert score == scores.read(asdict(Given()))
    assert score.base == "438 of 600 judgements, in 60 cases"
    assert score.between == "66 to 79"
    assert score.level.rank == 2


def test_places_on_the_axis_are_written_for_svg_in_any_language():
    with translation.override("cy"):
        assert [scores.place(value) for value in (0, 33.3, 100, 104)] == ["0%", "33.3%", "100%", "100%"]


def test_levels_end_where_the_next_begins():
    assert [(level.start, level.end, level.tone) for level in levels.read(BANDS)] == [
        (0, 50, "lowest"),
        (50, 65, "low"),
        (65, 80, "high"),
        (80, 100, "highest"),
    ]


class Notice(forms.Form):
    """A form as a stage writes one."""

    day = forms.CharField(label="First day", help_text="For example 2 March 2026")
    nation = forms.ChoiceField(choices=[("england", "England"), ("wales", "Wales")], widget=forms.RadioSelect)


def test_a_field_of_a_form_keeps_what_was_typed_and_names_its_error():
    form = Notice({"day": "", "nation": "wales"})
    html = Template("{% load ui %}{% form_errors form %}{% form_field form.day %}{% form_field form.nation %}").render(
        Context({"form": form})
    )
    assert '<a href="#id_day">This field is required.</a>' in html
    assert 'aria-describedby="id_day-hint id_day-error"' in html
    assert 'value="wales" checked' in html
    assert form_fields.errors(Notice({"day": "2 March", "nation": "wales"})) == []
