"""The pages of the scores of one inspection: what they show, to whom, from what, and how little they ask."""

import io
import json
import re

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from inspectorate.fieldwork.models import Allocation
from inspectorate.people.access import TEAM, person_of
from inspectorate.people.models import Tie, User
from inspectorate.ratings.judged import seen_cases
from inspectorate.ratings.queries import scored_inspection
from inspectorate.ratings.scored import forget_everything

from .conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL, OUTSIDER

pytestmark = pytest.mark.django_db
PAGES = ("scores/", "scores/?by=ldu", "scores/findings/", "ratings/")
STAGE = "scores/account/stage_delivery/"


def words(page):
    text = re.sub(r"<(title|desc|style)[^>]*>.*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def visit(client):
    """Open a page of an inspection as somebody."""

    def opening(made, below, name=LEAD, **data):
        client.force_login(User.objects.get(public_id=name[1]))
        return client.get(f"/inspections/{made.inspection.public_id}/{below}", data)

    return opening


@pytest.fixture
def announced(adult):
    return adult.at("fieldwork")


@pytest.fixture
def contact(body):
    Tie.objects.create(
        user=User.objects.get(public_id=CONTACT[1]),
        kind="works_for",
        subject_kind="body",
        subject_id=body.public_id,
        declared_at=timezone.now(),
    )
    return CONTACT


def test_without_an_accepted_case_the_page_says_what_is_missing(visit, announced):
    text = words(visit(announced, "scores/"))
    assert "No case is accepted yet" in text
    assert "6 cases are in the sample" in text


def test_scores_are_provisional_until_every_case_is_accepted(visit, announced):
    first, *others = announced.assessments
    announced.accept(*others)
    text = words(visit(announced, "scores/"))
    assert "Provisional: 5 of 6 cases accepted." in text
    announced.accept(first)
    text = words(visit(announced, "scores/"))
    assert "Provisional" not in text
    assert "6 cases accepted, of 6 in the sample and 30 on the case list." in text


def test_every_score_has_its_figure_and_opens_its_account_and_the_page_is_not_public(visit, announced):
    announced.accept()
    page = visit(announced, "scores/")
    scored = scored_inspection(announced.inspection)
    assert scored.shares
    for result in scored.shares:
        assert f"/inspections/{announced.inspection.public_id}/scores/account/{result.code}/" in page.content.decode()
        assert result.account.sentence in words(page)
    assert "for the inspectorate alone" in words(page)


def test_scores_are_broken_down_by_provider_at_once_and_by_any_column_on_request(visit, announced):
    announced.accept()
    assert "The same scores, by provider" in words(visit(announced, "scores/"))
    assert re.search(r"LDU A \d of \d+ cases", words(visit(announced, "scores/", by="ldu")))
    assert "The same scores, by sex" in words(visit(announced, "scores/", by="sex"))
    assert "The same scores" not in words(visit(announced, "scores/", by=""))


def test_the_account_goes_down_to_each_judgement_of_a_case_and_its_evidence(visit, announced):
    announced.accept()
    reference, assessment = next(iter(announced.assessments.items()))
    note = announced.entry("D01", "", part="note", text="The plan of March names <each> contact.")
    announced.send(assessment, note)
    plain = visit(announced, STAGE).content.decode()
    assert f"?case={assessment.case.public_id}#opened" in plain
    assert "?question=D01#opened" in plain
    of_case = visit(announced, STAGE, case=assessment.case.public_id)
    assert f"Case {reference}" in words(of_case)
    assert "The plan of March names &lt;each&gt; contact." in of_case.content.decode()
    of_question = words(visit(announced, STAGE, question="D01"))
    assert "The plan of March names &lt;each&gt; contact." in of_question
    assert of_question.count("Case CA") >= 6


def test_the_sums_of_the_cases_listed_are_those_of_the_score(visit, announced):
    announced.accept()
    result = scored_inspection(announced.inspection).result("stage_delivery")
    rows = re.findall(r'class="ins-table__total">(.*?)</tr>', visit(announced, STAGE).content.decode(), re.DOTALL)
    figures = [int(figure) for figure in re.findall(r'ins-figure">(\d+)', rows[-1])]
    assert figures == [result.sufficient, result.applicable, result.applicable - result.sufficient]


def test_evidence_is_for_the_lead_and_the_chief_and_whoever_has_the_case(visit, announced):
    announced.accept()
    assessment = next(iter(announced.assessments.values()))
    note = announced.entry("D01", "", part="note", text="Seen in the plan.")
    announced.send(assessment, note)
    asked = {"case": assessment.case.public_id}
    assert "Seen in the plan." in words(visit(announced, STAGE, CHIEF, **asked))
    text = words(visit(announced, STAGE, ASSESSOR, **asked))
    assert "Seen in the plan." not in text
    assert "The evidence is for the lead and for whoever has the case." in text
    user = User.objects.get(public_id=ASSESSOR[1])
    Allocation.objects.create(case=assessment.case, assessor=user, allocated_at=timezone.now())
    assert "Seen in the plan." in words(visit(announced, STAGE, ASSESSOR, **asked))


def test_the_evidence_is_not_for_somebody_who_had_the_case_and_has_left_the_team(announced):
    announced.accept()
    assessment = next(iter(announced.assessments.values()))
    user, inspection = User.objects.get(public_id=ASSESSOR[1]), announced.inspection
    Allocation.objects.create(case=assessment.case, assessor=user, allocated_at=timezone.now())
    key = (assessment.case.kind, assessment.case.reference)
    assert seen_cases(person_of(ASSESSOR), inspection, frozenset({TEAM}))[key].may_read
    inspection.team.filter(user=user).update(left_at=timezone.now(), left_because="Gone.")
    assert not seen_cases(person_of(ASSESSOR), inspection, frozenset({TEAM}))[key].may_read


def test_whoever_has_an_interest_in_a_case_does_not_find_it_in_an_account(visit, announced):
    announced.accept()
    reference, assessment = next(iter(announced.assessments.items()))
    user = User.objects.get(public_id=ASSESSOR[1])
    tie = {"kind": "case_known", "subject_kind": "case", "subject_id": assessment.case.public_id}
    Tie.objects.create(user=user, declared_at=timezone.now(), **tie)
    for given in ({}, {"question": "D01"}, {"case": assessment.case.public_id}):
        page = visit(announced, STAGE, ASSESSOR, **given)
        assert reference not in page.content.decode()
    assert "1 case more counts here and is not listed" in words(page)
    assert reference in words(visit(announced, STAGE, LEAD))


@pytest.mark.parametrize("below", ["scores/", "scores/findings/", STAGE, "scores/scores.csv", "ratings/"])
def test_who_may_see_scores_and_who_finds_nothing(visit, announced, contact, below):
    announced.accept()
    found = {name: visit(announced, below, name).status_code for name in (LEAD, ASSESSOR, CHIEF)}
    assert set(found.values()) == {200}
    assert visit(announced, below, LOCAL).status_code == 403
    assert visit(announced, below, contact).status_code == 403
    assert visit(announced, below, OUTSIDER).status_code == 404


def test_an_unknown_result_or_module_is_not_found(visit, announced):
    announced.accept()
    assert visit(announced, "scores/account/no_such/").status_code == 404
    assert visit(announced, "scores/of/police/").status_code == 404


def test_downloads_say_what_the_page_says_and_that_it_is_not_public(visit, announced):
    _first, *others = announced.assessments
    announced.accept(*others)
    scored = scored_inspection(announced.inspection)
    data = json.loads(visit(announced, "scores/scores.json", by="provider").content)
    assert [row["per_cent"] for row in data["scores"]] == [result.per_cent for result in scored.shares]
    assert (data["file"]["provisional"], data["file"]["public"]) == (True, False)
    book = load_workbook(io.BytesIO(visit(announced, "scores/scores.xlsx").content))
    about = dict(list(book["About"].values)[1:])
    assert "Provisional: 5 of 6 cases accepted." in about["state_of_the_scores"]
    assert visit(announced, "scores/scores.csv").content.decode("utf-8-sig").startswith("part,code,title")
    assert visit(announced, "scores/scores.pdf").content.startswith(b"%PDF")
    assert len(json.loads(visit(announced, "scores/findings.json", q="D01").content)["findings"]) == 1


def test_an_answer_that_cannot_be_scored_is_named_and_nothing_is_shown(visit, announced):
    announced.accept()
    reference, assessment = next(iter(announced.assessments.items()))
    announced.send(assessment, announced.entry("D01", "sufficient"))
    page = visit(announced, "scores/")
    assert page.status_code == 409
    assert f"case {reference}" in words(page)
    assert "Return" in words(page) or "return" in words(page)


@pytest.mark.parametrize("cold", [True, False])
@pytest.mark.parametrize("below", [*PAGES, "scores/account/1.1/", "scores/account/2.1.1/?question=A01"])
def test_a_page_asks_little_of_the_database(client, visit, youth, django_assert_max_num_queries, below, cold):
    youth.accept()
    assert visit(youth, below).status_code == 200
    if cold:
        forget_everything()
    with django_assert_max_num_queries(12):
        assert client.get(f"/inspections/{youth.inspection.public_id}/{below}").status_code == 200
