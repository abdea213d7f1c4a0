"""Who is in the team: joining, leaving, changing the lead."""

import pytest
from django.utils import timezone

from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection, change_lead, join_team
from inspectorate.inspections.actions import leave_team as end
from inspectorate.inspections.queries import colleagues, current_team, may_in, visible_to
from inspectorate.inspections.refusals import Refusal
from inspectorate.people.access import NotAllowedError, person_of
from inspectorate.people.models import Tie
from inspectorate.register.actions import rename_body
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL, OUTSIDER
from tests.stages.inspections.asked import refused, verbs

pytestmark = pytest.mark.django_db


def team(inspection):
    return [(member.user.first_name, member.role) for member in current_team(inspection)]


def interest(user, body, kind="family"):
    return Tie.objects.create(
        user=user, kind=kind, subject_kind="body", subject_id=body.public_id, declared_at=timezone.now()
    )


def test_whoever_arranges_leads_and_others_join(inspection, people):
    join_team(inspection=inspection, user=people[LOCAL], role="local_assessor", by=LEAD)
    assert team(inspection) == [("Rhian", "lead"), ("Ann", "inspector"), ("Lou", "local_assessor")]


@pytest.mark.parametrize(
    ("who", "role", "code"),
    [
        (CONTACT, "inspector", Refusal.ROLE_UNFIT),
        (LOCAL, "inspector", Refusal.ROLE_UNFIT),
        (CHIEF, "lead", Refusal.ROLE_UNFIT),
        (OUTSIDER, "clerk", Refusal.ROLE_UNFIT),
        (OUTSIDER, "lead", Refusal.LEAD_NAMED),
        (ASSESSOR, "inspector", Refusal.IN_THE_TEAM),
    ],
)
def test_somebody_who_does_not_fit_is_refused(inspection, people, who, role, code):
    with refused(code):
        join_team(inspection=inspection, user=people[who], role=role, by=LEAD)


@pytest.mark.parametrize("kind", ["family", "worked_for", "works_for"])
def test_somebody_with_an_interest_neither_joins_nor_leads_nor_arranges(inspection, people, trust, kind):
    interest(people[OUTSIDER], trust, kind)
    with refused(Refusal.HAS_AN_INTEREST):
        join_team(inspection=inspection, user=people[OUTSIDER], role="inspector", by=LEAD)
    with refused(Refusal.HAS_AN_INTEREST):
        change_lead(inspection=inspection, user=people[OUTSIDER], why="Why not?", stays=True, by=CHIEF)
    assert team(inspection) == [("Rhian", "lead"), ("Ann", "inspector")]
    with refused(Refusal.HAS_AN_INTEREST):
        new = NewInspection(title="Again", modules=[NewModule("iaow/2013")], body=trust)
        arrange_inspection(inspection=new, by=OUTSIDER)


def test_who_leaves_stays_on_record_with_the_reason(inspection):
    member = inspection.team.get(role="inspector")
    end(member=member, why="A new post.", by=LEAD)
    member.refresh_from_db()
    assert (member.left_because, member.left_at is not None) == ("A new post.", True)
    with refused(Refusal.NOT_IN_THE_TEAM):
        end(member=member, why="A new post.", by=LEAD)
    assert verbs(inspection)[-1] == "team.left"


def test_leaving_takes_a_reason(inspection):
    with refused(Refusal.REASON_MISSING):
        end(member=inspection.team.get(role="inspector"), why=" ", by=LEAD)


def test_the_lead_hands_over_in_one_step_and_may_stay(inspection, people):
    change_lead(inspection=inspection, user=people[OUTSIDER], why="Leave.", stays=True, by=LEAD)
    assert team(inspection) == [("Odd", "lead"), ("Ann", "inspector"), ("Rhian", "inspector")]
    assert verbs(inspection)[-1] == "team.lead-changed"


def test_the_lead_who_leaves_can_no_longer_plan_and_the_new_one_can(inspection, people):
    change_lead(inspection=inspection, user=people[OUTSIDER], why="Leave.", stays=False, by=LEAD)
    with pytest.raises(NotAllowedError):
        join_team(inspection=inspection, user=people[LOCAL], role="local_assessor", by=LEAD)
    join_team(inspection=inspection, user=people[LOCAL], role="local_assessor", by=OUTSIDER)


def test_where_nobody_leads_the_chief_names_one(inspection, people):
    end(member=inspection.team.get(role="lead"), why="Retired.", by=LEAD)
    change_lead(inspection=inspection, user=people[OUTSIDER], why="To take it on.", stays=True, by=CHIEF)
    assert team(inspection) == [("Odd", "lead"), ("Ann", "inspector")]


def test_somebody_in_the_team_becomes_lead_and_stands_there_once(inspection, people):
    join_team(inspection=inspection, user=people[OUTSIDER], role="inspector", by=LEAD)
    change_lead(inspection=inspection, user=people[OUTSIDER], why="Leave.", stays=False, by=LEAD)
    assert team(inspection) == [("Odd", "lead"), ("Ann", "inspector")]


@pytest.mark.parametrize(
    ("who", "why", "code"),
    [
        (OUTSIDER, " ", Refusal.REASON_MISSING),
        (LEAD, "Why not?", Refusal.LEADS_ALREADY),
        (ASSESSOR, "Why not?", Refusal.ROLE_UNFIT),
    ],
)
def test_a_change_of_lead_that_cannot_be_leaves_all_as_it_was(inspection, people, who, why, code):
    with refused(code):
        change_lead(inspection=inspection, user=people[who], why=why, stays=True, by=LEAD)
    assert team(inspection) == [("Rhian", "lead"), ("Ann", "inspector")]


@pytest.mark.parametrize("by", [ASSESSOR, OUTSIDER])
def test_others_do_not_change_the_lead(inspection, people, by):
    with pytest.raises(NotAllowedError):
        change_lead(inspection=inspection, user=people[OUTSIDER], why="Why not?", stays=True, by=by)


def test_an_interest_holds_for_the_body_that_came_before_and_the_one_that_came_after(inspection, people, trust, client):
    later = rename_body(body=trust, name="Eastmoor", on=timezone.localdate(), by=LEAD)
    interest(people[OUTSIDER], later)
    with refused(Refusal.HAS_AN_INTEREST):
        join_team(inspection=inspection, user=people[OUTSIDER], role="inspector", by=LEAD)
    assert {user.public_id: why for user, why in colleagues(inspection)}[OUTSIDER[1]] != ""
    new = NewInspection(title="Again", modules=[NewModule("iaow/2013")], body=later)
    following = arrange_inspection(inspection=new, by=LEAD)
    assert may_in(person_of(LEAD), "inspection.read", following)
    interest(people[LEAD], trust)
    for one in (inspection, following):
        assert not may_in(person_of(LEAD), "inspection.read", one)
        assert not visible_to(person_of(LEAD)).filter(pk=one.pk).exists()
        client.force_login(people[LEAD])
        assert client.get(one.get_absolute_url()).status_code == 404
    with refused(Refusal.HAS_AN_INTEREST):
        again = NewInspection(title="Third", modules=[NewModule("iaow/2013")], body=later)
        arrange_inspection(inspection=again, by=LEAD)
