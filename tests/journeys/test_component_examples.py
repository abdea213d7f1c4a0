"""Every component renders every one of its examples, and ``component.yaml`` says all there is to know."""

import re

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from inspectorate.ui import components

NAMES = components.names()
EXAMPLES = [(name, example) for name in NAMES for example in components.find(name).examples]


def _folder(name):
    return components.FOLDER / name


def test_every_folder_is_a_component():
    folders = {path.name for path in components.FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(NAMES)


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[f"{name}-{one['name']}" for name, one in EXAMPLES])
def test_each_example_renders(name, example):
    html = components.render(name, **example["given"])
    assert html.startswith("<")
    assert "None" not in re.sub(r"<[^>]*>", "", html)


@pytest.mark.parametrize("name", NAMES)
def test_every_documented_parameter_is_used_and_explained(name):
    code = "".join(path.read_text("utf-8") for path in _folder(name).glob("*") if path.suffix in {".html", ".py"})
    for row in components.find(name).parameters:
        assert re.search(rf"\b{row['name']}\b", code), row["name"]
        assert row["says"].endswith((".", '."')), row["name"]
        assert set(row) <= {"name", "required", "default", "says"}


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_that_is_not_documented_is_refused(name):
    with pytest.raises(components.UnknownParameterError, match=f"The component {name} has no parameter colour"):
        components.render(name, colour="red")


def test_a_required_parameter_that_is_missing_is_named():
    with pytest.raises(components.UnknownParameterError, match="The component table needs caption, columns, rows"):
        components.render("table")


def test_templates_use_components_by_one_tag():
    html = Template('{% load ui %}{% component "button" text="Save" name="verb" %}').render(Context())
    assert html == '<button class="govuk-button ins-button--primary" type="submit" name="verb" value="">Save</button>'


def test_a_block_tag_fills_a_component_with_other_content():
    words = '{% load ui %}{% component_block "details" summary="Why" %}<p>{{ why }}</p>{% endcomponent %}'
    html = Template(words).render(Context({"why": "<because>"}))
    assert "<p>&lt;because&gt;</p>" in html


def test_what_a_person_typed_is_escaped():
    html = components.render("table", caption="<b>", columns=[{"title": "<i>"}], rows=[["<script>"]])
    assert "<script>" not in html
    assert "<i>" not in html
    assert "<b>" not in html


def test_a_cell_with_safe_html_lends_its_safety_to_no_other():
    columns = [{"title": "Name"}, {"title": "State"}]
    rows = [["a", {"component": "tag", "text": mark_safe("<b>x</b>")}], ["b", {"component": "tag", "text": "<b>x</b>"}]]
    html = components.render("table", caption="States", columns=columns, rows=rows)
    assert html.count("<b>x</b>") == 1
    assert html.count("&lt;b&gt;x&lt;/b&gt;") == 1


def test_figures_are_written_in_groups_and_total_rows_are_set_off():
    columns = [{"title": "Area"}, {"title": "Cases", "numeric": True}, {"title": "Share", "numeric": True, "places": 1}]
    rows = [["North", 1241, 66.25], {"total": True, "cells": ["All", None, 0]}]
    html = components.render("table", caption="Areas", columns=columns, rows=rows)
    assert (
        '<tr><th scope="row">North</th><td class="ins-figure">1,241</td><td class="ins-figure">66.3</td></tr>' in html
    )
    assert (
        '<tr class="ins-table__total"><th scope="row">All</th><td class="ins-figure">–</td>'
        '<td class="ins-figure">0.0</td></tr>'
    ) in html
