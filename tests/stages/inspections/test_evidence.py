"""The life of evidence: saved as a draft, given, marked, challenged, answered, given anew; and every refusal."""

import pytest
from django.db import IntegrityError, transaction

from inspectorate.inspections.actions import (
    Written,
    advance,
    answer_challenge,
    give_evidence,
    mark_evidence,
    save_evidence,
)
from inspectorate.inspections.models import Attachment, ChallengeAnswer, EvidenceFile, EvidenceVersion, Mark
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.people.access import NotAllowedError
from inspectorate.record.models import Entry
from tests.stages.inspections.conftest import pdf

pytestmark = pytest.mark.django_db
FIRST = ("iaow/2013", "1")
WHOLE = {"text": "Reports were dip-sampled.", "rating": "sufficient", "reasons": "Nine of ten reports were in time."}


@pytest.fixture
def give(announced, contact):
    """Give evidence for the first standard; what is changed is named."""

    def given(**changed):
        return give_evidence(inspection=announced, standard=FIRST, written=Written(**(WHOLE | changed)), by=contact)

    return given


@pytest.fixture
def draft(announced, contact):
    """Save a draft for the first standard."""

    def drafted(**changed):
        return save_evidence(inspection=announced, standard=FIRST, written=Written(**changed), by=contact)

    return drafted


def refused(code, do):
    with pytest.raises(RefusedError) as caught:
        do()
    assert caught.value.code == code
    return caught.value.sentence


def test_a_draft_is_saved_with_nothing_but_a_word_and_grows_version_by_version(draft):
    first = draft(text="Something")
    second = draft(text="Something more", based_on=1)
    assert [(one.number, one.given, one.text) for one in EvidenceVersion.objects.order_by("number")] == [
        (1, False, "Something"),
        (2, False, "Something more"),
    ]
    assert (first.replaces, second.replaces) == (None, None)


def test_evidence_is_given_and_the_record_says_so_without_its_words(give):
    version = give(files=[pdf()])
    entry = Entry.objects.get(verb="evidence.given")
    assert (version.given, version.number, entry.subject_id) == (True, 1, version.public_id)
    told = entry.payload.data if hasattr(entry.payload, "data") else entry.payload.text
    assert "plan.pdf" in str(told)
    assert "dip-sampled" not in str(told)


def test_what_was_given_is_changed_by_a_new_version_with_a_reason_and_the_old_one_stays(give):
    first = give()
    sentence = refused(Refusal.WHY_MISSING, lambda: give(text="Otherwise", based_on=1))
    second = give(text="Otherwise", why="The figure was of the wrong year.", based_on=1)
    first.refresh_from_db()
    assert "say why it changes" in sentence
    assert (second.number, second.replaces, first.text) == (2, first, WHOLE["text"])


def test_giving_the_same_again_is_refused_where_it_would_be_a_change_and_harmless_where_it_is_a_second_press(give):
    first = give()
    assert give() == first
    refused(Refusal.NOTHING_CHANGED, lambda: give(why="No reason", based_on=1))
    assert EvidenceVersion.objects.count() == 1


def test_two_who_give_at_once_give_one_version_and_one_refusal(give, draft):
    give()
    sentence = refused(Refusal.SAVED_MEANWHILE, lambda: give(text="The words of the other", based_on=0))
    assert "Your words are still here" in sentence
    refused(Refusal.SAVED_MEANWHILE, lambda: draft(text="A draft", based_on=0))
    assert EvidenceVersion.objects.get().text == WHOLE["text"]


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        (Refusal.EVIDENCE_MISSING, {"text": "  "}),
        (Refusal.RATING_MISSING, {"rating": ""}),
        (Refusal.RATING_MISSING, {"rating": "outstanding"}),
        (Refusal.REASONS_MISSING, {"reasons": " "}),
        (Refusal.TEXT_TOO_LONG, {"text": "x" * 20_001}),
    ],
)
def test_what_is_not_whole_is_not_given(give, code, changed):
    refused(code, lambda: give(**changed))
    assert not EvidenceVersion.objects.exists()


def test_a_file_stands_for_a_text(give):
    assert give(text="", files=[pdf()]).attachments.get().name == "plan.pdf"


def test_evidence_is_for_a_standard_that_is_asked_for(announced, contact):
    def other():
        save_evidence(inspection=announced, standard=("iaow/2013", "1.1"), written=Written(), by=contact)

    refused(Refusal.STANDARD_UNKNOWN, other)


def test_no_evidence_is_given_while_an_inspection_is_set_aside(announced, lead, give):
    advance(inspection=announced, verb="defer", by=lead, why="The court is being moved.")
    refused(Refusal.EVIDENCE_CLOSED, give)


def test_only_the_body_gives_and_only_the_lead_marks(announced, contact, lead, assessor, give):
    for by in (lead, assessor, ("user", "a-local-assessor"), ("user", "another-lead-inspector"), ("visitor", "x")):
        with pytest.raises(NotAllowedError):
            give_evidence(inspection=announced, standard=FIRST, written=Written(**WHOLE), by=by)
    version = give()
    for by in (contact, assessor, ("user", "a-chief-inspector"), ("user", "a-local-assessor")):
        with pytest.raises(NotAllowedError):
            mark_evidence(version=version, kind="seen", by=by)
    challenge = mark_evidence(version=version, kind="challenged", reason="Which reports?", by=lead)
    with pytest.raises(NotAllowedError):
        answer_challenge(challenge=challenge, text="All of them.", by=lead)


def test_the_same_file_is_kept_once_and_stands_once_in_a_standard(announced, contact, give):
    first = give(files=[pdf("plan.pdf"), pdf("copy of plan.pdf")])
    digest = first.attachments.get().file.digest
    give(files=[pdf("again.pdf")], kept=[digest], text="More", why="More to say", based_on=1)
    second = give_evidence(
        inspection=announced,
        standard=("iaow/2013", "2"),
        written=Written(**WHOLE, files=[pdf("other.pdf")]),
        by=contact,
    )
    assert EvidenceFile.objects.count() == 1
    assert [one.name for one in Attachment.objects.order_by("pk")] == ["plan.pdf", "plan.pdf", "other.pdf"]
    assert second.attachments.get().file.digest == digest


def test_a_file_of_a_draft_that_is_left_out_is_erased_and_one_that_was_given_stays(draft, give):
    draft(text="A", files=[pdf()])
    draft(text="B", kept=[], based_on=1)
    assert not EvidenceFile.objects.exists()
    given = give(files=[pdf()], based_on=2)
    draft(text="C", kept=[], based_on=3)
    assert given.attachments.count() == EvidenceFile.objects.count() == 1


def test_files_have_room_in_an_inspection_and_five_are_added_at_a_time(draft):
    big = 10 * 2**20 - 1_000
    five = [pdf(f"{number}.pdf", b"%d" % number * big) for number in range(5)]
    draft(text="A", files=five)
    sentence = refused(Refusal.FILES_TOO_LARGE, lambda: draft(text="B", files=[pdf("6.pdf", b"y" * 9_000)], based_on=1))
    assert "6.pdf" in sentence
    assert "0.0 MB are left" in sentence
    refused(Refusal.FILES_TOO_MANY, lambda: draft(text="B", files=[pdf()] * 6, based_on=1))


def test_the_lead_marks_and_marks_anew_and_every_mark_is_kept(give, lead):
    version = give()
    mark_evidence(version=version, kind="seen", by=lead)
    refused(Refusal.MARKED_ALREADY, lambda: mark_evidence(version=version, kind="seen", by=lead))
    mark_evidence(version=version, kind="agreed", by=lead)
    assert list(version.marks.order_by("number").values_list("number", "kind")) == [(1, "seen"), (2, "agreed")]


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        (Refusal.MARK_UNKNOWN, "liked", ""),
        (Refusal.REASON_MISSING, "challenged", " "),
        (Refusal.TEXT_TOO_LONG, "seen", "x" * 20_001),
    ],
)
def test_a_mark_is_one_of_three_and_a_challenge_has_a_reason(give, lead, code, kind, reason):
    version = give()
    refused(code, lambda: mark_evidence(version=version, kind=kind, reason=reason, by=lead))


def test_a_draft_is_not_marked_nor_what_a_later_version_supersedes(draft, give, lead):
    first = draft(text="A")
    refused(Refusal.NOT_GIVEN, lambda: mark_evidence(version=first, kind="seen", by=lead))
    second = give(based_on=1)
    give(based_on=2, text="Otherwise", why="It was wrong")
    refused(Refusal.SUPERSEDED, lambda: mark_evidence(version=second, kind="seen", by=lead))


def test_a_challenge_is_answered_once(give, contact, lead):
    challenge = mark_evidence(version=give(), kind="challenged", reason="Which reports?", by=lead)
    refused(Refusal.REASON_MISSING, lambda: answer_challenge(challenge=challenge, text=" ", by=contact))
    refused(Refusal.TEXT_TOO_LONG, lambda: answer_challenge(challenge=challenge, text="x" * 20_001, by=contact))
    answer_challenge(challenge=challenge, text="Those of March.", by=contact)
    refused(Refusal.ANSWERED_ALREADY, lambda: answer_challenge(challenge=challenge, text="And May.", by=contact))
    assert ChallengeAnswer.objects.get().text == "Those of March."
    mark_evidence(version=challenge.version, kind="agreed", by=lead)
    again = lambda: mark_evidence(version=challenge.version, kind="challenged", reason="Still", by=lead)  # noqa: E731 - one call
    refused(Refusal.CHALLENGED_ALREADY, again)


def test_what_is_not_challenged_any_more_is_not_answered(give, contact, lead):
    version = give()
    seen = mark_evidence(version=version, kind="seen", by=lead)
    refused(Refusal.NO_CHALLENGE, lambda: answer_challenge(challenge=seen, text="Thank you.", by=contact))
    challenge = mark_evidence(version=version, kind="challenged", reason="Which?", by=lead)
    give(text="Otherwise", why="You asked", based_on=1)
    refused(Refusal.SUPERSEDED, lambda: answer_challenge(challenge=challenge, text="Those.", by=contact))


def broken(name, make):
    with pytest.raises(IntegrityError, match=f"{name}|UNIQUE"), transaction.atomic():
        make()


def test_the_database_holds_what_must_be_true_of_evidence(give):
    version = give(files=[pdf()])
    update = EvidenceVersion.objects.filter(pk=version.pk).update
    broken("inspections_evidence_versions_begin_at_one", lambda: update(number=0))
    broken("inspections_evidence_is_for_a_standard", lambda: update(standard=""))
    broken("inspections_given_evidence_has_a_self_assessment", lambda: update(rating=""))
    broken("inspections_changed_evidence_says_why", lambda: update(replaces=version.pk))
    facts = {
        "inspection": version.inspection,
        "body": version.body,
        "edition": "iaow/2013",
        "standard": "1",
        "number": 1,
    }
    who = {"saved_at": version.saved_at, "saved_by_kind": "user", "saved_by_id": "x"}
    broken("inspections_evidence_versions_are_numbered", lambda: EvidenceVersion.objects.create(**facts, **who))
    attached = version.attachments.get()
    again = {"version": version, "file": attached.file, "name": "x"}
    broken("inspections_a_file_stands_once_in_a_version", lambda: Attachment.objects.create(**again))
    broken("inspections_attachment_has_a_name", lambda: Attachment.objects.filter(pk=attached.pk).update(name=""))
    files = EvidenceFile.objects.filter(pk=attached.file_id)
    broken("inspections_file_is_neither_empty_nor_too_large", lambda: files.update(size=0))
    broken("inspections_file_is_neither_empty_nor_too_large", lambda: files.update(size=10 * 2**20 + 1))
    broken("inspections_file_has_a_digest", lambda: files.update(digest="short"))
    same = {"inspection": version.inspection, "digest": attached.file.digest, "size": 1, "kind": "pdf", "content": b"x"}
    broken("inspections_the_same_file_is_kept_once", lambda: EvidenceFile.objects.create(**same))


def test_the_database_holds_what_must_be_true_of_marks(give, lead):
    mark = mark_evidence(version=give(), kind="challenged", reason="Which?", by=lead)
    update = Mark.objects.filter(pk=mark.pk).update
    broken("inspections_mark_is_known", lambda: update(kind="liked"))
    broken("inspections_challenge_has_a_reason", lambda: update(reason=""))
    facts = {"version": mark.version, "marked_at": mark.marked_at, "marked_by_kind": "user", "marked_by_id": "x"}
    broken("inspections_marks_are_numbered", lambda: Mark.objects.create(number=1, kind="seen", **facts))
    second = {"number": 2, "kind": "challenged", "reason": "And", **facts}
    broken("inspections_a_version_is_challenged_once", lambda: Mark.objects.create(**second))
    empty = {"challenge": mark, "text": "", "answered_at": mark.marked_at, "answered_by_kind": "user"}
    broken("inspections_answer_to_a_challenge_has_words", lambda: ChallengeAnswer.objects.create(**empty))
