"""The front page of an edition, its criteria and its examples say what its files say."""

import html
import re
import shutil

import pytest
import yaml
from django.utils.html import strip_tags

from inspectorate.methodology import editions
from inspectorate.methodology.editions import life, standards_folder
from inspectorate.standards.queries import criteria_page, edition_page, examples_page, practice, shelf
from inspectorate.standards.queries.scoring import scoring

CODES = ["fji/2013", "iaow/2013", "youth/2018"]


def words(text):
    return " ".join(html.unescape(strip_tags(text.replace("<", " <"))).split())


@pytest.mark.parametrize("code", CODES)
def test_the_front_page_says_what_the_files_say(page, code):
    text, edition = words(page(f"{code}/")), editions.load(code)
    about = edition.about
    assert edition.digest in text
    assert f"Adopted, with {len(about['to_verify'])} points still to verify" in text
    assert "no inspectorate has adopted it" in text
    assert f"{len(about['to_verify'])} points are still to be verified" in text
    for said in [about["about"], about["legal_basis"], *(item["what"] for item in about["to_verify"])]:
        assert " ".join(said["en"].split()) in text
    for event in edition.timetable:
        assert event["title"]["en"] in text
    for source in edition.sources:
        assert source.says.en in text


@pytest.mark.parametrize("code", CODES)
def test_every_outcome_or_standard_stands_on_the_front_page(page, code):
    text = words(page(f"{code}/"))
    standards = [node for node in editions.load(code).nodes.values() if node.level == "standard"]
    assert len(standards) == {"fji/2013": 6, "iaow/2013": 5, "youth/2018": 12}[code]
    assert [node.title.en for node in standards if f"{node.title.en} {node.text.en}" not in text] == []


def test_editions_name_the_ones_before_and_after_them(page, three):  # noqa: ARG001 - serves three editions alone
    assert "Replaces omi2/2011 not among these editions" in words(page("iaow/2013/"))
    assert "Replaced by Inspection of youth offending services, 2018" in words(page("fji/2013/"))
    assert "Replaces Full Joint Inspection of youth offending work, 2013" in words(page("youth/2018/"))


def test_scoring_is_put_into_words():
    told = scoring(shelf.held("youth/2018"))
    assert [method["code"] for method in told["methods"]] == [
        "case-share@1",
        "lowest-key-question@1",
        "judgement@1",
        "sum-of-points@1",
    ]
    assert [step["goes_in"] for step in told["headline"][3:6]] == [
        "Evidence about the organisation",
        "The ratings of 2.1.1, 2.1.2 and 2.1.3",
        "The ratings of 2.2.1, 2.2.2 and 2.2.3",
    ]
    assert [row["share"] for row in told["bands"][0]["rows"]] == [
        "under 50",
        "50 to under 65",
        "65 to under 80",
        "80 and more",
    ]
    assert [(row["worth"], row["total"]) for row in told["totals"][0]["rows"]] == [
        (0, "0 to 6"),
        (1, "7 to 18"),
        (2, "19 to 30"),
        (3, "31 to 36"),
    ]
    assert told["panel"]["grounds"] == [
        "the exact share is within 5 points of the next rating",
        "one case judged otherwise would change the rating",
        "the rating of a share of cases rests on 5 cases or fewer",
    ]
    assert told["panel"]["text"] == "It takes a written reason and two people. What the rule gave stays in sight."


def test_an_edition_without_bands_or_panel_says_so(page):
    text = words(page("iaow/2013/"))
    assert "There are no ratings in this edition: results are given in per cent alone." in text
    assert "Nobody may move a result. What the rule gives stands." in text


def test_sampling_is_put_into_words():
    court, out = practice.sampling(shelf.held("youth/2018"))
    assert court["sizes"] == [[20, 18], [50, 39], [100, 63], [200, 91], [500, 91], [1000, 91], [5000, 91]]
    assert court["more"][-1] == "3 hours are set aside for each case."
    assert out["title"] == "Out-of-court disposal"
    assert practice.sampling(shelf.held("iaow/2013"))[0]["sizes"] == [
        ["up to 1,499", 50],
        ["1,500 to 2,999", 60],
        ["3,000 to 5,999", 70],
        ["6,000 to 9,999", 80],
        ["10,000 and more", 90],
    ]


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"weeks": -10}, "10 weeks before"),
        ({"weeks": -1}, "1 week before"),
        ({"weeks": 0, "lasts_weeks": 1}, "the fieldwork week"),
        ({"weeks": 0, "lasts_weeks": 2}, "the fieldwork week, for 2 weeks"),
        ({"weeks": 2, "if_bank_holiday_weeks": 3}, "2 weeks after (3 weeks where a bank holiday falls between)"),
        ({"days": 18}, "18 days after"),
    ],
)
def test_the_timetable_is_put_into_words(event, said):
    assert practice.when(event).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize("code", CODES)
def test_every_criterion_shows_the_questions_that_name_it(page, code):
    edition, text = editions.load(code), page(f"{code}/criteria/")
    anchors = re.findall(r'id="c-([^"]+)"', text)
    assert anchors == list(edition.nodes)
    named = re.findall(rf'href="/editions/{code}/questions/([^"/]+)/"', text)
    wanted = [question.code for kind in edition.form.kinds for question in kind.questions if question.criterion]
    assert sorted(named) == sorted(wanted)
    assert text.count("<span>Guidance") == len(set(edition.guidance) & set(edition.nodes))


def test_prompts_stand_apart_from_the_judgement_that_they_inform():
    (node,) = (
        leaf
        for branch in criteria_page("youth/2018")["branches"]
        for standard in branch["branches"]
        for leaf in standard["branches"]
        if leaf["code"] == "2.1.1"
    )
    assert [line["code"] for line in node["questions"]] == ["C2.1.1"]
    assert [line["code"] for line in node["prompts"]] == [f"C2.1.1{letter}" for letter in "abcdefgh"]


@pytest.mark.parametrize("code", CODES)
def test_worked_examples_are_run_and_shown_as_passing(page, code):
    files = sorted((standards_folder() / code / "examples").glob("*.yaml"))
    text = words(page(f"{code}/examples/"))
    assert f"All {len(files)} come out as written" in text
    assert text.count("Worked out just as written.") == len(files)
    for path in files:
        example = yaml.safe_load(path.read_text("utf-8"))
        assert f"{example['title']} {' '.join(example['because'].split())}" in text


def test_a_refusal_is_told_in_words(page):
    text = words(page("fji/2013/examples/"))
    assert "in case K-1, question P20 was answered although it is not asked in this case." in text
    assert "in case K-2, question A12 was asked and not answered." in text


def test_an_example_that_does_not_come_out_is_shown_as_such(client, copied):
    path = copied / "iaow/2013/examples/census.yaml"
    path.write_text(path.read_text("utf-8").replace("per_cent: 67", "per_cent: 68"), "utf-8")
    text = words(client.get("/editions/iaow/2013/examples/").content.decode())
    assert "8 of 9 come out as written" in text
    assert "This example does not come out as it says" in text
    assert "per_cent is 67, and 68 was expected." in text


def test_an_edition_is_read_again_when_a_file_changes(copied):
    before = shelf.held("iaow/2013", copied)
    assert shelf.held("iaow/2013", copied) is before
    path = copied / "iaow/2013/edition.yaml"
    path.write_text(
        path.read_text("utf-8").replace(
            "checker: A second reader of the Inspectorate project, against", "checker: A second person, against"
        ),
        "utf-8",
    )
    assert edition_page("iaow/2013", copied)["checker"] == "A second person, against the documents"


def test_an_adopted_edition_says_who_adopted_it(client, copied):
    life.adopt("iaow/2013", root=copied, by="The chief inspector", on="2026-11-02", reason="After the pilot.")
    text = words(client.get("/editions/iaow/2013/").content.decode())
    assert "It has stood since 2 November 2026, when The chief inspector adopted the edition: After the pilot." in text
    assert "State Adopted Frozen." in text


def test_an_edition_without_examples_says_so(copied, client):
    shutil.rmtree(copied / "iaow/2013/examples")
    assert examples_page("iaow/2013", copied)["examples"] == ()
    assert (
        "No example has been written for this edition yet"
        in client.get("/editions/iaow/2013/examples/").content.decode()
    )


@pytest.mark.parametrize("address", ["iaow/1999/", "nonsense/2013/questions/", "iaow/2013/questions/Z99/"])
def test_what_does_not_exist_is_not_found_in_the_products_look(page, address):
    assert "There is no page here" in page(address, status=404)


@pytest.mark.parametrize("part", ["", "criteria/", "questions/", "questions/A01/", "examples/", "questions.csv"])
def test_a_broken_folder_is_refused_with_sentences(client, copied, part):
    path = copied / "iaow/2013/form.yaml"
    path.write_text(path.read_text("utf-8").replace('criterion: "1.1.1"', 'criterion: "9.9.9"', 1), "utf-8")
    answer = client.get(f"/editions/iaow/2013/{part}")
    text = words(answer.content.decode())
    assert answer.status_code == 503
    assert "This edition cannot be read" in text
    assert "form.yaml, line" in text
    assert "9.9.9" in text
    assert "Traceback" not in text


SUPPLEMENTS = {
    "hours.yaml": {
        "activities": [
            {"code": "case", "title": {"en": "Assessing a case", "cy": None}, "hours": 3, "per": "case"},
            {
                "code": "draft",
                "title": {"en": "Writing", "cy": None},
                "hours": None,
                "per": "inspection",
                "to_verify": "Why.",
            },
        ]
    },
    "crosswalk.yaml": {
        "from_previous": [
            {"code": "1", "was": ["A", "B"], "comparable": "partly", "note": {"en": "In part.", "cy": None}}
        ],
        "outwards": [{"code": "1", "standard": {"en": "Standard three", "cy": None}, "says": {"en": "It overlaps."}}],
        "research": [{"code": "1", "cites": "Author (1999), Title", "says": {"en": "It helps.", "cy": None}}],
    },
}


def test_what_an_edition_may_say_besides_is_shown_where_it_does(client, copied):
    folder = copied / "iaow/2013"
    for name, data in SUPPLEMENTS.items():
        (folder / name).write_text(yaml.safe_dump(data), "utf-8")
    about = folder / "edition.yaml"
    more = {
        "partners": [
            {"nation": "wales", "name": {"en": "Estyn", "cy": "Estyn"}, "role": {"en": "Schools.", "cy": None}}
        ],
        "feeds": [
            {"to": {"en": "A review", "cy": None}, "steps": ["protecting_the_public"], "text": {"en": "Its share."}}
        ],
    }
    about.write_text(about.read_text("utf-8") + yaml.safe_dump(more), "utf-8")
    scores = folder / "scoring.yaml"
    rule = {"follow_up": {"text": {"en": "Well short.", "cy": None}, "steps": ["protecting_the_public"], "below": 50}}
    scores.write_text(scores.read_text("utf-8") + yaml.safe_dump(rule), "utf-8")
    text = words(client.get("/editions/iaow/2013/").content.decode())
    public = "Protecting the public by minimising the risk of harm to others"
    for said in (
        "Who joins the inspection Estyn, in Wales Schools.",
        f"A review: {public} Its share.",
        f"Well short. The rule: a share below 50 per cent, on the exact counts, in {public}.",
        "Assessing a case 3 for each case",
        "Writing not known Why.",
        "1 Assisting sentencing A and B Comparable in part In part.",
        "1 Assisting sentencing: Standard three It overlaps.",
        "1 Assisting sentencing: Author (1999), Title It helps.",
    ):
        assert said in text
    whole = client.get("/editions/iaow/2013/edition.json").json()
    assert {name: whole[name.removesuffix(".yaml")] for name in SUPPLEMENTS} == SUPPLEMENTS


def test_a_kind_of_case_of_one_module_alone_says_so(page):
    only = "needed only in an inspection that has the part “Interventions”"
    assert words(page("fji/2013/")).count(only) == 1
    assert words(page("fji/2013/questions/")).count("Only in an inspection that has the part “Interventions”.") == 1
    assert "has the part" not in words(page("youth/2021/questions/"))


def test_research_and_the_standards_of_others_stand_on_the_page(page):
    text = words(page("iaow/2013/"))
    assert "Standards of others that overlap 5.5 Victim contact and restorative justice: Code of practice for" in text
    assert "Research behind a standard 3 Reducing the likelihood of reoffending: Maruna, S. (2001), Making Good" in text


def test_what_holds_in_one_nation_alone_says_so(page):
    text = words(page("yot-phase3/2005/"))
    assert "Joint area review of children's services, in England:" in text
    assert "Estyn, in Wales" in text


def test_an_example_shows_the_follow_up_line_and_to_which_inspection_its_cases_belong(page):
    text = words(page("omi/2006/examples/"))
    assert "A follow-up is called for: below 50 per cent at Risk of harm strand (100 of 201, 50 per cent)." in text
    assert "A second visit. No follow-up is called for: nothing that the rule looks at is below 50 per cent." in text
    assert "North: sound" in words(page("probation-region/2023/examples/"))


@pytest.mark.parametrize("code", editions.codes())
def test_the_examples_of_every_edition_are_shown_and_come_out(page, code):
    text = words(page(f"{code}/examples/"))
    number = len(editions.read_examples(standards_folder() / code))
    assert f"All {number} come out as written" in text
