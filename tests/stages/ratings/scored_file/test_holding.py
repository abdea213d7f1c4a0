"""A file is held for an hour and not a second longer, unless it is kept; gone is gone, for everybody alike."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from inspectorate.ratings import actions, queries
from inspectorate.ratings.models import RefusedFile, ScoredFile
from inspectorate.record.models import Entry

from .conftest import NOW, VISITOR

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
PAGES = (
    "", "findings/", "account/assisting_sentencing/", "held/", "scores.csv", "scores.xlsx", "scores.json", "scores.pdf",
    "findings.csv", "findings.xlsx", "findings.json", "judgements.json",
)  # fmt: skip


@pytest.fixture
def long_ago(handed_in):
    """A file whose hour is over."""
    return actions.hand_in(handed_in=handed_in, by=VISITOR, at=timezone.now() - timedelta(hours=1))


def test_a_file_is_there_a_second_before_its_hour_is_over_and_not_at_the_hour(handed_in):
    file = actions.hand_in(handed_in=handed_in, by=VISITOR, at=NOW)
    over = NOW + timedelta(hours=1)
    assert file.expires_at == over
    assert queries.held_file(public_id=file.public_id, at=over - SECOND) == file
    assert queries.held_file(public_id=file.public_id, at=over) is None


def test_refused_faults_go_after_their_hour_too(upload):
    upload(b"case,question,judgement\nCA1,C01,maybe\n")
    refused = RefusedFile.objects.get()
    assert queries.refused_file(public_id=refused.public_id, at=refused.expires_at - SECOND) == refused
    assert queries.refused_file(public_id=refused.public_id, at=refused.expires_at) is None


@pytest.mark.parametrize("page", PAGES)
def test_a_file_that_has_run_out_answers_exactly_as_one_that_never_was(client, long_ago, page):
    gone, never = (client.get(f"/score/{one}/{page}") for one in (long_ago.public_id, "0" * 32))
    heads = [{name: value for name, value in one.headers.items() if name != "Expires"} for one in (gone, never)]
    assert (gone.status_code, gone.content, heads[0]) == (404, never.content, heads[1])  # the clock may go on between


def test_a_file_that_was_worked_out_is_not_shown_from_memory_once_it_is_gone(client, file):
    address = f"/score/{file.public_id}/"
    assert client.get(address).status_code == 200
    ScoredFile.objects.update(created_at=NOW - timedelta(days=1), expires_at=timezone.now())
    assert client.get(address).status_code == 404


def test_the_page_says_until_when_it_is_held(client, handed_in):
    file = actions.hand_in(handed_in=handed_in, by=VISITOR)
    text = client.get(f"/score/{file.public_id}/").content.decode()
    until = timezone.localtime(file.expires_at)
    assert f"Held until <strong>{until:%H:%M} on {until.day} {until:%B %Y}</strong>, then erased." in text


def test_keeping_needs_a_press_and_then_no_clock_erases_it(client, file):
    address = f"/score/{file.public_id}/held/"
    assert ScoredFile.objects.get().expires_at is not None
    client.post(address, {"verb": "keep"})
    kept = ScoredFile.objects.get()
    assert (kept.expires_at, kept.kept_by_kind, kept.kept_by_id) == (None, *VISITOR)
    assert actions.erase_expired(by=("system", "clock"), at=timezone.now() + timedelta(days=999)) == 0
    assert "Kept since" in client.get(f"/score/{file.public_id}/").content.decode()


def test_keeping_twice_is_keeping_once(file):
    first = actions.keep(file=file, by=VISITOR, at=timezone.now())
    again = actions.keep(file=file, by=("user", "another"), at=timezone.now())
    assert (again.kept_at, again.kept_by_id) == (first.kept_at, "anonymous")
    assert Entry.objects.filter(verb="scored-file.kept").count() == 1


def test_what_has_run_out_cannot_be_kept(file):
    with pytest.raises(ScoredFile.DoesNotExist):
        actions.keep(file=file, by=VISITOR, at=file.expires_at)


def test_erasing_now_takes_everything_but_the_record(client, file):
    page = client.post(f"/score/{file.public_id}/held/", {"verb": "erase"})
    assert "is erased" in page.content.decode()
    assert ScoredFile.objects.count() == 0
    assert client.get(f"/score/{file.public_id}/").status_code == 404
    verbs = Entry.objects.filter(subject_id=file.public_id).order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["scored-file.held", "scored-file.erased"]


def test_erasing_twice_is_refused(file):
    actions.erase(file=file, by=VISITOR)
    with pytest.raises(ScoredFile.DoesNotExist):
        actions.erase(file=file, by=VISITOR)


def test_the_next_file_handed_in_erases_what_has_run_out(long_ago, handed_in):
    actions.hand_in(handed_in=handed_in, by=VISITOR)
    assert not ScoredFile.objects.filter(pk=long_ago.pk).exists()
    entry = Entry.objects.get(subject_id=long_ago.public_id, verb="scored-file.erased")
    assert (entry.actor_kind, entry.actor_id) == ("system", "clock")


def test_an_operator_can_erase_what_has_run_out(long_ago, capsys):
    call_command("erase_expired")
    assert capsys.readouterr().out == "1 erased.\n"
    assert not ScoredFile.objects.filter(pk=long_ago.pk).exists()


def test_an_example_is_neither_kept_nor_erased_by_a_visitor(client):
    actions.load_invented(by=("system", "demo"))
    file = ScoredFile.objects.get(example="iaow")
    for verb in ("keep", "erase"):
        assert client.post(f"/score/{file.public_id}/held/", {"verb": verb}).status_code == 404
    with pytest.raises(ScoredFile.DoesNotExist):
        actions.erase(file=file, by=VISITOR)
    assert ScoredFile.objects.filter(example="iaow").exists()


def test_nobody_stores_or_lists_the_pages_of_a_file(client, file):
    for page in ("", "findings/", "scores.csv"):
        headers = client.get(f"/score/{file.public_id}/{page}").headers
        assert "no-store" in headers["cache-control"]
        assert "noindex" in headers["x-robots-tag"]


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"expires_at": None}, "ratings_scored_file_is_held_or_kept"),
        ({"kept_at": NOW, "kept_by_id": "x"}, "ratings_scored_file_is_held_or_kept"),
        ({"expires_at": NOW - timedelta(days=999)}, "ratings_scored_file_expires_after_it_came"),
        ({"case_list": None}, "ratings_scored_file_names_its_case_list"),
        ({"answers_digest": "none"}, "ratings_scored_file_has_digests"),
        ({"example": "iaow"}, "ratings_example_is_invented_and_kept"),
    ],
)
def test_the_database_holds_what_must_be_true_of_a_file(file, changed, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ScoredFile.objects.filter(pk=file.pk).update(**changed)


def test_the_database_holds_one_file_an_example():
    actions.load_invented(by=("system", "demo"))
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoredFile.objects.filter(example="fji").update(example="iaow")


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"count": 0}, "ratings_refused_file_has_faults"),
        ({"expires_at": None}, "ratings_refused_file_expires_after_it_came"),
        ({"expires_at": NOW - timedelta(days=999)}, "ratings_refused_file_expires_after_it_came"),
    ],
)
def test_the_database_holds_what_must_be_true_of_a_refusal(upload, changed, constraint):
    upload(b"case,question,judgement\nCA1,C01,maybe\n")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RefusedFile.objects.update(**changed)
