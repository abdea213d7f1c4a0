"""The pages of evidence: writing, giving, marking, answering, files; who sees what."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from inspectorate.inspections.actions import (
    Written,
    advance,
    agree_to_export,
    answer_challenge,
    ask_for_export,
    give_evidence,
    mark_evidence,
    save_evidence,
)
from inspectorate.inspections.evidence.tasks import evidence_tasks
from inspectorate.inspections.models import EvidenceVersion, Inspection
from inspectorate.inspections.tasks import tasks_of
from inspectorate.people.access import person_of
from inspectorate.people.models import User
from inspectorate.ui.uploads.documents import stripped_pdf
from tests.stages.inspections.conftest import PDF, pdf

pytestmark = pytest.mark.django_db
CHIEF, LEAD, ASSESSOR = "a-chief-inspector", "a-lead-inspector", "an-assessor"
CONTACT, LOCAL, OUTSIDER = "a-body-contact", "a-local-assessor", "another-lead-inspector"
FIRST = ("iaow/2013", "1")
WHOLE = {"text": "Reports were dip-sampled.", "rating": "sufficient", "reasons": "Nine of ten were in time."}


@pytest.fixture
def as_(client):
    """Sign in as somebody of the cast and return the client."""

    def signed_in(who):
        client.force_login(User.objects.get(public_id=who))
        return client

    return signed_in


@pytest.fixture
def at(announced):
    """Return the address of a page of evidence; of the first standard unless it is the list."""

    def address(page="standard"):
        if page == "list":
            return reverse("inspections:evidence", args=[announced.public_id])
        return reverse(f"inspections:evidence_{page}", args=[announced.public_id, "iaow", "2013", "1"])

    return address


@pytest.fixture
def given(announced, contact):
    """Evidence for the first standard, given with a file."""
    return give_evidence(
        inspection=announced, standard=FIRST, written=Written(**WHOLE, files=[pdf("the plan.pdf")]), by=contact
    )


def file_address(version):
    return reverse(
        "inspections:evidence_file", args=[version.inspection.public_id, version.attachments.get().public_id]
    )


@pytest.mark.usefixtures("contact")
def test_the_body_writes_a_draft_then_gives_it_and_the_list_counts_it(as_, at):
    body = as_(CONTACT)
    assert "0 of 5 standards given" in body.get(at("list")).content.decode()
    saved = body.post(at("write"), {"text": "Something", "based_on": "0", "save": "draft"})
    assert saved["Location"] == at("write") + "?done=draft"
    page = body.get(saved["Location"]).content.decode()
    assert "Saved as a draft" in page
    assert 'name="based_on" value="1"' in page
    files = SimpleUploadedFile("plan.pdf", PDF)
    done = body.post(at("write"), {**WHOLE, "based_on": "1", "give": "yes", "files": files})
    assert done["Location"] == at() + "?done=given"
    page = body.get(at("list")).content.decode()
    assert "1 of 5 standards given" in page
    assert "1 file" in page


@pytest.mark.usefixtures("contact")
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(as_, at):
    body = as_(CONTACT)
    typed = {"text": "What I typed", "reasons": "Because", "based_on": "0", "give": "yes"}
    page = body.post(at("write"), typed).content.decode()
    assert "Choose how you rate your own work at this standard." in page
    assert "What I typed" in page
    bad = SimpleUploadedFile("plan.exe", b"MZ\x00")
    page = body.post(at("write"), {**typed, "rating": "sufficient", "files": bad}).content.decode()
    assert "is of a kind that is not taken" in page
    assert 'href="#id_files"' in page
    assert "What I typed" in page
    assert "choose the files again" in page
    assert not EvidenceVersion.objects.exists()


@pytest.mark.usefixtures("contact")
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.pdf", b"", "is empty"),
        ("plan.pdf", PDF + b"x" * 10 * 2**20, "a file may have 10 MB"),
        ("x" * 200 + ".pdf", PDF, "shorten the name"),
    ],
)
def test_a_file_that_is_empty_too_large_or_badly_named_says_what_to_do(as_, at, name, content, says):
    typed = {**WHOLE, "based_on": "0", "give": "yes", "files": SimpleUploadedFile(name, content)}
    page = as_(CONTACT).post(at("write"), typed).content.decode()
    assert says in page
    assert WHOLE["text"] in page


def test_two_who_save_at_once_both_keep_their_words_and_the_second_can_go_on(as_, at, announced, contact):
    body = as_(CONTACT)
    save_evidence(inspection=announced, standard=FIRST, written=Written(text="The words of a colleague"), by=contact)
    page = body.post(at("write"), {"text": "My own words", "based_on": "0", "save": "draft"}).content.decode()
    assert "Somebody saved something for this standard meanwhile" in page
    assert "The words of a colleague" in page
    assert "My own words" in page
    assert 'name="based_on" value="1"' in page
    again = body.post(at("write"), {"text": "My own words", "based_on": "1", "save": "draft"})
    assert again.status_code == 302
    assert list(EvidenceVersion.objects.order_by("number").values_list("text", flat=True)) == [
        "The words of a colleague",
        "My own words",
    ]


@pytest.mark.usefixtures("contact")
def test_the_same_form_sent_twice_saves_once(as_, at):
    body = as_(CONTACT)
    for _ in range(2):
        assert body.post(at("write"), {**WHOLE, "based_on": "0", "give": "yes"}).status_code == 302
    assert EvidenceVersion.objects.count() == 1


def test_what_was_given_is_changed_with_a_reason_and_a_file_can_be_left_out(as_, at, given):
    body = as_(CONTACT)
    digest = given.attachments.get().file.digest
    changed = {**WHOLE, "text": "Otherwise", "based_on": "1", "give": "yes", "leave_out": digest}
    page = body.post(at("write"), changed).content.decode()
    assert "say why it changes" in page
    assert body.post(at("write"), {**changed, "why": "The wrong year"}).status_code == 302
    page = body.get(at()).content.decode()
    assert "The wrong year" in page
    assert "the plan.pdf" not in page
    assert "the plan.pdf" in body.get(at() + "?version=1").content.decode()


def test_a_draft_is_the_body_s_own(as_, at, announced, contact):
    save_evidence(inspection=announced, standard=FIRST, written=Written(text="Unfinished", files=[pdf()]), by=contact)
    version = EvidenceVersion.objects.get()
    for who in (LEAD, CHIEF, ASSESSOR):
        client = as_(who)
        assert "Unfinished" not in client.get(at()).content.decode()
        assert "Unfinished" not in client.get(at() + "?version=1").content.decode()
        assert "Not given yet" in client.get(at("list")).content.decode()
        assert client.get(file_address(version)).status_code == 404
    assert "Unfinished" in as_(CONTACT).get(at()).content.decode()


@pytest.mark.parametrize(
    ("who", "answers"),
    [
        (CONTACT, (200, 200, 403)),
        (LEAD, (200, 403, 302)),
        (CHIEF, (200, 403, 403)),
        (ASSESSOR, (200, 403, 403)),
        (OUTSIDER, (404, 404, 404)),
    ],
)
def test_who_reads_writes_and_marks(as_, at, given, who, answers):
    reads, writes, marks = answers
    client = as_(who)
    assert {client.get(at(page)).status_code for page in ("list", "standard")} == {reads}
    assert client.get(file_address(given)).status_code == reads
    assert client.get(at("write")).status_code == writes
    mark = {"version": given.public_id, "kind": "seen"}
    assert client.post(at("mark"), mark).status_code == marks


def test_local_assessors_of_the_team_see_nothing_of_it(as_, at, announced, given, lead):
    from inspectorate.inspections.actions import join_team  # noqa: PLC0415 - here alone

    join_team(inspection=announced, user=User.objects.get(public_id=LOCAL), role="local_assessor", by=lead)
    client = as_(LOCAL)
    assert {client.get(at(page)).status_code for page in ("list", "standard")} == {403}
    assert client.get(file_address(given)).status_code == 403
    assert at("list") not in client.get(announced.get_absolute_url()).content.decode()


def test_a_draft_is_neither_in_the_export_nor_its_words_in_the_record(as_, announced, given, contact):
    changed = Written(text="Unfinished", rating="not_sufficient", files=[pdf("secret.pdf", b"secret")], based_on=1)
    save_evidence(inspection=announced, standard=FIRST, written=changed, by=contact)
    held = ask_for_export(inspection=announced, why="To look into it", by=("user", "a-lead-inspector"))
    agree_to_export(export=held, by=("user", "a-chief-inspector"))
    answer = as_(LEAD).post(f"{announced.get_absolute_url()}export/{held.public_id}/everything.zip")
    made = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    everything = made.read("everything.json").decode()
    assert [row["text"] for row in json.loads(everything)["tables"]["inspections_evidenceversion"]] == [given.text]
    assert "Unfinished" not in everything
    assert "secret.pdf" not in everything
    assert len([name for name in made.namelist() if name.startswith("files/evidencefile")]) == 1


def test_a_file_is_handed_over_to_be_saved_and_never_shown(as_, given):
    answer = as_(ASSESSOR).get(file_address(given))
    assert answer.content == stripped_pdf(PDF)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="the plan.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_file_of_another_inspection_is_not_found_under_this_one(as_, given, trust, lead):
    from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection  # noqa: PLC0415

    other = arrange_inspection(inspection=NewInspection("Other", [NewModule("iaow/2013")], body=trust), by=lead)
    address = reverse("inspections:evidence_file", args=[other.public_id, given.attachments.get().public_id])
    assert as_(LEAD).get(address).status_code == 404


def test_the_lead_challenges_the_body_answers_once_and_both_stand_side_by_side(as_, at, given):
    challenge = {"version": given.public_id, "kind": "challenged", "reason": "Which reports?"}
    lead = as_(LEAD)
    page = lead.post(at("mark"), {**challenge, "reason": ""}).content.decode()
    assert "Say why you challenge it" in page
    assert lead.post(at("mark"), challenge).status_code == 302
    mark = given.marks.get()
    body = as_(CONTACT)
    assert "Answer the challenge" in body.get(at("list")).content.decode()
    page = body.get(at()).content.decode()
    assert "Which reports?" in page
    answer = {"challenge": mark.public_id, "text": "Those of March."}
    assert "Write your answer" in body.post(at("answer"), {**answer, "text": ""}).content.decode()
    assert body.post(at("answer"), answer).status_code == 302
    again = body.post(at("answer"), {**answer, "text": "And May"}).content.decode()
    assert "is answered once" in again
    page = as_(ASSESSOR).get(at()).content.decode()
    assert page.index("Which reports?") < page.index("Those of March.")


@pytest.mark.usefixtures("given")
def test_a_standard_or_version_that_is_not_there_is_not_found(as_, at):
    client = as_(LEAD)
    assert client.get(at().replace("/1/", "/9/")).status_code == 404
    assert client.post(at("mark"), {"version": "0" * 32, "kind": "seen"}).status_code == 404
    assert as_(CONTACT).post(at("answer"), {"challenge": "0" * 32, "text": "x"}).status_code == 404


@pytest.mark.usefixtures("given")
def test_evidence_is_closed_while_the_inspection_is_set_aside(as_, at, announced, lead):
    advance(inspection=announced, verb="defer", by=lead, why="The court is moving.")
    body = as_(CONTACT)
    assert body.get(at("write")).status_code == 409
    assert "Evidence is not being taken" in body.get(at("list")).content.decode()
    assert WHOLE["text"] in body.get(at()).content.decode()


def test_the_pages_of_evidence_ask_at_most_twelve_things(as_, at, given, lead, django_assert_max_num_queries):
    announced, contact = given.inspection, ("user", CONTACT)
    mark = mark_evidence(version=given, kind="challenged", reason="Which?", by=lead)
    answer_challenge(challenge=mark, text="Those.", by=contact)
    for number in (1, 2, 3):
        changed = {**WHOLE, "text": f"Version {number}", "why": "More", "based_on": number}
        give_evidence(inspection=announced, standard=FIRST, written=Written(**changed, files=[pdf()]), by=contact)
    for who in (LEAD, CONTACT, CHIEF):
        client = as_(who)
        for page in ("list", "standard"):
            with django_assert_max_num_queries(12):
                assert client.get(at(page)).status_code == 200
        with django_assert_max_num_queries(12):
            client.get(file_address(given))
    client = as_(CONTACT)
    with django_assert_max_num_queries(12):
        assert client.get(at("write")).status_code == 200


def tasks(who, day=None):
    at = timezone.now() if day is None else timezone.make_aware(timezone.datetime.fromisoformat(day))
    return [(one.title, one.about, one.note) for one in evidence_tasks(person_of(("user", who)), at)]


def test_tasks_say_what_is_missing_what_waits_and_what_is_late(
    announced, given, contact, lead, django_assert_num_queries
):
    Inspection.objects.filter(pk=announced.pk).update(dates=[DUE])
    assert tasks(CONTACT) == [("Give your evidence and self-assessment", "Westmoor 2013: 1 of 5 standards given", "")]
    assert tasks(LEAD, "2013-03-11") == [("Say what you make of the evidence", "Westmoor 2013: 1 to read", "")]
    assert tasks(LEAD, "2013-03-12")[1:] == [
        ("Ask the body for its evidence", "Westmoor 2013", "1 of 5 standards were given.")
    ]
    mark = mark_evidence(version=given, kind="challenged", reason="Which?", by=lead)
    assert tasks(LEAD, "2013-03-11") == []
    assert tasks(CONTACT)[1] == ("Answer what the lead inspector challenged", "Westmoor 2013: 1", "")
    answer_challenge(challenge=mark, text="Those.", by=contact)
    assert len(tasks(CONTACT)) == 1
    assert tasks(LEAD, "2013-03-11") == [("Say what you make of the evidence", "Westmoor 2013: 1 to read", "")]
    for who in (ASSESSOR, CHIEF, OUTSIDER):
        assert tasks(who) == []
    assert [task.title for task in tasks_of(person_of(lead), timezone.now())] == [
        "Freeze the case list and draw the sample",
        "Say what you make of the evidence",
        "Ask the body for its evidence",
    ]
    person = person_of(lead)
    with django_assert_num_queries(1):
        evidence_tasks(person, timezone.now())


@pytest.mark.usefixtures("contact")
def test_nothing_given_by_the_day_is_the_lead_s_to_ask_for(announced):
    Inspection.objects.filter(pk=announced.pk).update(dates=[DUE])
    assert tasks(LEAD, "2013-03-12") == [("Ask the body for its evidence", "Westmoor 2013", "Nothing has been given.")]


DUE = {
    "code": "case_list",
    "title": {"en": "Case list", "cy": None},
    "on": "2013-03-11",
    "until": "2013-03-11",
    "why": "",
    "edition": "iaow/2013",
    "note": None,
    "to_verify": "",
}
