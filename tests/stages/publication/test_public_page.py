"""What the public reads: the result, its accounts, findings and files; small numbers are held back in all of them."""

import csv
import io
import json

import pytest

from inspectorate.methodology.small_numbers import FEW, public_results
from inspectorate.people.models import User
from inspectorate.publication.public import PublicResult
from tests.stages.publication.conftest import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, public):
    def get(below=""):
        answer = client.get(public.get_absolute_url() + below)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


def test_the_result_says_how_good_how_sure_and_what_was_recommended(page, public, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        text = page()
    results = public.signed_report.content["results"]
    assert "How good is this service?" in text
    assert f"{results['cases']} cases" in text
    assert results["scores"][0]["sentence"].split(";")[0][:40] in text


def test_each_score_opens_its_account(page, public):
    score = next(one for one in public.signed_report.content["results"]["scores"] if one["headline"])
    text = page(f"account/{score['code']}/")
    assert score["account"]["steps"][0]["text"][:60] in text
    assert "What would change it" in text


def test_an_account_that_is_not_there_is_not_found(client, public):
    assert client.get(f"{public.get_absolute_url()}account/nonsense/").status_code == 404


def test_the_files_hold_the_figures_of_the_page(client, public):
    lines = list(
        csv.DictReader(io.StringIO(client.get(f"{public.get_absolute_url()}result.csv").content.decode("utf-8-sig")))
    )
    data = json.loads(client.get(f"{public.get_absolute_url()}result.json").content)
    scores = {one["code"]: one["per_cent"] for one in data["results"]["scores"]}
    told = {line["code"]: line["per_cent"] for line in lines if line["kind"] in ("headline score", "score")}
    assert told == {code: "" if value is None else str(value) for code, value in scores.items()}


def test_the_report_can_be_read_and_kept(client, page, public):
    assert "Protecting the public" in page("report/")
    assert client.get(f"{public.get_absolute_url()}report.pdf").content.startswith(b"%PDF")


def test_results_are_listed_searched_and_fed(client, public):
    for path in (
        "/results/",
        "/results/?q=westmoor",
        "/results/?programme=iaow",
        "/results/results.csv",
        "/results/feed.xml",
    ):
        assert public.get_absolute_url() in client.get(path).content.decode(), path
    for path in ("/results/?q=nowhere", "/results/?programme=fji"):
        assert "No result fits" in client.get(path).content.decode(), path


def scored(code, cases, applicable=40):
    return {
        "code": code,
        "title": {"en": code, "cy": None},
        "headline": True,
        "method": "pooled-share@1",
        "sufficient": 3,
        "applicable": applicable,
        "cases": cases,
        "per_cent": 75,
        "low": 60.0,
        "high": 90.0,
        "sentence": "75 per cent.",
        "account": {"steps": []},
    }


def finding(code, applicable, reasons=None):
    told = {"code": code, "question": code, "applicable": applicable, "sufficient": 1, "per_cent": 50}
    return told | {"values": {"yes": 1}, "reasons": reasons or {}, "sentence": "In half."}


def results(**changed):
    return {"scores": [], "findings": [], "by": {}, "standards": [], "overall": None} | changed


def test_a_score_of_four_cases_is_not_shown_inpublic_results():
    four, five = public_results(results(scores=[scored("a", 4), scored("b", 5)]))["scores"]
    assert (four["per_cent"], four["account"], four["sentence"]) == (None, None, FEW)
    assert five["per_cent"] == 75


def test_a_finding_of_four_cases_is_held_back_and_so_are_reasons_given_in_few():
    held, told = public_results(results(findings=[finding("a", 4), finding("b", 30, {"late": 7, "thin": 2})]))[
        "findings"
    ]
    assert (held["sufficient"], held["held_back"]) == (None, True)
    assert (told["reasons"], "values" in told) == ({"late": 7}, False)


def test_a_part_with_few_cases_takes_the_next_smallest_with_it():
    pieces = [
        {"value": name, "cases": cases, "scores": [scored("a", cases)]}
        for name, cases in (("N", 30), ("S", 9), ("W", 2))
    ]
    shown = public_results(results(by={"provider": pieces}))["by"]["provider"]
    assert [piece["cases"] for piece in shown] == [30, None, None]
    assert [len(piece["scores"]) for piece in shown] == [1, 0, 0]


def test_what_is_held_back_stands_in_no_page_and_in_no_file(client, public, monkeypatch):
    """A planted score of three cases must not be found in any byte that the public can fetch."""
    frozen = public.signed_report.content
    planted = scored("planted", 3) | {"sufficient": 987654, "title": {"en": "Planted", "cy": None}}
    frozen["results"]["scores"].append(planted)
    monkeypatch.setattr(
        "inspectorate.publication.views.public.result_or_404",
        lambda _: PublicResult(
            public.public_id,
            public.inspection,
            public.signed_report,
            public.visible_from,
            public_results(frozen["results"]),
        ),
    )
    for below in ("", "findings/", "result.csv", "result.json"):
        content = client.get(public.get_absolute_url() + below).content
        assert (b"987654" in content, b"987,654" in content) == (False, False), below
    assert client.get(f"{public.get_absolute_url()}account/planted/").status_code == 404


@pytest.mark.parametrize("who", ["a-lead-inspector", "a-chief-inspector", "an-assessor"])
def test_the_release_is_looked_at_and_previewed_by_the_inspectorate(
    client, proposed, who, django_assert_max_num_queries
):
    client.force_login(User.objects.get(public_id=who))
    home = f"/inspections/{proposed.inspection.public_id}/release/"
    with django_assert_max_num_queries(12):
        text = client.get(home).content.decode()
    assert ("Confirm the release" in text) is (who == "a-chief-inspector")
    assert ("Take the release back" in text) is (who != "an-assessor")
    assert "Not public" in client.get(f"{home}preview/").content.decode()


@pytest.mark.parametrize("who", ["a-body-contact", "a-local-assessor", "another-lead-inspector"])
def test_nobody_else_learns_of_the_release(client, proposed, who):
    client.force_login(User.objects.get(public_id=who))
    assert client.get(f"/inspections/{proposed.inspection.public_id}/release/").status_code in (403, 404)


def test_a_minute_is_proposed_and_confirmed_on_the_page(client, signed_off):
    home = f"/inspections/{signed_off.public_id}/release/"
    client.force_login(User.objects.get(public_id="a-lead-inspector"))
    wrong = client.post(f"{home}propose/", {"day": "31 February 2027", "minute": "9.30"})
    assert (wrong.status_code, "31 February 2027" in wrong.content.decode()) == (422, True)
    assert client.post(f"{home}propose/", {"day": DAY, "minute": "9.30"}).status_code == 302
    assert client.post(f"{home}confirm/").status_code == 403
    client.force_login(User.objects.get(public_id="a-chief-inspector"))
    assert client.post(f"{home}confirm/").status_code == 302
    assert client.post(f"{home}confirm/").status_code == 409
    assert f"{DAY}, 09:30" in client.get(home).content.decode()
    assert client.post(f"{home}take-back/", {"why": ""}).status_code == 422
    assert client.post(f"{home}take-back/", {"why": "Another day."}).status_code == 302
