"""Several bodies in one inspection: the evidence of each is its own, and the lead sees all of it by body."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from inspectorate.inspections.actions import (
    NewInspection,
    NewModule,
    Written,
    advance,
    answer_challenge,
    arrange_inspection,
    give_evidence,
    mark_evidence,
    save_evidence,
)
from inspectorate.inspections.evidence.tasks import evidence_tasks
from inspectorate.inspections.refusals import Refusal
from inspectorate.people.access import NotAllowedError, person_of
from inspectorate.people.models import Role, Tie, User
from inspectorate.register.actions import NewBody, register_body
from tests.stages.conftest import CONTACT, LEAD
from tests.stages.inspections.asked import refused
from tests.stages.inspections.conftest import pdf

pytestmark = pytest.mark.django_db
EVA = ("user", "the-contact-of-eastmoor")
FIRST = ("iaow/2013", "1")
AT = datetime(2026, 1, 1, tzinfo=UTC)


def speaks_for(user, body):
    tie = {"kind": Tie.Kind.WORKS_FOR, "subject_kind": "body", "subject_id": body.public_id}
    Tie.objects.create(user=user, declared_at=AT, **tie)


@pytest.fixture
def eastmoor(people):
    assert people
    facts = {"kind": "probation_trust", "nation": "england", "region": "Moors", "invented": True}
    return register_body(body=NewBody("Eastmoor", **facts), by=LEAD)


@pytest.fixture
def area(trust, eastmoor, people):
    """An area with two trusts, announced: Bob speaks for Westmoor, Eva for Eastmoor."""
    new = NewInspection(title="Moors", modules=[NewModule("iaow/2013")], area="The Moors", providers=[trust, eastmoor])
    inspection = arrange_inspection(inspection=new, by=LEAD)
    advance(inspection=inspection, verb="announce", by=LEAD, holds={"lead_named", "week_set", "week_ahead"})
    inspection.refresh_from_db()
    eva = User.objects.create(public_id=EVA[1], username="eva", email="eva@example.org", role=Role.BODY_CONTACT)
    speaks_for(people[CONTACT], trust)
    speaks_for(eva, eastmoor)
    return inspection


def gives(inspection, by, text, **more):
    written = Written(text=text, rating="sufficient", reasons=f"Because {text}", files=[pdf()])
    return give_evidence(inspection=inspection, standard=FIRST, written=written, by=by, **more)


def test_each_body_has_versions_of_its_own_for_one_standard(area, trust, eastmoor):
    save_evidence(inspection=area, standard=FIRST, written=Written(text="A draft"), by=EVA)
    west, east = gives(area, CONTACT, "Ours of the west"), area.evidence.get(body=eastmoor)
    assert [(one.body, one.number) for one in (west, east)] == [(trust, 1), (eastmoor, 1)]


def test_a_contact_finds_the_evidence_of_their_own_body_alone_and_the_lead_that_of_all(area, client, people, eastmoor):
    west, east = gives(area, CONTACT, "Ours of the west"), gives(area, EVA, "Ours of the east")
    mark_evidence(version=east, kind="challenged", reason="The east falls short.", by=LEAD)
    client.force_login(people[CONTACT])
    pages = [reverse("inspections:evidence", args=[area.public_id])]
    pages += [reverse(f"inspections:evidence_{one}", args=[area.public_id, "iaow", "2013", "1"]) for one in WAYS]
    text = "".join(client.get(page).content.decode() for page in pages)
    assert ("Ours of the west" in text, "east" in text.lower().replace("least", "")) == (True, False)
    assert client.get(f"{pages[1]}?of={eastmoor.public_id}").status_code == 404
    files = [one.attachments.get().public_id for one in (west, east)]
    answers = [client.get(reverse("inspections:evidence_file", args=[area.public_id, one])) for one in files]
    assert [one.status_code for one in answers] == [200, 404]
    client.force_login(people[LEAD])
    listed = client.get(pages[0]).content.decode()
    assert all(name in listed for name in ("Westmoor Probation Trust", "Eastmoor Probation Trust"))
    assert "Ours of the east" in client.get(f"{pages[1]}?of={eastmoor.public_id}").content.decode()


WAYS = ("standard", "write")


def test_a_contact_neither_writes_nor_answers_for_another_body(area, eastmoor):
    with pytest.raises(NotAllowedError, match="You do not speak for Eastmoor"):
        gives(area, CONTACT, "Not ours", body=eastmoor)
    east = gives(area, EVA, "Ours of the east")
    challenge = mark_evidence(version=east, kind="challenged", reason="Where is the plan?", by=LEAD)
    with pytest.raises(NotAllowedError, match="You do not speak for Eastmoor"):
        answer_challenge(challenge=challenge, text="It is here.", by=CONTACT)
    assert answer_challenge(challenge=challenge, text="It is here.", by=EVA)


def test_whoever_speaks_for_two_says_for_which_it_is(area, eastmoor, people, trust):
    speaks_for(people[CONTACT], eastmoor)
    with refused(Refusal.BODY_UNCLEAR):
        gives(area, CONTACT, "Ours")
    assert gives(area, CONTACT, "Ours", body=trust).body == trust


def test_on_the_page_evidence_is_written_for_the_body_that_the_address_names(area, client, people, eastmoor):
    speaks_for(people[CONTACT], eastmoor)
    client.force_login(people[CONTACT])
    write = reverse("inspections:evidence_write", args=[area.public_id, "iaow", "2013", "1"])
    sent = {"based_on": "0", "text": "Ours", "rating": "sufficient", "reasons": "Many.", "give": ""}
    answer = client.post(f"{write}?of={eastmoor.public_id}", sent)
    assert (answer.status_code, eastmoor.public_id in answer["Location"]) == (302, True)
    assert area.evidence.get().body == eastmoor


def test_a_file_that_two_bodies_gave_stays_where_one_takes_it_out(area):
    files = [pdf()]
    for who in (CONTACT, EVA):
        save_evidence(inspection=area, standard=FIRST, written=Written(text="With a file", files=files), by=who)
    save_evidence(inspection=area, standard=FIRST, written=Written(text="Without", based_on=1), by=CONTACT)
    assert area.evidence.filter(attachments__isnull=False).get().saved_by_id == EVA[1]


def test_tasks_count_one_s_own_body_and_for_the_lead_all(area):
    gives(area, EVA, "Ours of the east")
    notes = [str(evidence_tasks(person_of(who), AT)[0].about) for who in (CONTACT, EVA)]
    assert [note.split(": ")[1].split(" of ")[0] for note in notes] == ["0", "1"]
    assert "1 to read" in str(evidence_tasks(person_of(LEAD), AT)[0].about)
