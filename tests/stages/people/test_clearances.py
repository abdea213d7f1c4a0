"""Writing down, withdrawing and asking for clearances and training: who may, what is refused, what the record keeps."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from inspectorate.people import actions
from inspectorate.people.access import person_of
from inspectorate.people.actions import NewClearance, record_clearance, require_all, require_kind, withdraw_clearance
from inspectorate.people.gate import lacking
from inspectorate.people.models import Clearance, Requirement, User, Withdrawal
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.models import Entry
from inspectorate.record.names import ERASED
from tests.stages.cleared import BY, NOW, SET, ask_for, hold, withdraw
from tests.stages.conftest import ASSESSOR, CHIEF, LEAD, LOCAL

pytestmark = pytest.mark.django_db
CHECK = NewClearance("record_check", date(2026, 11, 2), "Certificate 0017")
TRAINING = NewClearance("edition_training", date(2026, 11, 2), "List of 2 November", edition="iaow/2013")


def refused(act, **given):
    with pytest.raises(RefusedError) as found, transaction.atomic():
        act(**given)
    return found.value.code


def verbs(verb):
    return Entry.objects.filter(verb=verb).count()


@pytest.fixture
def administrator():
    return User.objects.create(username="admin", first_name="Adi", role="administrator", email="adi@example.org").name


def test_the_chief_writes_down_what_somebody_has_and_the_record_keeps_it(people):
    made = record_clearance(user=people[ASSESSOR], clearance=CHECK, by=CHIEF)
    assert (made.expires_on, made.recorded_by_id) == (date(2029, 11, 2), CHIEF[1])
    assert verbs("clearance.recorded") == 1
    assert person_of(ASSESSOR).held[0].kind == "record_check"


def test_an_administrator_writes_it_down_too(people, administrator):
    assert record_clearance(user=people[ASSESSOR], clearance=TRAINING, by=administrator).edition == "iaow/2013"


@pytest.mark.parametrize("who", [LEAD, ASSESSOR, LOCAL])
def test_nobody_else_does(people, who):
    assert refused(record_clearance, user=people[ASSESSOR], clearance=CHECK, by=who) == "not-allowed"
    held = hold(people[ASSESSOR], "record_check")
    assert refused(withdraw_clearance, clearance=held, why="Wrong", by=who) == "not-allowed"
    assert refused(require_kind, kind="record_check", asked_from=None, why="No", by=who) == "not-allowed"


def test_nobody_writes_down_or_withdraws_their_own(people):
    assert refused(record_clearance, user=people[CHIEF], clearance=CHECK, by=CHIEF) == Refusal.OWN_CLEARANCE
    held = hold(people[CHIEF], "record_check")
    assert refused(withdraw_clearance, clearance=held, why="Wrong", by=CHIEF) == Refusal.OWN_CLEARANCE


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "driving_licence"},
        {"edition": "iaow/2013"},
        {"kind": "edition_training"},
        {"kind": "edition_training", "edition": "iaow/1999"},
        {"got_on": date(2999, 1, 1)},
        {"got_on": date(26, 11, 2)},
        {"expires_on": date(2026, 11, 1)},
        {"evidence": "  "},
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(people, changed):
    new = NewClearance(**{**CHECK.__dict__, **changed})
    assert refused(record_clearance, user=people[ASSESSOR], clearance=new, by=CHIEF) == Refusal.CLEARANCE_UNFIT
    assert not Clearance.objects.exists()


def test_the_same_form_sent_twice_writes_one_row(people):
    record_clearance(user=people[ASSESSOR], clearance=CHECK, by=CHIEF)
    again = refused(record_clearance, user=people[ASSESSOR], clearance=CHECK, by=CHIEF)
    assert (again, Clearance.objects.count()) == (Refusal.RECORDED_ALREADY, 1)


def test_nothing_is_written_down_of_somebody_who_has_left(people):
    actions.deactivate(user=people[ASSESSOR], why="Gone", by=CHIEF)
    assert refused(record_clearance, user=people[ASSESSOR], clearance=CHECK, by=CHIEF) == Refusal.HAS_LEFT


def test_what_is_withdrawn_opens_nothing_and_stays_with_the_reason(people):
    held = record_clearance(user=people[ASSESSOR], clearance=CHECK, by=CHIEF)
    withdraw_clearance(clearance=held, why="The certificate was recalled", by=CHIEF)
    assert person_of(ASSESSOR).held == ()
    assert held.withdrawal.why == "The certificate was recalled"
    assert verbs("clearance.withdrawn") == 1
    assert refused(withdraw_clearance, clearance=held, why="Again", by=CHIEF) == Refusal.WITHDRAWN_ALREADY


def test_a_withdrawal_has_a_reason(people):
    held = hold(people[ASSESSOR], "record_check")
    assert refused(withdraw_clearance, clearance=held, why=" ", by=CHIEF) == Refusal.REASON_MISSING


@pytest.mark.usefixtures("people")
def test_nothing_is_asked_for_until_somebody_says_from_when():
    assert lacking(person_of(ASSESSOR), "youth/2021") == ()
    require_kind(kind="record_check", asked_from=timezone.localdate(), why="From today", by=CHIEF)
    assert [one.kind for one in lacking(person_of(ASSESSOR), "youth/2021")] == ["record_check"]
    assert verbs("clearance.required") == 1
    require_kind(kind="record_check", asked_from=None, why="The office that checks is closed", by=CHIEF)
    assert lacking(person_of(ASSESSOR), "youth/2021") == ()


@pytest.mark.usefixtures("people")
def test_a_day_to_come_asks_for_nothing_before_it():
    day = timezone.localdate() + timedelta(days=30)
    require_kind(kind="record_check", asked_from=day, why="In a month", by=CHIEF)
    assert lacking(person_of(ASSESSOR), "youth/2021") == ()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "driving_licence"}, Refusal.CLEARANCE_UNFIT),
        ({"asked_from": date(2020, 1, 1)}, Refusal.CLEARANCE_UNFIT),
        ({"why": " "}, Refusal.REASON_MISSING),
    ],
)
@pytest.mark.usefixtures("people")
def test_what_cannot_be_asked_for_is_refused(given, code):
    about = {"kind": "record_check", "asked_from": timezone.localdate(), "why": "So it is", "by": CHIEF}
    assert refused(require_kind, **(about | given)) == code


@pytest.mark.usefixtures("people")
def test_everything_is_asked_for_once_and_what_somebody_said_stays():
    require_kind(kind="record_check", asked_from=None, why="Not here", by=CHIEF)
    assert len(require_all(why="From the first day", by=CHIEF)) == 2
    assert require_all(why="Again", by=CHIEF) == []
    assert person_of(ASSESSOR).asked == {"local_assessor_training", "edition_training"}


def test_numbers_of_certificates_go_with_the_account(people):
    withdraw(hold(people[ASSESSOR], "record_check"))
    hold(people[ASSESSOR], "record_check", days=201)
    actions.deactivate(user=people[ASSESSOR], why="Gone", by=CHIEF)
    actions.forget_person(user=people[ASSESSOR], by=("system", "duty"))
    assert set(Clearance.objects.values_list("evidence", flat=True)) == {ERASED}
    assert Withdrawal.objects.get().why == ERASED


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("people_clearance_is_of_a_kind", {"kind": ""}),
        ("people_clearance_has_evidence", {"evidence": ""}),
        ("people_clearance_ends_after_it_began", {"expires_on": date(2026, 11, 1)}),
        ("people_clearance_recorded_by_somebody", {"recorded_by_id": ""}),
    ],
)
def test_the_database_holds_what_must_be_true_of_a_clearance(people, name, changed):
    about = {"kind": "record_check", "got_on": date(2026, 11, 2), "expires_on": date(2027, 11, 2), "evidence": "Seen"}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Clearance.objects.create(user=people[ASSESSOR], **(about | BY | changed))


def test_the_database_holds_one_row_of_the_same(people):
    hold(people[ASSESSOR], "record_check")
    with pytest.raises(IntegrityError), transaction.atomic():  # people_clearance_recorded_once
        hold(people[ASSESSOR], "record_check")


@pytest.mark.parametrize(
    ("name", "changed"),
    [("people_withdrawal_has_a_reason", {"why": ""}), ("people_withdrawn_by_somebody", {"withdrawn_by_id": ""})],
)
def test_the_database_holds_what_must_be_true_of_a_withdrawal(people, name, changed):
    held = hold(people[ASSESSOR], "record_check")
    about = {"why": "Wrong", "withdrawn_at": NOW, "withdrawn_by_kind": "system", "withdrawn_by_id": "test"}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Withdrawal.objects.create(clearance=held, **(about | changed))


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("people_requirement_is_of_a_kind", {"kind": ""}),
        ("people_requirement_has_a_reason", {"why": ""}),
        ("people_requirement_set_by_somebody", {"set_by_id": ""}),
    ],
)
def test_the_database_holds_what_must_be_true_of_a_requirement(name, changed):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Requirement.objects.create(**({"kind": "record_check"} | SET | changed))


def test_people_are_read_with_ties_and_clearances_in_one_query(people, django_assert_num_queries):
    hold(people[ASSESSOR], "record_check")
    ask_for("record_check")
    with django_assert_num_queries(2):  # the user, and all the rest
        person = person_of(ASSESSOR)
    assert (len(person.held), person.asked) == (1, {"record_check"})
