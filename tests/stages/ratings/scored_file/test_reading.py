"""The pages of a file: what they say, what they link to, and how little they ask of the database."""

import re

import pytest
from django.urls import reverse

from inspectorate.methodology import editions
from inspectorate.ratings import actions, queries
from inspectorate.ratings.intake import File, HandedIn
from inspectorate.ratings.invented import demonstration
from inspectorate.ratings.models import ScoredFile
from inspectorate.ratings.scored import forget

from .conftest import VISITOR

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def words(page):
    """Return what a reader sees of a page: no tags, single spaces."""
    text = re.sub(r"<(title|desc|style)[^>]*>.*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.mark.parametrize("cold", [True, False])
@pytest.mark.parametrize("page", ["", "?by=provider", "findings/", "account/assisting_sentencing/", "held/"])
def test_a_page_asks_little_of_the_database(client, file, django_assert_max_num_queries, page, cold):
    client.get(f"/score/{file.public_id}/{page}")
    if cold:
        forget(file.public_id)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(f"/score/{file.public_id}/{page}").status_code == 200


def test_the_first_pages_ask_little_of_the_database(client, django_assert_max_num_queries):
    actions.load_invented(by=("system", "demo"))
    for address in ("/score/", "/score/new/youth/2018/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200


def test_handing_in_asks_little_of_the_database(upload, handed_in, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        upload(handed_in.answers.content)


def test_every_score_has_bar_figure_interval_and_a_link_to_its_account(client, file):
    page = client.get(f"/score/{file.public_id}/")
    text = words(page)
    scored = queries.scored(file)
    assert len(scored.shares) == 10
    for result in scored.shares:
        assert reverse("ratings:account", args=[file.public_id, result.code]) in page.content.decode()
        assert f"{result.sufficient:,} of {result.applicable:,}" in text
        assert result.account.sentence in text


def test_the_whole_caseload_is_named_where_it_is_known(client, file):
    assert "8 cases assessed, of 20 on the case list." in words(client.get(f"/score/{file.public_id}/"))


def test_without_a_case_list_the_population_is_said_to_be_unknown(client, handed_in):
    alone = HandedIn("iaow/2013", handed_in.answers)
    file = actions.hand_in(handed_in=alone, by=VISITOR)
    text = words(client.get(file.get_absolute_url()))
    assert "how many there are in all is not known" in text
    assert "population: unknown" in text
    assert "Break down" not in text


def test_an_edition_with_ratings_shows_points_standards_and_the_overall(client, youth):
    text = words(client.get(youth.get_absolute_url()))
    overall = queries.scored(youth).overall
    assert f"{overall.points} of 36 points" in text
    assert "2.1 Assessment" in text
    assert "the band of its lowest key question" in text


def test_a_withheld_overall_rating_says_why(client, youth):
    ScoredFile.objects.update(judgements={})
    forget(youth.public_id)
    assert "No overall rating: 1.1, 1.2, 1.3, 1.4 have no rating." in words(client.get(youth.get_absolute_url()))


def test_a_warning_about_rounding_is_shown(client, db):  # noqa: ARG001 - it opens the database
    """485 of 751 is 64.58 per cent: printed as 65, which looks like the next band."""
    made, step = demonstration("fji"), editions.load("fji/2013").plan.step("protecting_the_public")
    rows = [line.split(",") for line in made.answers.content.decode().splitlines()]
    failing = [row for row in rows if row[1] in step.questions and row[2] == "not_sufficient"]
    for row in failing[:12]:
        row[2], row[3] = "sufficient", ""
    content = "\n".join(",".join(row) for row in rows).encode()
    file = actions.hand_in(handed_in=HandedIn("fji/2013", File("a.csv", content)), by=VISITOR)
    warnings = [warning for _, warning in queries.scored(file).warnings]
    assert [warning for warning in warnings if "looks like" in warning]
    text = words(client.get(file.get_absolute_url()))
    assert all(warning in text for warning in warnings)


def test_a_breakdown_has_its_own_base_for_each_value(client, file):
    text = words(client.get(f"/score/{file.public_id}/?by=provider"))
    scored = queries.scored(file)
    for value, results in scored.by("provider").items():
        assert f"provider: {value}" in text
        assert results[0].cases <= scored.cases
    assert sum(results[0].cases for results in scored.by("provider").values()) == scored.cases


def test_a_column_with_a_value_for_nearly_every_case_is_not_offered(file):
    assert "case" not in queries.scored(file).groups
    assert set(queries.scored(file).groups) >= {"provider", "ldu"}


def test_a_breakdown_that_is_not_offered_shows_none(client, file):
    assert client.get(f"/score/{file.public_id}/?by=nothing").status_code == 200
    assert client.get(f"/score/{file.public_id}/scores.csv?by=nothing").status_code == 200


def test_an_account_has_its_steps_its_cases_and_where_it_comes_from(client, file):
    page = client.get(f"/score/{file.public_id}/account/assisting_sentencing/")
    text, scored = words(page), queries.scored(file)
    result = scored.result("assisting_sentencing")
    for line in result.account.lines:
        assert line.text in re.sub(r" ([.,;)])", r"\1", text).replace("( ", "(")
    for line in scored.lines(result):
        assert f" {line.case} " in text
    assert file.edition_digest in text
    assert file.answers_digest in text
    assert "inspectorate score --edition iaow/2013 --answers march.csv --case-list list.csv --accounts" in text


def test_the_cases_behind_a_score_add_up_to_it(file, youth):
    for one in (file, youth):
        scored = queries.scored(one)
        for result in scored.shares:
            lines = scored.lines(result)
            assert sum(line.sufficient for line in lines) == result.sufficient
            assert sum(line.applicable for line in lines) == result.applicable
            assert len(lines) == result.cases


@pytest.mark.parametrize("which", ["failing", "sufficient", "not-applicable"])
def test_the_cases_can_be_narrowed(client, file, which):
    text = words(client.get(f"/score/{file.public_id}/account/assisting_sentencing/?show={which}"))
    assert re.search(r"\d of 8 cases", text)


def test_numbers_in_an_account_lead_to_what_they_came_from(client, youth):
    page = client.get(f"/score/{youth.public_id}/account/2.1/").content.decode()
    for code in ("2.1.1", "2.1.2", "2.1.3"):
        assert f'href="/score/{youth.public_id}/account/{code}/">{code}</a>' in page
    overall = client.get(f"/score/{youth.public_id}/account/overall/").content.decode()
    assert f'href="/score/{youth.public_id}/account/3.4/">3.4</a>' in overall
    share = client.get(f"/score/{youth.public_id}/account/2.1.1/").content.decode()
    assert 'href="#judgements"' in share
    assert 'href="#questions">C2.1.1</a>' in share


def test_an_account_ends_with_what_would_change_it(client, youth):
    for code in ("2.1", "2.1.1", "overall", "1.1"):
        text = words(client.get(f"/score/{youth.public_id}/account/{code}/"))
        changes = queries.scored(youth).result(code).account.changes
        assert "What would change it" in text
        assert all(change.text in text for change in changes)


def test_an_account_that_does_not_exist_is_not_found(client, file):
    assert client.get(f"/score/{file.public_id}/account/nothing/").status_code == 404


def test_findings_stand_by_size_of_failing_with_their_reasons(client, file):
    page = client.get(f"/score/{file.public_id}/findings/")
    found = queries.scored(file).findings
    shown = re.findall(r'questions__code">([^<]+)<', page.content.decode())
    assert shown == [finding.question.code for finding in found]
    worst = found[0]
    assert f"{worst.sufficient} of {worst.applicable}" in words(page)


def test_findings_are_narrowed_by_words_section_and_kind(client, youth):
    address = f"/score/{youth.public_id}/findings/"
    every = len(queries.scored(youth).findings)
    assert f"{every} of {every} questions" in words(client.get(address))
    for query in ("?q=child+plan", "?kind=court", "?q=C2.1.1"):
        text = words(client.get(address + query))
        count = int(re.search(rf"(\d+) of {every} questions", text)[1])
        assert 0 < count < every
    assert "No question fits" in words(client.get(address + "?q=zebra"))


def test_what_people_wrote_stays_text(client, handed_in):
    nasty = '<script>alert("x")</script>'
    renamed = handed_in.answers.content.replace(b"CA0", nasty.replace(",", "").replace('"', "").encode())
    file = actions.hand_in(handed_in=HandedIn("iaow/2013", File(f"{nasty}.csv", renamed), title=nasty), by=VISITOR)
    for page in ("", "findings/", "account/assisting_sentencing/", "held/"):
        assert b"<script" not in client.get(f"/score/{file.public_id}/{page}").content


def test_a_file_whose_edition_has_changed_says_so(client, file):
    ScoredFile.objects.update(edition_digest="0" * 64)
    assert "The edition has changed" in words(client.get(file.get_absolute_url()))


def test_a_file_that_no_longer_fits_its_edition_says_so(client, file):
    ScoredFile.objects.update(answers=b"case,question,judgement\nCA1,ZZ9,sufficient\n")
    forget(file.public_id)
    for page in ("", "findings/", "account/assisting_sentencing/"):
        answer = client.get(f"/score/{file.public_id}/{page}")
        assert answer.status_code == 409
        assert "no longer fits it" in words(answer)


def test_invented_data_are_marked_on_every_page(client, youth):
    for page in ("", "findings/", "account/2.1/"):
        assert "Everything on this page is invented" in words(client.get(f"/score/{youth.public_id}/{page}"))
