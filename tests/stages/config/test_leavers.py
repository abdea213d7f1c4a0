"""Whoever leaves with open work: a task of the lead says so, it goes to somebody else, and what was written is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inspectorate.fieldwork.actions import append_entries, ask_to_reopen_fieldwork, begin_assessment, hand_over_all
from inspectorate.fieldwork.models import Assessment
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.inspections.actions import ask_for_export, join_team
from inspectorate.people.access import NotAllowedError
from inspectorate.people.actions import deactivate, give_role
from inspectorate.people.models import Role, Tie, User
from inspectorate.record.queries import entries_in
from inspectorate.reports.models import Reopening
from tests.stages.casework import everything, sample
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL, OUTSIDER

__all__ = ["sample"]
pytestmark = pytest.mark.django_db
TASK = "Hand over what {} held"


@pytest.fixture
def cases(sample, give, people, inspection):
    """Ann has three cases: one not begun, one begun, one accepted; Odd is in the team as well."""
    join_team(inspection=inspection, user=people[OUTSIDER], role="inspector", by=LEAD)
    found = list(sample.case_list.cases.order_by("reference")[:3])
    for case in found:
        give(case, ASSESSOR)
    type(inspection).objects.filter(pk=inspection.pk).update(state="fieldwork")
    for case in found[1:]:
        case.case_list.inspection.refresh_from_db()
        made = begin_assessment(case=case, assessor=ASSESSOR, by=ASSESSOR)
        append_entries(assessment=made, entries=[everything()[0]] if case == found[1] else [], by=ASSESSOR)
    Assessment.objects.filter(case=found[2]).update(state="accepted")
    inspection.refresh_from_db()
    return found


def tasks(client, people, name):
    client.force_login(people[name])
    return client.get("/my-work/").content.decode()


def closed(people):
    deactivate(user=people[ASSESSOR], why="To another inspectorate.", by=CHIEF)


def last_day_gone(_):
    yesterday = timezone.localdate() - timedelta(days=1)
    User.objects.filter(public_id=ASSESSOR[1]).update(employment="placement", until=yesterday)


def another_role(people):
    give_role(user=people[ASSESSOR], role=Role.AUDITOR, by=CHIEF)


def member(inspection, name):
    return inspection.team.get(user__public_id=name[1], left_at__isnull=True)


@pytest.mark.parametrize("leaving", [closed, last_day_gone, another_role])
def test_it_is_the_lead_s_to_hand_over_and_what_was_written_is_kept(
    client, people, inspection, cases, leaving, django_assert_max_num_queries
):
    there = f"{inspection.get_absolute_url()}leavers/"
    assert TASK.format("Ann Assessor") not in tasks(client, people, LEAD)
    assert "Nobody in the team has left" in client.get(there).content.decode()
    leaving(people)
    assert TASK.format("Ann Assessor") not in tasks(client, people, CHIEF)
    assert TASK.format("Ann Assessor") in tasks(client, people, LEAD)
    assert "hand over what they held" in client.get(f"{inspection.get_absolute_url()}team/").content.decode()
    with django_assert_max_num_queries(12):
        page = client.get(there).content.decode()
    assert [f"Case {case.reference}</a>" in page for case in cases] == [True, True, False]
    assert f"case {cases[2].reference} (accepted)" in page
    sent = {"member": member(inspection, ASSESSOR).public_id, "to": OUTSIDER[1], "why": ""}
    assert client.post(there, sent).status_code == 422
    assert client.post(there, sent | {"why": "Ann has left."})["Location"].endswith("leavers/?done=2")
    assert client.post(there, sent | {"why": "Ann has left."}).status_code == 404
    assert TASK.format("Ann Assessor") not in tasks(client, people, LEAD)
    assert [case.allocations.get(ended_at__isnull=True).assessor.public_id for case in cases[:2]] == [OUTSIDER[1]] * 2
    begun = cases[1].assessments.get()
    assert (begun.assessor, begun.entries.count()) == (OUTSIDER, 1)
    assert cases[2].assessments.get().assessor == ASSESSOR
    said = entries_in(inspection.name)
    assert said.get(verb="entries.received").actor_id == ASSESSOR[1]
    assert said.filter(verb="team.handed-over").count() == 1


def test_a_case_that_the_other_cannot_take_is_told_and_waits_for_somebody_else(client, people, inspection, cases):
    facts = {"kind": Tie.Kind.CASE_KNOWN, "subject_kind": "case", "subject_id": cases[1].public_id}
    Tie.objects.create(user=people[OUTSIDER], declared_at=timezone.now(), **facts)
    closed(people)
    client.force_login(people[LEAD])
    sent = {"member": member(inspection, ASSESSOR).public_id, "to": OUTSIDER[1], "why": "Ann has left."}
    page = client.post(f"{inspection.get_absolute_url()}leavers/", sent).content.decode()
    assert f"Odd Outsider has an interest in case {cases[1]}" in page
    assert cases[0].allocations.get(ended_at__isnull=True).assessor == people[OUTSIDER]
    assert cases[1].assessments.get().assessor == ASSESSOR
    assert not inspection.team.filter(user=people[ASSESSOR], left_at__isnull=True).exists()
    assert "Go on with" not in tasks(client, people, OUTSIDER)


def test_where_the_lead_leaves_it_is_the_chief_s_with_what_waits_for_a_second_person(client, people, inspection):
    type(inspection).objects.filter(pk=inspection.pk).update(state="rating")
    ask_to_reopen_fieldwork(inspection=inspection, why="A case to look at again.", by=LEAD)
    ask_for_export(inspection=inspection, why="For the archive.", by=LEAD)
    deactivate(user=people[LEAD], why="To another inspectorate.", by=CHIEF)
    page = tasks(client, people, CHIEF)
    assert TASK.format("Rhian Lead") in page
    assert "Agree to reopen fieldwork" in page
    page = client.get(f"{inspection.get_absolute_url()}leavers/").content.decode()
    assert "That fieldwork be reopened" in page
    assert "An export of everything" in page
    assert "That the report be reopened" not in page
    assert not Reopening.objects.exists()
    sent = {"member": member(inspection, LEAD).public_id, "to": "", "why": "She has left."}
    assert client.post(f"{inspection.get_absolute_url()}leavers/", sent).status_code == 302
    page = tasks(client, people, CHIEF)
    assert ("Name a lead inspector" in page, TASK.format("Rhian Lead") in page) == (True, False)
    assert "Agree to reopen fieldwork" in page


def test_handing_over_takes_a_reason_another_and_the_right_to(people, inspection, cases):
    assert cases
    ann = member(inspection, ASSESSOR)
    for given, code in (
        ({"to": people[OUTSIDER], "why": " "}, Refusal.REASON_MISSING),
        ({"to": people[ASSESSOR], "why": "x"}, Refusal.ALREADY_ALLOCATED),
    ):
        with pytest.raises(RefusedError) as refused:
            hand_over_all(member=ann, by=LEAD, **given)
        assert refused.value.code == code
    for by in (ASSESSOR, OUTSIDER, CONTACT, LOCAL):
        with pytest.raises(NotAllowedError):
            hand_over_all(member=ann, to=None, why="x", by=by)


@pytest.mark.usefixtures("cases")
def test_nobody_takes_in_or_gives_cases_to_somebody_whose_last_day_is_gone(people, inspection):
    yesterday = timezone.localdate() - timedelta(days=1)
    User.objects.filter(public_id=LOCAL[1]).update(employment="placement", until=yesterday)
    with pytest.raises(RefusedError):
        join_team(inspection=inspection, user=User.objects.get(public_id=LOCAL[1]), role="local_assessor", by=LEAD)
    User.objects.filter(public_id=OUTSIDER[1]).update(employment="placement", until=yesterday)
    done = hand_over_all(member=member(inspection, ASSESSOR), to=people[OUTSIDER], why="x", by=LEAD)
    assert (done.cases, done.kept, len(done.refused)) == (0, 1, 2)
