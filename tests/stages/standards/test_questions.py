"""The form and its questions: in working order, narrowed by the address, and out again as files."""

import csv
import html
import io
import json
import re

import openpyxl
import pytest
import yaml
from django.utils.html import strip_tags

from inspectorate.methodology import editions
from inspectorate.methodology.editions import standards_folder
from inspectorate.standards.queries import QuestionsAsked, questions_page, sentences, shelf
from inspectorate.standards.queries.guidance import as_html
from inspectorate.standards.queries.questions import chosen

CODES = ["fji/2013", "iaow/2013", "youth/2018"]
MOST_BYTES = 150_000


def words(text):
    return " ".join(html.unescape(strip_tags(text.replace("<", " <"))).split())


def shown(text):
    return re.findall(r'<(?:article|li)[^>]* id="([A-Za-z][\w.]*)"', text)


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))


def codes(edition, **asked):
    return [question.code for _, _, question in chosen(shelf.held(edition), QuestionsAsked(**asked))]


@pytest.mark.parametrize("code", CODES)
def test_the_whole_form_is_shown_with_guidance(page, code):
    text, edition = page(f"{code}/questions/"), editions.load(code)
    assert sorted(shown(text)) == sorted(edition.form.kind_of)
    for question in (question for kind in edition.form.kinds for question in kind.questions):
        assert html.escape(question.text.en, quote=False).replace("'", "&#x27;").replace('"', "&quot;") in text
    sections = {section.code for kind in edition.form.kinds for section in kind.sections}
    assert text.count("<span>Guidance") == len(set(edition.guidance) & set(edition.form.kind_of))
    assert text.count("ins-form__guidance") == len(set(edition.guidance) & sections)


def test_questions_stand_in_working_order_and_prompts_under_their_summary():
    assert codes("iaow/2013") == [q.code for q in editions.load("iaow/2013").form.kinds[0].questions]
    assert codes("youth/2018", section="court_assessment")[:9] == [
        "C2.1.1",
        *(f"C2.1.1{letter}" for letter in "abcdefgh"),
    ]


def test_filters_choose_by_section_criterion_score_kind_and_word():
    iaow = editions.load("iaow/2013")
    assert codes("iaow/2013", score="assisting_sentencing") == list(iaow.plan.step("assisting_sentencing").questions)
    assert codes("iaow/2013", section="planning") == [f"P{number:02d}" for number in range(1, 16)]
    below = {node.code for node in iaow.nodes["5"].walk()}
    assert codes("iaow/2013", criterion="5") == [
        question.code for question in iaow.form.kinds[0].questions if question.criterion in below
    ]
    assert codes("iaow/2013", q="a12") == ["A12"]
    assert codes("iaow/2013", q="zeppelin") == []
    assert {code[0] for code in codes("youth/2018", kind="out_of_court")} == {"X"}
    assert codes("youth/2018", score="3.4.1")[0] == "X3.4.1"
    assert codes("iaow/2013", section="nonsense") == []


def test_filters_survive_in_the_address_and_the_files(page, client):
    text = page("iaow/2013/questions/?section=planning&q=plan")
    assert re.search(r'<option value="planning" selected', text)
    assert 'value="plan"' in text
    href = html.unescape(re.search(r'href="([^"]*questions\.csv[^"]*)"', text)[1])
    assert [row["code"] for row in rows(client.get(href))] == shown(text)


def test_nothing_found_says_what_to_do(page):
    text = words(page("iaow/2013/questions/?q=zeppelin"))
    assert "No question matches these filters There are 120 questions in this edition." in text


@pytest.mark.parametrize(
    ("edition", "code", "said"),
    [
        ("iaow/2013", "F01", ""),
        ("iaow/2013", "A12", "Asked only where domestic abuse is known or suspected."),
        ("youth/2018", "C2.1.1g", "Asked only where there was a victim who could be identified."),
    ],
)
def test_when_a_question_is_asked_is_said_in_words(edition, code, said):
    form = editions.load(edition).form
    assert sentences.when_asked(form, form.question(code)) == (said or "Asked in every case.")


def test_how_answers_count_is_said_in_words():
    form = editions.load("iaow/2013").form
    assert sentences.how_answers_count(form.question("A12")) == [("", "Sufficient · Not sufficient · Not applicable")]
    assert sentences.how_answers_count(form.question("O01")) == [
        ("Counts as sufficient", "Fully achieved or Partly achieved"),
        ("Counts as not sufficient", "Not achieved"),
        ("Leaves the count", "Not applicable, or too early to say"),
    ]


@pytest.mark.parametrize("code", CODES)
def test_every_question_has_a_page(page, code):
    edition = editions.load(code)
    for kind in edition.form.kinds:
        for question in kind.questions[:: len(kind.questions) // 6]:
            text = words(page(f"{code}/questions/{question.code}/"))
            assert question.text.en in text
            assert f"{kind.place[question.code] + 1} of {len(kind.questions)} questions" in text
            assert all(option.text.en in text for option in (*question.options, *question.reasons))


def test_a_question_tells_where_it_stands_and_counts(page):
    text = page("iaow/2013/questions/O10/")
    assert "?score=protecting_the_public" in text
    assert "?score=effective_work_for_victims" in text
    assert 'href="/editions/iaow/2013/questions/O09/" rel="prev"' in text
    assert 'href="/editions/iaow/2013/questions/O11/" rel="next"' in text
    assert '/editions/iaow/2013/criteria/#c-5"' in text
    assert '<span lang="cy">Digonol</span>' in text


def test_a_fact_tells_what_it_decides(page):
    text = words(page("youth/2018/questions/CF09/"))
    assert "The child was managed under multi-agency public protection arrangements asks" in text
    assert "There was reason for concern about the safety of other people ( CF08 : Yes, from the start or" in text


def test_guidance_is_safe_and_links_to_its_question(page):
    assert as_html("<script>x</script> [a](javascript:x) [A07](#a07)", {"a07": "/there/"}) == (
        '<p>&lt;script&gt;x&lt;/script&gt; [a](javascript:x) <a href="/there/">A07</a></p>\n'
    )
    assert '<a href="/editions/iaow/2013/questions/O03/">O03</a>' in page("iaow/2013/questions/O04/") + page(
        "iaow/2013/questions/"
    )


@pytest.mark.parametrize("code", CODES)
def test_csv_and_xlsx_hold_every_question(client, code):
    edition = editions.load(code)
    found = {row["code"]: row for row in rows(client.get(f"/editions/{code}/questions.csv"))}
    assert sorted(found) == sorted(edition.form.kind_of)
    for question in (edition.form.question(name) for name in found):
        row = found[question.code]
        assert (row["question"], row["criterion"], row["role"], row["informs"]) == (
            question.text.en,
            question.criterion or "",
            question.role,
            question.prompts or "",
        )
        assert [answer.split(" (counts as ")[0] for answer in row["answers"].split("; ")] == [
            option.text.en for option in question.options
        ]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/editions/{code}/questions.xlsx").content))
    heads, *lines = [[cell.value or "" for cell in row] for row in book.active]
    assert [dict(zip(heads, line, strict=True)) for line in lines] == list(found.values())


@pytest.mark.parametrize("code", CODES)
def test_json_holds_the_whole_edition(client, code):
    whole = json.loads(client.get(f"/editions/{code}/edition.json").content)
    edition = editions.load(code)
    assert (whole["code"], whole["digest"], whole["status"]) == (code, edition.digest, "adopted")
    for name in editions.PARTS:
        assert whole[name] == yaml.safe_load((standards_folder() / code / f"{name}.yaml").read_text("utf-8"))
    assert whole["guidance"] == {key: {"en": text.en, "cy": text.cy} for key, text in edition.guidance.items()}
    assert len(whole["examples"]) == len(list((standards_folder() / code / "examples").glob("*.yaml")))


def test_long_pages_are_sent_compressed(client):
    answer = client.get("/editions/fji/2013/questions/", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < MOST_BYTES / 3


def test_the_form_counts_what_it_shows():
    found = questions_page("youth/2018", QuestionsAsked(kind="court"))
    assert (found["shown"], [kind["code"] for kind in found["shown_kinds"]]) == (105, ["court"])
