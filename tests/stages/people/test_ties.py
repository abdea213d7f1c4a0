"""What ties somebody to a body or a case: the chief inspector says for whom one works, interests are one's own."""

import pytest

from inspectorate.inspections.queries import visible_to
from inspectorate.people.access import NotAllowedError, person_of
from inspectorate.people.actions import deactivate, declare_interest, end_interest, give_role, tie_to_body, untie
from inspectorate.people.models import Role, Tie
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.models import Entry

CONTACT, LOCAL = ("user", "a-body-contact"), ("user", "a-local-assessor")


@pytest.fixture
def body(trust):
    return trust.public_id


def refused(action, **given):
    with pytest.raises(RefusedError) as caught:
        action(**given)
    return caught.value.code


def test_a_contact_who_is_tied_to_a_body_speaks_for_it(people, body, chief):
    assert person_of(CONTACT).works_for == frozenset()
    tie_to_body(user=people[CONTACT], body=body, by=chief)
    assert person_of(CONTACT).works_for == {body}
    assert person_of(CONTACT).interests("body") == frozenset()


def test_a_local_assessor_who_is_tied_to_a_body_is_barred_from_it(people, body, chief):
    tie_to_body(user=people[LOCAL], body=body, by=chief)
    assert person_of(LOCAL).interests("body") == {body}


def test_only_contacts_and_local_assessors_work_for_a_body(people, assessor, body, chief):
    assert refused(tie_to_body, user=people[assessor], body=body, by=chief) == Refusal.ROLE_UNFIT


def test_only_the_chief_inspector_ties_and_unties(people, body, lead, chief):
    with pytest.raises(NotAllowedError):
        tie_to_body(user=people[CONTACT], body=body, by=lead)
    tie = tie_to_body(user=people[CONTACT], body=body, by=chief)
    with pytest.raises(NotAllowedError):
        untie(tie=tie, by=CONTACT)
    assert untie(tie=tie, by=chief).ended_at is not None
    assert person_of(CONTACT).works_for == frozenset()


def test_the_same_tie_is_made_once_and_ended_once(people, body, chief):
    tie = tie_to_body(user=people[CONTACT], body=body, by=chief)
    assert refused(tie_to_body, user=people[CONTACT], body=body, by=chief) == Refusal.TIED_ALREADY
    untie(tie=tie, by=chief)
    assert refused(untie, tie=tie, by=chief) == Refusal.ENDED_ALREADY
    assert tie_to_body(user=people[CONTACT], body=body, by=chief) != tie


def test_nobody_is_tied_to_nothing_nor_after_they_left(people, body, chief):
    assert refused(tie_to_body, user=people[CONTACT], body=" ", by=chief) == Refusal.SUBJECT_UNKNOWN
    deactivate(user=people[CONTACT], why="Left", by=chief)
    assert refused(tie_to_body, user=people[CONTACT], body=body, by=chief) == Refusal.HAS_LEFT


def test_an_interest_that_is_declared_bars_from_the_inspection_at_once(people, inspection, body, assessor):
    assert inspection in visible_to(person_of(assessor))
    tie = declare_interest(user=people[assessor], kind="family", subject=("body", body), note="A sister", by=assessor)
    assert inspection not in visible_to(person_of(assessor))
    end_interest(tie=tie, by=assessor)
    assert inspection in visible_to(person_of(assessor))
    kept = Tie.objects.get()
    assert (kept.note, kept.ended_at is not None) == ("A sister", True)
    verbs = Entry.objects.filter(subject_id=assessor[1], verb__startswith="people.").values_list("verb", flat=True)
    assert list(verbs.order_by("sequence")) == ["people.tied", "people.untied"]


def test_nobody_declares_or_withdraws_for_another(people, body, assessor, lead, chief):
    given = {"user": people[assessor], "kind": "family", "subject": ("body", body)}
    for other in (lead, chief):
        with pytest.raises(NotAllowedError):
            declare_interest(**given, by=other)
    tie = declare_interest(**given, by=assessor)
    with pytest.raises(NotAllowedError):
        end_interest(tie=tie, by=lead)


@pytest.mark.parametrize(
    ("kind", "subject"), [("works_for", "body"), ("case_known", "body"), ("worked_for", "case"), ("family", "moon")]
)
def test_what_nobody_declares_of_themselves_is_refused(people, assessor, kind, subject):
    given = {"user": people[assessor], "kind": kind, "subject": (subject, "1"), "by": assessor}
    assert refused(declare_interest, **given) == Refusal.KIND_UNFIT
    assert not Tie.objects.exists()


def test_a_contact_cannot_open_the_pages_of_a_body_by_declaring(people, body):
    refused(declare_interest, user=people[CONTACT], kind="works_for", subject=("body", body), by=CONTACT)
    declare_interest(user=people[CONTACT], kind="other", subject=("body", body), by=CONTACT)
    assert person_of(CONTACT).works_for == frozenset()


def test_a_local_assessor_cannot_withdraw_that_they_work_for_a_body(people, body, chief):
    tie = tie_to_body(user=people[LOCAL], body=body, by=chief)
    assert refused(end_interest, tie=tie, by=LOCAL) == Refusal.KIND_UNFIT
    assert person_of(LOCAL).interests("body") == {body}


def test_the_tie_of_a_contact_who_becomes_an_inspector_bars_them(people, inspection, body, chief):
    tie_to_body(user=people[CONTACT], body=body, by=chief)
    give_role(user=people[CONTACT], role=Role.INSPECTOR, by=chief)
    assert person_of(CONTACT).interests("body") == {body}
    assert inspection not in visible_to(person_of(CONTACT))
