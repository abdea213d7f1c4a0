"""One list of several providers: the contact of one neither sees nor takes away what another handed in."""

from datetime import UTC, datetime

import pytest

from inspectorate.inspections.actions import NewInspection, NewModule, advance, arrange_inspection
from inspectorate.people.access import person_of
from inspectorate.people.models import Tie, User
from inspectorate.register.actions import NewBody, register_body
from inspectorate.sampling.actions import ListedCase, enter_list, remove_case, upload_list
from inspectorate.sampling.listed import File
from inspectorate.sampling.models import Case
from inspectorate.sampling.queries import hidden_from, without_interest
from inspectorate.sampling.refusals import Refusal, RefusedError
from inspectorate.sampling.wrong import Wrong
from tests.stages.conftest import CONTACT, LEAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(trust):
    """A list of an area with two providers, a case of each; Bob speaks for the first."""
    facts = {"kind": "probation_trust", "nation": "england", "region": "Moors", "invented": True}
    other = register_body(body=NewBody("Eastmoor", **facts), by=LEAD)
    new = NewInspection(title="The Moors", modules=[NewModule("iaow/2013")], area="The Moors", providers=[trust, other])
    inspection = arrange_inspection(inspection=new, by=LEAD)
    advance(inspection=inspection, verb="announce", by=LEAD, holds={"lead_named", "week_set", "week_ahead"})
    inspection.refresh_from_db()
    tie = {"kind": Tie.Kind.WORKS_FOR, "subject_kind": "body", "subject_id": trust.public_id}
    Tie.objects.create(user=User.objects.get(public_id=CONTACT[1]), declared_at=datetime.now(UTC), **tie)
    cases = [ListedCase("W001", holder=trust), ListedCase("E001", holder=other)]
    return enter_list(inspection=inspection, kind="case", cases=cases, by=LEAD)


def test_the_contact_of_one_provider_sees_no_case_of_another(shared):
    bob, theirs = person_of(CONTACT), Case.objects.get(reference="E001")
    assert [case.reference for case in without_interest(shared.cases.all(), bob)] == ["W001"]
    assert hidden_from(bob, shared.inspection) == {theirs.public_id}


def test_the_contact_of_one_provider_takes_no_case_of_another_off_the_list(shared):
    with pytest.raises(RefusedError) as told:
        remove_case(case=Case.objects.get(reference="E001"), why="It is closed.", by=CONTACT)
    assert told.value.code == Refusal.LIST_CHANGED
    remove_case(case=Case.objects.get(reference="W001"), why="It is closed.", by=CONTACT)
    assert [case.reference for case in shared.cases.all()] == ["E001"]


def test_the_contact_of_one_provider_does_not_replace_the_whole_list(shared):
    with pytest.raises(RefusedError) as told:
        upload_list(
            inspection=shared.inspection,
            kind="case",
            file=File("all.csv", b"case\nW002\n"),
            by=CONTACT,
            instead_of="the list",
        )
    assert told.value.code == Refusal.NOT_ONLY_YOURS
    assert shared.cases.count() == 2


def hand_in(shared, text, by):
    return upload_list(inspection=shared.inspection, kind="case", file=File("more.csv", text), by=by)[0]


HEADS = b"case,sex,ethnicity,age_group,disability,sentence,offence,risk_level,provider\n"
FACTS = b"male,white,18-24,no,licence,theft,low"


def test_the_contact_of_one_provider_adds_rows_of_that_one_alone(shared):
    rows = HEADS + b"N1," + FACTS + b",Eastmoor\nN2," + FACTS + b",Westmoor\nN3," + FACTS + b",\n"
    upload = hand_in(shared, rows, CONTACT)
    assert [(fault["row"], fault["code"]) for fault in upload.faults] == [(2, Wrong.PROVIDER_UNKNOWN)]
    added = shared.cases.filter(reference__startswith="N").order_by("reference")
    assert [(case.reference, case.holder.name) for case in added] == [("N2", "Westmoor"), ("N3", "Westmoor")]
    assert hand_in(shared, HEADS + b"N4," + FACTS + b",Eastmoor\n", LEAD).added == 1


def test_the_contact_of_one_provider_finds_no_file_of_another(shared, client, people):
    theirs = hand_in(shared, HEADS + b"N5," + FACTS + b",Eastmoor\nN6," + FACTS + b",\n", LEAD)
    own = hand_in(shared, HEADS + b"N7," + FACTS + b",Westmoor\n", CONTACT)
    home = f"{shared.inspection.get_absolute_url()}list/case/"
    client.force_login(people[CONTACT])
    assert theirs.public_id not in client.get(home).content.decode()
    answers = [client.get(f"{home}uploads/{one.public_id}/").status_code for one in (theirs, own)]
    assert answers == [404, 200]
    assert client.get(f"{home}uploads/{theirs.public_id}/corrected.csv").status_code == 404
    client.force_login(people[LEAD])
    assert client.get(f"{home}uploads/{theirs.public_id}/").status_code == 200
