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
