"""A draft edition is put out for comment; comments come, are shown once read, and are answered in public."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from inspectorate.people.access import NotAllowedError
from inspectorate.record.models import Entry
from inspectorate.record.queries import verify
from inspectorate.standards import actions
from inspectorate.standards.models import Answer, Comment, Consultation, Decision, Review
from inspectorate.standards.queries.consultation import waiting_comments

pytestmark = pytest.mark.django_db
PAGE = "/editions/iaow/2013/consultation/"
AUTHOR = ("system", "an-author")
VISITOR = ("visitor", "anonymous")
NOW = timezone.now()
DAY = timedelta(days=1)


def said(text="It should ask about housing.", number=1, **more):
    return actions.Said(**({"sent_id": f"{number:032x}", "clause": "", "text": text} | more))


def opened(opens=NOW - DAY, closes=NOW + DAY, edition="iaow/2013"):
    lead = "Does this say what good work is?"
    return actions.open_consultation(edition=edition, opens_at=opens, closes_at=closes, lead=lead, by=AUTHOR)


@pytest.fixture
def consultation():
    return opened()


@pytest.fixture
def comment(consultation):
    given = said(clause=clause(), name="A. Reader", organisation="Westmoor")
    return actions.receive_comment(consultation=consultation, said=given, by=VISITOR)


def clause():
    return next(iter(actions.shelf.held("iaow/2013").edition.nodes))


def page(client):
    return client.get(PAGE).content.decode()


def sent(**changed):
    return {"sent_id": "a" * 32, "clause": clause(), "text": "It should ask about housing."} | changed


def test_an_edition_that_is_not_out_for_comment_says_so(client):
    assert "This edition is not out for comment." in page(client)
    assert client.get("/editions/iaow/2013/consultation.csv").status_code == 404
    assert client.post(PAGE, sent()).status_code == 404


def test_an_edition_that_there_is_not_has_no_consultation(client):
    assert client.get("/editions/none/2013/consultation/").status_code == 404


def test_it_shows_nothing_before_it_opens(client):
    opened(NOW + DAY, NOW + 2 * DAY)
    assert "This edition is not out for comment." in page(client)


def test_a_comment_is_shown_once_somebody_has_read_it(client, consultation):
    answer = client.post(PAGE, sent(name="A. Reader"), follow=True)
    assert "your comment is received" in answer.content.decode()
    assert "housing" not in page(client)
    actions.decide(comment=consultation.comments.get(), shown=True, by=AUTHOR)
    assert "It should ask about housing." in page(client)
    assert "A. Reader" in page(client)


def test_a_comment_that_is_hidden_again_is_not_shown_and_the_first_decision_stays(client, comment):
    actions.decide(comment=comment, shown=True, by=AUTHOR)
    actions.decide(comment=comment, shown=False, why="It names a person.", by=AUTHOR)
    assert "housing" not in page(client)
    assert list(Decision.objects.values_list("version", "shown")) == [(1, True), (2, False)]


def test_a_later_answer_stands_in_front_of_the_first_which_stays(client, comment):
    actions.decide(comment=comment, shown=True, by=AUTHOR)
    for text in ("We shall see.", "We have added a question."):
        actions.answer(comment=comment, text=text, signed="Head of standards", by=AUTHOR)
    assert "We have added a question." in page(client)
    assert "We shall see." not in page(client)
    assert Answer.objects.count() == 2


def test_comments_and_answers_come_as_a_file(client, comment):
    actions.decide(comment=comment, shown=True, by=AUTHOR)
    actions.answer(comment=comment, text="Added.", signed="Head of standards", by=AUTHOR)
    text = client.get("/editions/iaow/2013/consultation.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["clause"], row["comment"], row["answer"]) == (clause(), "It should ask about housing.", "Added.")


def test_what_is_written_is_shown_as_text_and_never_run(client, comment):
    Comment.objects.filter(pk=comment.pk).update(text="<script>alert(1)</script>")
    actions.decide(comment=comment, shown=True, by=AUTHOR)
    assert "<script>alert" not in page(client)
    assert "&lt;script&gt;alert" in page(client)


def test_a_comment_without_a_token_is_refused(consultation):
    assert Client(enforce_csrf_checks=True).post(PAGE, sent()).status_code == 403
    assert consultation.comments.count() == 0


@pytest.mark.parametrize(
    "changed",
    [{"text": " "}, {"text": "x" * 5001}, {"name": "x" * 121}, {"clause": "none"}, {"sent_id": "short"}],
)
def test_a_comment_that_cannot_be_taken_is_told_and_nothing_is_kept(client, consultation, changed):
    assert client.post(PAGE, sent(**changed)).status_code == 422
    assert consultation.comments.count() == 0


def test_the_same_comment_sent_twice_is_one(client, consultation):
    for _ in range(2):
        assert client.post(PAGE, sent()).status_code == 302
    assert consultation.comments.count() == 1


def test_from_the_second_it_closes_nothing_is_taken(client):
    closed = opened(NOW - 2 * DAY, NOW - DAY)
    assert client.post(PAGE, sent()).status_code == 422
    with pytest.raises(actions.NotDoneError, match="does not take comments now"):
        actions.receive_comment(consultation=closed, said=said(), by=VISITOR, at=closed.closes_at)
    assert "Comments were taken until" in page(client)


def test_a_flood_is_stopped(consultation, monkeypatch):
    monkeypatch.setattr(actions, "MOST_WAITING", 1)
    actions.receive_comment(consultation=consultation, said=said(), by=VISITOR)
    with pytest.raises(actions.NotDoneError, match="Too many comments wait"):
        actions.receive_comment(consultation=consultation, said=said(number=2), by=VISITOR)


def test_the_record_holds_nothing_that_a_commenter_wrote(comment):
    entries = Entry.objects.filter(subject_kind="consultation", subject_id=comment.consultation.public_id)
    assert [entry.verb for entry in entries.order_by("sequence")] == ["consultation.opened", "comment.received"]
    assert not any(word in entry.payload.text for entry in entries for word in ("housing", "Reader", "Westmoor"))


@pytest.mark.parametrize(("opens", "closes"), [(NOW, NOW), (NOW - DAY, NOW), (NOW, NOW + 9 * DAY)])
def test_a_consultation_that_lasts_no_time_or_overlaps_another_is_refused(consultation, opens, closes):  # noqa: ARG001
    with pytest.raises(actions.NotDoneError):
        opened(opens, closes)


def test_what_a_review_taught_stands_on_the_page_and_once(client):
    given = {"edition": "iaow/2013", "kind": "pilot", "held_on": date(2026, 5, 1), "by": AUTHOR}
    actions.record_review(**given, learned=("Two questions were not understood.", "Pilot lead"))
    assert "Two questions were not understood." in page(client)
    with pytest.raises(actions.NotDoneError, match="on record"):
        actions.record_review(**given, learned=("Another.", "Pilot lead"))


def payloads():
    return " ".join(entry.payload.text for entry in Entry.objects.all() if hasattr(entry, "payload"))


def test_a_comment_that_is_erased_is_gone_and_that_there_was_one_stays(client, comment):
    actions.decide(comment=comment, shown=True, by=AUTHOR)
    actions.answer(comment=comment, text="We have added a question.", signed="Head of standards", by=AUTHOR)
    actions.erase_comment(comment=comment, why="The writer asked for it.", by=AUTHOR)
    text = page(client)
    assert "This comment was erased on" in text
    assert "We have added a question." in text
    assert [word for word in ("housing", "A. Reader", "Westmoor") if word in text] == []
    comment.refresh_from_db()
    assert (comment.text, comment.name, comment.organisation) == ("", "", "")
    last = Entry.objects.filter(subject_id=comment.consultation.public_id).latest("sequence")
    assert (last.verb, "The writer asked for it." in last.payload.text) == ("comment.erased", True)
    row = next(csv.DictReader(io.StringIO(client.get(f"{PAGE[:-1]}.csv").content.decode("utf-8-sig"))))
    assert (row["comment"], row["name"], row["erased_at"] != "") == ("", "", True)


def test_answers_and_reasons_that_say_what_is_to_be_forgotten_go_too_and_the_record_still_holds(client, comment):
    actions.decide(comment=comment, shown=False, why="It names Mrs Unlikely.", by=AUTHOR)
    actions.decide(comment=comment, shown=True, by=AUTHOR)
    actions.answer(comment=comment, text="Mrs Unlikely has been told.", signed="Head of standards", by=AUTHOR)
    assert "Unlikely" in payloads()
    actions.erase_comment(comment=comment, why="A request to be forgotten.", answers_too=True, by=AUTHOR)
    assert "Unlikely" not in page(client) + payloads() + str(list(Decision.objects.values_list("why")))
    assert "Unlikely" not in str(list(Answer.objects.values_list("text")))
    assert verify().ok, "what is erased breaks no chain"


def test_a_comment_is_erased_once_for_a_reason_and_takes_nothing_more(comment):
    with pytest.raises(actions.NotDoneError, match="Say why"):
        actions.erase_comment(comment=comment, why=" ", by=AUTHOR)
    actions.erase_comment(comment=comment, why="Asked.", by=AUTHOR)
    for refused in (
        lambda: actions.erase_comment(comment=comment, why="Asked.", by=AUTHOR),
        lambda: actions.decide(comment=comment, shown=True, by=AUTHOR),
        lambda: actions.answer(comment=comment, text="x", signed="x", by=AUTHOR),
    ):
        with pytest.raises(actions.NotDoneError, match="is erased"):
            refused()


def test_what_was_erased_waits_for_nobody(comment):
    assert len(waiting_comments("iaow/2013")) == 1
    actions.erase_comment(comment=comment, why="Asked.", by=AUTHOR)
    assert waiting_comments("iaow/2013") == []


def test_the_invented_consultation_is_marked_as_such_and_loaded_once(client):
    made = actions.load_invented_consultation(by=("system", "demo"))
    assert actions.load_invented_consultation(by=("system", "demo")) == made
    assert (Consultation.objects.count(), Comment.objects.count()) == (1, 6)
    text = client.get(f"/editions/{made.edition}/consultation/").content.decode()
    assert "Invented, to show how a consultation works" in text
    shown, answered, open_still = (text.count(one) for one in ("inset-text", "Answer.</strong>", "Not answered yet"))
    assert (shown, answered, open_still) == (4, 3, 1)
    assert "named a member of staff" not in text, "one is kept from being shown"
    assert len(waiting_comments(made.edition)) == 1
    file = client.get(f"/editions/{made.edition}/consultation.csv").content.decode("utf-8-sig")
    assert {row["invented"] for row in csv.DictReader(io.StringIO(file))} == {"yes"}


def test_a_consultation_that_is_there_is_not_joined_by_an_invented_one():
    real = opened(edition="thematic-starter/2026")
    assert actions.load_invented_consultation(by=("system", "demo")) == real
    assert (Consultation.objects.count(), Comment.objects.count(), real.invented) == (1, 0, False)


def test_what_says_nothing_is_refused(comment):
    for refused in (
        lambda: actions.decide(comment=comment, shown=False, by=AUTHOR),
        lambda: actions.answer(comment=comment, text=" ", signed="x", by=AUTHOR),
        lambda: actions.record_review(
            edition="iaow/2013", kind="pilot", held_on=date(2026, 5, 1), learned=("", ""), by=AUTHOR
        ),
    ):
        with pytest.raises(actions.NotDoneError):
            refused()


def rows(comment):
    """What the database must refuse, by the name of the constraint."""
    at = datetime(2026, 11, 21, tzinfo=UTC)
    version = {"comment": comment, "by_kind": "user", "by_id": "x", "at": at}
    whole = {"edition": "x/1", "edition_digest": "d", "opens_at": at, "closes_at": at + DAY, "lead": "x"}
    review = {"edition": "x/1", "edition_digest": "d", "kind": "pilot", "held_on": at.date(), "learned": "x"}
    again = {"consultation": comment.consultation, "received_at": at, "text": "x"}
    same = {"edition": "iaow/2013", "opens_at": comment.consultation.opens_at, "closes_at": NOW + 9 * DAY}
    signed = review | {"signed": "x"}
    return {
        "standards_consultation_opens_once": [Consultation(**whole | same)],
        "standards_consultation_lasts": [Consultation(**whole | {"closes_at": at})],
        "standards_consultation_says_what_is_asked": [Consultation(**whole | {"lead": ""})],
        "standards_comment_is_sent_once": [Comment(**again, sent_id=comment.sent_id)],
        "standards_comment_says_something": [Comment(**again | {"text": ""}, sent_id="b" * 32)],
        "standards_comment_erased_is_gone": [Comment(**again, sent_id="b" * 32, erased_at=at)],
        "standards_decision_version_once": [Decision(**version, shown=True), Decision(**version, shown=True)],
        "standards_decision_to_hide_says_why": [Decision(**version, shown=False)],
        "standards_answer_version_once": [Answer(**version, text="x", signed="x") for _ in range(2)],
        "standards_answer_is_given_and_signed": [Answer(**version, text="x")],
        "standards_review_once_a_day": [Review(**signed), Review(**signed)],
        "standards_review_kind_is_known": [Review(**signed | {"kind": "other"})],
        "standards_review_says_what_was_learned": [Review(**review)],
    }


@transaction.atomic
def save(found):
    for row in found:
        row.save()


@pytest.mark.parametrize(
    "name", [one.name for model in (Consultation, Comment, Decision, Answer, Review) for one in model._meta.constraints]
)
def test_the_database_refuses_what_must_not_be(comment, name):
    with pytest.raises(IntegrityError):
        save(rows(comment)[name])


def test_the_page_asks_little_of_the_database(client, comment, django_assert_max_num_queries):
    actions.decide(comment=comment, shown=True, by=AUTHOR)
    with django_assert_max_num_queries(12):
        client.get(PAGE)


def run(*words):
    out = io.StringIO()
    call_command("consultation", *words, stdout=out)
    return out.getvalue()


def test_until_there_are_accounts_it_is_run_by_command(client):
    days = ("--opens", (NOW - DAY).isoformat(), "--closes", "2099-01-01")
    assert "takes comments until 2099-01-01 00:00 UTC" in run("open", "iaow/2013", *days, "--lead", "What is missing?")
    assert client.post(PAGE, sent()).status_code == 302
    public_id = Comment.objects.get().public_id
    assert run("waiting", "iaow/2013").startswith(f"{public_id} {clause()} It should ask")
    run("show", public_id)
    run("answer", public_id, "--text", "Added.", "--signed", "Head of standards")
    assert "Added." in page(client)
    run("hide", public_id, "--why", "It names a person.")
    assert "Added." not in page(client)
    run("show", public_id)
    assert run("erase", public_id, "--why", "Asked for.", "--answers").strip() == "Erased, for good."
    assert "Added." not in page(client)
    day = ("--kind", "mid_programme", "--held-on", "2026-05-01")
    run("review", "iaow/2013", *day, "--learned", "It takes too long.", "--signed", "Lead")
    assert "It takes too long." in page(client)
    assert run("waiting", "iaow/2013").strip() == "Nothing waits."


@pytest.mark.parametrize(
    "words",
    [("show", "nobody"), ("open", "none/2013", "--opens", "2026-01-01", "--closes", "2026-02-01", "--lead", "x")],
)
def test_a_command_that_cannot_be_done_says_so(words):
    with pytest.raises(CommandError):
        run(*words)


@pytest.mark.parametrize("by", [("user", "somebody"), ("visitor", "anonymous")])
def test_nobody_decides_answers_or_erases_who_is_not_asked_to(consultation, by):
    deeds = (
        lambda: actions.decide(comment=None, shown=True, by=by),
        lambda: actions.answer(comment=None, text="x", signed="x", by=by),
        lambda: actions.erase_comment(comment=None, why="x", by=by),
        lambda: actions.load_invented_consultation(by=by),
        lambda: actions.open_consultation(
            edition="x", opens_at=consultation.opens_at, closes_at=consultation.closes_at, lead="x", by=by
        ),
        lambda: actions.record_review(edition="x", kind="pilot", held_on=date(2026, 5, 1), learned=("x", "x"), by=by),
    )
    for deed in deeds:
        with pytest.raises(NotAllowedError):
            deed()
