"""Each kind of case of each edition becomes an XForm that holds what the edition says, in both languages."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from inspectorate.methodology.texts import Text
from inspectorate.standards.xform import as_xform, form_id, sheets, version
from inspectorate.standards.xform.plain import paragraphs
from inspectorate.standards.xform.sheets import ENGLISH, WELSH

pytestmark = pytest.mark.database("sqlite")  # no database is asked: once is enough

GOLDEN = Path(__file__).parent / "fixture-2000-case.xml"
X = {"x": "http://www.w3.org/2002/xforms", "h": "http://www.w3.org/1999/xhtml"}


def words(form, language):
    """Every text of a form by its id: label or hint, then guidance where there is any."""
    found = {}
    for text in form.findall(f".//x:translation[@lang='{language}']/x:text", X):
        found[text.get("id")] = [value.text for value in text.findall("x:value", X)]
    return found


def test_the_form_holds_every_question_with_its_answers_in_both_languages(one):
    _, kind, made = one
    form = fromstring(made)
    english, welsh = words(form, ENGLISH), words(form, WELSH)
    assert set(english) == set(welsh)
    controls = form.findall(".//x:select1", X)
    assert [node.get("ref").split("/")[-1] for node in controls] == [question.code for question in kind.questions]
    for node, question in zip(controls, kind.questions, strict=True):
        label = f"{node.get('ref')}:label"
        assert english[label] == [f"{question.code}. {question.text.en}"]
        assert welsh[label] == [f"{question.code}. {question.text.cy or question.text.en}"]
        name = re.search(r"'(.+)'", node.find("x:itemset", X).get("nodeset"))[1]
        items = form.findall(f".//x:instance[@id='{name}']/x:root/x:item", X)
        assert [item.find("x:name", X).text for item in items] == [option.code for option in question.options]
        texts = [item.find("x:itextId", X).text for item in items]
        assert [english[text] for text in texts] == [[option.text.en] for option in question.options]
        assert [welsh[text] for text in texts] == [[option.text.cy or option.text.en] for option in question.options]


def test_what_is_required_and_what_follows_is_as_in_the_edition(one):
    _, kind, made = one
    form = fromstring(made)
    binds = {bind.get("nodeset").split("/")[-1]: bind for bind in form.iter(f"{{{X['x']}}}bind")}
    for question in kind.questions:
        assert (binds[question.code].get("required") == "true()") == question.required
        poor = any(option.counts == "not_sufficient" for option in question.options)
        assert (f"{question.code}-reasons" in binds) == bool(question.reasons and poor)
        assert (f"{question.code}-evidence" in binds) == (question.role == "judgement")
    chosen = {node.get("ref").split("/")[-1] for node in form.findall(".//x:select", X)}
    assert chosen == {name for name in binds if name.endswith("-reasons")}


def test_the_case_reference_comes_first_and_sections_are_groups(one):
    _, kind, made = one
    form = fromstring(made)
    first, *groups = list(form.find("h:body", X))
    assert (first.tag, first.get("ref")) == (f"{{{X['x']}}}input", "/data/case-reference")
    assert [group.get("ref") for group in groups] == [f"/data/section-{section.code}" for section in kind.sections]


def test_guidance_stands_there_whole_and_plain(one):
    edition, kind, made = one
    english = words(fromstring(made), ENGLISH)
    for section in kind.sections:
        for question in section.questions:
            text = edition.guidance.get(question.code)
            hint = english.get(f"/data/section-{section.code}/{question.code}:hint")
            assert (hint is None) == (text is None)
            if text:
                assert "\n\n".join(hint) == "\n\n".join(paragraphs(text.en))
                assert not re.search(r"\*\*|\]\(", "".join(hint))


def test_the_id_names_edition_and_kind_and_the_version_the_digest(one):
    edition, kind, made = one
    root = fromstring(made).find(".//x:instance/x:data", X)
    assert root.get("id") == form_id(edition, kind) == f"{edition.code.replace('/', '-')}-{kind.code}"
    assert root.get("version") == version(edition, kind)
    assert version(edition, kind).startswith(edition.digest[:12])


def test_the_small_edition_comes_out_to_the_byte(small):
    assert as_xform(small, small.form.kind("case")).decode() == GOLDEN.read_text(encoding="utf-8")


def test_the_bytes_are_the_same_whatever_the_order_of_hashing():
    words = [sys.executable, "-m", "inspectorate.config.cli", "editions", "xform", "iaow/2013"]
    runs = [
        subprocess.run(words, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_no_two_forms_share_an_id(every):
    ids = [fromstring(made).find(".//x:instance/x:data", X).get("id") for made in every]
    assert len(set(ids)) == len(ids)


def test_a_new_word_of_welsh_is_a_new_version_of_the_same_edition(small):
    kind = small.form.kind("case")
    before = version(small, kind)
    small.guidance["A02"] = Text("It was planned.", "Cafodd ei gynllunio.")
    after = version(small, kind)
    assert (before.split(".")[0], before == after) == (after.split(".")[0], False)


def test_a_text_is_never_read_as_the_answer_to_a_question(small):
    kind = small.form.kind("case")
    small.guidance["A02"] = Text("Costs ${A01} & <more>")
    assert words(fromstring(as_xform(small, kind)), ENGLISH)["/data/section-work/A02:hint"] == [
        "Costs $ {A01} & <more>"
    ]


def test_the_sheets_are_plain_text(small):
    made = sheets(small, small.form.kind("case"))
    assert list(made) == ["survey", "choices", "settings"]
    assert {type(value) for rows in made.values() for row in rows for value in row.values()} == {str}


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Bold** and *thin*,\none line.", ["Bold and thin, one line."]),
        ("One.\n\nTwo: [A01](#a01).", ["One.", "Two: A01."]),
        ("See\n\n- one\n- `two`", ["See", "• one", "• two"]),
        ("", []),
    ],
)
def test_markdown_becomes_plain_paragraphs(markdown, plain):
    assert paragraphs(markdown) == plain
