"""Handing in a file: held with its digests, or refused with every fault in its place and nothing held."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from inspectorate.ratings import actions
from inspectorate.ratings.intake import File, HandedIn
from inspectorate.ratings.models import RefusedFile, ScoredFile
from inspectorate.record.models import Entry

pytestmark = pytest.mark.django_db
BAD = b"case,question,judgement\nCA1,C01,maybe\nCA1,ZZ9,sufficient\n"


def test_an_edition_is_chosen_on_the_start_page(client):
    page = client.get("/score/")
    assert b"Inspection of Adult Offending Work, 2013" in page.content
    assert client.get("/score/?edition=iaow/2013").headers["location"] == "/score/new/iaow/2013/"


def test_each_edition_says_its_year_once_and_counts_what_people_rate(client):
    text = client.get("/score/").content.decode()
    assert "Offender Management Inspection 2, from April 2011</label>" in text
    assert "Inspection of probation delivery units, from 2023</label>" in text
    assert "Inspection of probation delivery units, 2021 to 2023</label>" in text
    assert "Full Joint Inspection of youth offending work, 2013</label>" in text
    assert "3 headline results, and 4 besides rated by people; 110 questions" in text
    assert "5 headline results, 1 of them rated by people; 163 questions on 2 kinds of case. Adopted." in text
    assert "No headline result; 6 scores" in text


def test_without_an_edition_the_start_page_asks_for_one(client):
    page = client.get("/score/?choose=edition")
    assert (page.status_code, b"Choose an edition." in page.content) == (422, True)


def test_an_edition_that_does_not_exist_is_not_found(client):
    assert client.get("/score/new/iaow/1999/").status_code == 404


def test_a_file_that_can_be_scored_is_held_and_shown(upload, small):
    rows = [",".join(row) for row in small.answers]
    page = upload("\n".join(rows).encode(), title="Westmoor, March 2026")
    file = ScoredFile.objects.get()
    assert page.redirect_chain == [(f"/score/{file.public_id}/", 302)]
    assert "Westmoor, March 2026" in page.content.decode()
    assert (file.edition, file.answers_name, file.invented) == ("iaow/2013", "march.csv", False)
    assert "population: unknown" in page.content.decode()


def test_a_spreadsheet_is_scored_like_csv(upload, small, workbook):
    upload(workbook(small.answers), name="march.xlsx")
    upload("\n".join(",".join(row) for row in small.answers).encode())
    first, second = ScoredFile.objects.order_by("pk")
    pages = [Client().get(f"/score/{file.public_id}/scores.json").json()["scores"] for file in (first, second)]
    assert pages[0] == pages[1]


def test_the_record_says_that_a_file_came_and_nothing_of_what_stood_in_it(file):
    entry = Entry.objects.get(subject_id=file.public_id)
    assert (entry.verb, entry.actor_kind) == ("scored-file.held", "visitor")
    assert "CA0" not in entry.payload.text
    assert "sufficient" not in entry.payload.text


def test_a_refused_file_is_not_held_and_every_fault_stands_in_its_place(upload):
    page = upload(BAD, title="Westmoor", invented="on").content.decode()
    refused = RefusedFile.objects.get()
    assert ScoredFile.objects.count() == 0
    assert f"{refused.count} faults; nothing was scored" in page
    assert "&#x27;maybe&#x27; is no answer to C01." in page
    assert "CA1, ZZ9, sufficient" in page, "the row as it was handed in"


def test_what_was_chosen_is_still_there_after_a_refusal(upload):
    choices = {"title": "Westmoor & Co", "rating-0": "Good", "reason-0": "A plan that is used"}
    page = upload(b"case,question,judgement\nX1,nope,yes\n", edition="fji", **choices).content.decode()
    assert 'value="Westmoor &amp; Co"' in page
    assert '<option value="Good" selected>' in page
    assert 'value="A plan that is used"' in page


def test_every_fault_can_be_downloaded_however_many_there_are(client, upload):
    rows = "".join(f"CA{number},ZZ9,sufficient\n" for number in range(300))
    page = upload(f"case,question,judgement\nCA1,C01,sufficient\n{rows}".encode()).content.decode()
    refused = RefusedFile.objects.get()
    assert refused.count > 300
    assert f"{refused.count - 200} more are in the download" in page
    answer = client.get(f"/score/refused/{refused.public_id}/faults.csv")
    assert len(list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))) == refused.count + 1


def test_faults_of_both_files_are_told_at_once(upload):
    listing = SimpleUploadedFile("list.csv", b"case,kind\nCA1,case\nCA1,case\nCA2,moon\n")
    page = upload(BAD, case_list=listing).content.decode()
    assert "Cases listed twice" in page
    assert "Kinds of case that the edition does not have" in page
    assert "Answers outside the options" in page


def test_answers_of_another_edition_are_one_fault_that_names_it(upload, small):
    page = upload("\n".join(",".join(row) for row in small.answers).encode(), edition="youth").content.decode()
    assert "1 fault; nothing was scored" in page
    assert "no row names a question of Inspection of youth offending services" in page.replace("No row", "no row")


def test_two_files_of_one_name_are_told_apart(upload):
    listing = SimpleUploadedFile("march.csv", b"case\n\n,\n")
    page = upload(BAD, case_list=listing).content.decode()
    assert "march.csv (case list)" in page


def test_a_file_of_a_long_name_gives_a_title_that_fits(upload, handed_in):
    upload(handed_in.answers.content, name="m" * 170 + ".csv")
    file = ScoredFile.objects.get()
    assert (len(file.title), len(file.answers_name)) == (120, 174)
    page = upload(handed_in.answers.content, name="m" * 180 + ".csv").content.decode()
    assert "The name of the file of judgements is too long" in page


def test_the_rows_of_an_example_are_known_as_invented(db):  # noqa: ARG001 - it opens the database
    actions.load_invented(by=("system", "demo"))
    example = ScoredFile.objects.get(example="fji")
    again = HandedIn("fji/2013", File("mine.csv", bytes(example.answers)))
    assert actions.hand_in(handed_in=again, by=("visitor", "anonymous")).invented


def test_ratings_by_people_come_from_the_form(client, upload, youth):
    chosen = {f"rating-{place}": "Good" for place in range(4)}
    page = upload(bytes(youth.answers), edition="youth", **chosen)
    file = ScoredFile.objects.latest("pk")
    assert file.judgements["1.1"] == {"rating": "Good", "reason": ""}
    assert client.get(f"/score/{file.public_id}/judgements.json").json() == file.judgements
    assert "of 36 points" in page.content.decode()


def test_without_a_file_the_form_says_so_at_the_field(client):
    page = client.post("/score/new/iaow/2013/", {"title": "Westmoor"})
    assert page.status_code == 422
    assert page.content.decode().count("Choose the file of judgements.") == 2, "in the summary and at the field"
    assert 'value="Westmoor"' in page.content.decode()


def test_nobody_else_can_make_a_browser_hand_in_a_file(handed_in):
    strict = Client(enforce_csrf_checks=True)
    sent = strict.post("/score/new/iaow/2013/", {"answers": SimpleUploadedFile("a.csv", handed_in.answers.content)})
    assert (sent.status_code, ScoredFile.objects.count()) == (403, 0)


def test_a_body_that_is_far_too_large_is_refused_unread(client):
    page = client.generic("POST", "/score/new/iaow/2013/", b"x", CONTENT_LENGTH=str(40 * 2**20))
    assert (page.status_code, "The files are too large" in page.content.decode()) == (413, True)


@pytest.mark.parametrize("what", ["example-judgements", "example-case-list", "empty-judgements", "questions"])
@pytest.mark.parametrize("edition", ["iaow/2013", "fji/2013", "youth/2018"])
def test_there_is_something_to_start_from(client, edition, what):
    answer = client.get(f"/score/new/{edition}/{what}.csv")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")


def test_the_examples_to_start_from_are_scored(client, upload):
    for name, edition in (("iaow", "iaow/2013"), ("youth", "youth/2018")):
        answers = client.get(f"/score/new/{edition}/example-judgements.csv").content
        listing = SimpleUploadedFile("list.csv", client.get(f"/score/new/{edition}/example-case-list.csv").content)
        assert "cases assessed, of" in upload(answers, edition=name, case_list=listing).content.decode()
