"""Of an inspection that was rated, moved by the panel, challenged, published and erased, every figure still holds."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import models
from django.test import Client, override_settings
from django.urls import resolve

from benchmarks.pages.crawling import LINK
from inspectorate.config.story import scenes, telling, words
from inspectorate.config.upkeep.actions import erase_due
from inspectorate.inspections.actions import answer_challenge
from inspectorate.inspections.models import Inspection, Mark
from inspectorate.people.models import Role, User
from inspectorate.publication.models import Release
from inspectorate.ratings.actions import decide_move, propose_move, settle_ratings
from inspectorate.ratings.models import Judgement, PanelMove, Settlement
from inspectorate.ratings.queries import scored_inspection
from inspectorate.ratings.rated import ratings_of
from inspectorate.ratings.settled import verify
from inspectorate.record.names import ERASED
from inspectorate.record.queries import verify_stream
from inspectorate.reports.models import Comment, Draft, SectionVersion, SignedReport

pytestmark = pytest.mark.django_db
BY = ("system", "duties")
MOVED, AGREED, DECLINED = "A late file would have changed it.", "Both read the file.", "Nobody else saw it so."
NEVER = "It was thought of for an hour alone."
ANSWERED = "The director answers that the figures were of another year."
SCENE = scenes.Scene(
    "Thornley 2026",
    "youth/2018",
    (scenes.InventedBody("Thornley", scenes.YOUTH, scenes.ENGLAND, "Vale"),),
    {"court": 5, "out_of_court": 5},
    "closed",
    -20,
)


class _Nowhere:
    def account(self, _):
        return ""


def with_moves(*, inspection, by):
    """Have the panel move one rating and decline to move it first; then settle, reopen nothing, and go on."""
    scored = scored_inspection(inspection)
    rule = next(one.rule for one in ratings_of(scored, _Nowhere(), [], []) if one.grounds)
    to = next(level.code for level in rule.step.bands.levels if level != rule.band)
    chief = User.objects.get(role=Role.CHIEF_INSPECTOR, demonstration=True).name
    given = {"inspection": inspection, "standard": rule.code, "to": to, "by": by}
    decide_move(move=propose_move(**given, reason=NEVER), verdict="declined", reason=DECLINED, by=chief)
    decide_move(move=propose_move(**given, reason=MOVED), verdict="confirmed", reason=AGREED, by=chief)
    return settle_ratings(inspection=inspection, by=by)


@pytest.fixture(scope="module")
def closed(for_the_module, tmp_path_factory):  # noqa: ARG001 - it opens the database
    """An inspection from its announcement to its end, with a challenge that was answered; its contact's pages too."""
    real = telling.TELL["sampled"]

    def sampled(scene, cast, inspection):
        for challenge in Mark.objects.filter(version__inspection=inspection, kind="challenged"):
            answer_challenge(challenge=challenge, text=ANSWERED, by=cast.contact.name)
        real(scene, cast, inspection)

    with override_settings(VAR=tmp_path_factory.mktemp("var")), pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "SCENES", (SCENE,))
        patch.setattr(telling, "settle_ratings", with_moves)
        patch.setattr(telling, "MOMENT", timedelta(milliseconds=1))  # its pages are read as soon as it is told
        plain = {code: re.sub(r"\{[a-z]+:[^}]*\}", "some", text) for code, text in words.SECTIONS.items()}
        patch.setattr(words, "SECTIONS", plain)  # this edition draws no chart of one score
        patch.setitem(telling.TELL, "sampled", sampled)
        (made,) = telling.tell_story(by=("system", "demo"))
        yield made.pk


def figures():
    return [(one.payload, verify(one)) for one in Settlement.objects.order_by("number")]


def public_pages():
    """Return what anybody reads of it, without what differs from one reading to the next."""
    address = f"/results/{Release.objects.get().public_id}/"
    return [Client().get(address + part).content for part in ("", "findings/", "report/")]


def standing():
    """Return every place in which one of the words of people still stands."""
    said = [NEVER, DECLINED, ANSWERED, words.CHALLENGE, words.REASONS, words.ANSWER, *words.COMMENT, *words.EVIDENCE]
    found = set()
    for model in apps.get_models():
        columns = [one for one in model._meta.concrete_fields if isinstance(one, models.TextField | models.CharField)]
        columns += [one for one in model._meta.concrete_fields if isinstance(one, models.JSONField)]
        for row in model._base_manager.all():
            texts = {one.name: str(one.value_from_object(row)) for one in columns}
            if isinstance(row, Settlement):
                texts["inputs"] = str(row.stored)
            found |= {f"{model._meta.label}.{name}" for name, text in texts.items() for one in said if one in text}
    return found


@pytest.fixture(scope="module")
def erased(closed):
    """The same inspection seven years after it became public, with what was there before."""
    inspection = Inspection.objects.get(pk=closed)
    before = (figures(), public_pages(), standing())
    gone = erase_due(by=BY, at=datetime.now(UTC) + timedelta(days=7 * 366))
    return inspection, before, gone


def test_everything_that_is_due_goes(erased):
    _, (_, _, stood), gone = erased
    assert {"case_details", "evidence", "report_work"} <= set(gone)
    assert len(stood) > 10
    assert standing() == set()


def test_the_ratings_come_out_the_same_with_the_same_figures(erased):
    _, (before, _, _), _ = erased
    after = figures()
    assert [payload for payload, _ in after] == [payload for payload, _ in before]
    assert [one.differences for _, one in before] == [()]
    assert [(one.differences, one.figures) for _, one in after] == [((), one.figures) for _, one in before]
    assert min(one.figures for _, one in after) > 100
    assert {move.state for move in PanelMove.objects.all()} == {"confirmed", "declined"}
    assert set(PanelMove.objects.values_list("reason", "decision_reason")) == {(ERASED, ERASED)}
    assert set(Judgement.objects.values_list("reason", flat=True)) == {ERASED}


def test_what_is_public_reads_as_before_and_the_record_holds(erased):
    inspection, (_, pages, _), _ = erased
    assert public_pages() == pages
    assert all(b"Thornley" in page for page in pages)
    assert verify_stream(inspection.name).ok


def test_places_numbers_and_digests_of_what_went_stay(erased):
    assert Draft.objects.count() == 2
    assert all(len(one.digest) == 64 and one.digest for one in Draft.objects.all())
    signed = SignedReport.objects.get()
    assert ERASED not in str(signed.content)
    assert MOVED in str(signed.content["results"]), "what the public report says of the panel stays"
    assert set(SectionVersion.objects.exclude(text="").values_list("text", "written_by_name")) == {(ERASED, "")}
    comment = Comment.objects.get()
    assert (comment.wrong, comment.made_by_name, comment.answers.get().verdict) == (ERASED, "", "accepted")
    assert erased[0].pk


def pages_of(client, inspection):
    """Yield the address and the status of one page of each kind that links lead to within an inspection."""
    first = inspection.get_absolute_url()
    waiting, seen = [first], {resolve(first).view_name}
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        yield path, answer.status_code
        links = LINK.findall(answer.content.decode()) if answer["Content-Type"].startswith("text/html") else []
        for link in {urlsplit(urljoin(path, one)).path for one in links}:
            if link.startswith(first) and (kind := resolve(link).view_name) not in seen:
                seen.add(kind)
                waiting.append(link)


@pytest.mark.parametrize("role", [Role.CHIEF_INSPECTOR, Role.LEAD_INSPECTOR, Role.BODY_CONTACT])
def test_every_page_of_it_still_opens(erased, client, role):
    inspection, _, _ = erased
    client.raise_request_exception = True
    user = next(one for one in User.objects.filter(role=role) if may_open(one, inspection))
    client.force_login(user)
    found = dict(pages_of(client, inspection))
    ended = {path for path, status in found.items() if status == 410}
    assert ended <= {f"{inspection.get_absolute_url()}draft/"}, "a body's copy has ended, and says so"
    assert [path for path, status in found.items() if status not in (200, 302, 403) and path not in ended] == []
    assert len(found) > (5 if role == Role.BODY_CONTACT else 20)


def may_open(user, inspection):
    signed_in = Client()
    signed_in.force_login(user)
    return signed_in.get(inspection.get_absolute_url()).status_code == 200
