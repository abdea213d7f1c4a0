"""F41: from what an interest bars, by programme: worked examples of each rule of ``standards/programmes.yaml``.

Lou Local works for Westmoor, in its team Harbour; the team Moorside is registered beside it. The same list of cases is
looked at in an inspection of a programme that bars from the whole body, and in one that bars by team.
"""

from datetime import UTC, datetime

import pytest

from inspectorate.fieldwork.actions import allocate_cases, tie_and_part
from inspectorate.fieldwork.actions.interests import team_and_part
from inspectorate.fieldwork.queries import interest_in, visible_cases
from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection, join_team
from inspectorate.inspections.models import TeamMember
from inspectorate.inspections.queries import colleagues, visible_to
from inspectorate.people.access import person_of
from inspectorate.people.actions import tie_to_team
from inspectorate.people.models import Tie
from inspectorate.people.needed import bars_by_team, programmes
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.queries import entries_in
from inspectorate.register.actions import NewBody, add_ldu, register_body
from inspectorate.sampling.models import Case, DrawnCase, Sample
from inspectorate.sampling.queries import hidden_from
from tests.stages.conftest import CHIEF, LEAD, LOCAL, OUTSIDER

pytestmark = pytest.mark.django_db

CASES = [
    # team on the list, practitioner, home of the person -> seen where a programme bars from the body, and by team
    ("Harbour", "AB", "", False, False),  # of the own team
    ("Moorside", "AB", "", False, True),  # of another team
    ("Moorside", "LL", "", False, False),  # the own case: held under the own initials
    ("moorside", "AB", "", False, False),  # a spelling that is not registered
    ("Old Town", "AB", "", False, False),  # a team that is not registered
    ("", "AB", "", False, False),  # no team given
    ("Moorside", "AB", "Westmoor", False, False),  # the body has it in more than one way
]


@pytest.mark.parametrize(
    ("editions", "by_team"),
    [
        (["iaow/2013"], True),
        (["omi2/2009"], True),
        (["omi2/2011", "iaow/2013"], True),
        (["omi/2006"], False),
        (["youth/2021"], False),
        (["cci/2009"], False),
        (["iaow/2013", "cci/2009"], False),
        ([], False),
    ],
)
def test_f41_which_programmes_bar_by_team(editions, by_team):
    assert bars_by_team(editions) is by_team


def test_f41_every_rule_has_its_source():
    said = programmes()
    assert {said.usual_interest, *said.interests.values()} == set(said.interest_rules)
    assert all(rule["source"] for rule in said.interest_rules.values())


@pytest.fixture
def teams(trust):
    return {name: add_ldu(body=trust, name=name, by=("system", "test")).public_id for name in ("Harbour", "Moorside")}


@pytest.fixture
def lou(people, trust, teams):
    tie_and_part(user=people[LOCAL], body=trust.public_id, by=CHIEF)
    tie_to_team(user=people[LOCAL], team=teams["Harbour"], by=CHIEF)
    return people[LOCAL]


@pytest.fixture
def strict(trust):
    new = NewInspection(title="Westmoor 2016", modules=[NewModule("quality-and-impact/2016")], body=trust)
    return arrange_inspection(inspection=new, by=LEAD)


def set_out(inspection, trust):
    """Put the cases of the table on the list of an inspection, each in the sample."""
    case_list = inspection.case_lists.create(kind="case", frozen_at=datetime.now(UTC), digest="0" * 64, seed="0" * 32)
    drawn = Sample.objects.create(case_list=case_list, size=9, by_rule=9, drawn_at=datetime.now(UTC))
    for number, (team, practitioner, home, *_) in enumerate(CASES, 1):
        case = Case.objects.create(
            case_list=case_list,
            reference=f"T{number:02d}",
            holder=trust,
            home=trust if home else None,
            practitioner=practitioner,
            characteristics={"ldu": team} if team else {},
        )
        DrawnCase.objects.create(sample=drawn, case=case, role="drawn", order=number)
    return list(case_list.cases.order_by("reference"))


def seen(user, inspection, cases):
    """Return whether each case is seen: by the list, by what hides it, by the question of one case; they must agree."""
    person = person_of(user.name)
    listed = set(visible_cases(person, inspection).values_list("public_id", flat=True))
    hidden = hidden_from(person, inspection)
    found = []
    for case in cases:
        answers = {case.public_id in listed, case.public_id not in hidden, not interest_in(person, case)}
        assert len(answers) == 1, f"{case} is seen on one page and not on another"
        found.append(answers.pop())
    return found


def test_f41_by_team_a_local_assessor_finds_no_case_of_their_own_and_of_their_team(lou, inspection, trust):
    cases = set_out(inspection, trust)
    assert seen(lou, inspection, cases) == [by_team for *_, by_team in CASES]


def test_f41_elsewhere_the_whole_body_is_barred(lou, strict, trust):
    cases = set_out(strict, trust)
    assert seen(lou, strict, cases) == [whole for *_, whole, _ in CASES]


def test_f41_by_team_a_local_assessor_of_the_body_joins_and_elsewhere_not(lou, inspection, strict):
    assert (lou, "") in colleagues(inspection)
    join_team(inspection=inspection, user=lou, role="local_assessor", by=LEAD)
    assert set(visible_to(person_of(LOCAL))) == {inspection}
    assert dict(colleagues(strict))[lou]
    with pytest.raises(RefusedError, match="interest"):
        join_team(inspection=strict, user=lou, role="local_assessor", by=LEAD)
    assert entries_in(strict.name).filter(verb="interest.refused").count() == 1


def test_f41_without_a_team_written_down_the_whole_body_is_barred(people, inspection, trust, teams):
    tie_and_part(user=people[LOCAL], body=trust.public_id, by=CHIEF)
    with pytest.raises(RefusedError, match="interest"):
        join_team(inspection=inspection, user=people[LOCAL], role="local_assessor", by=LEAD)
    assert teams


@pytest.mark.parametrize("kind", ["family", "friendship", "worked_for", "other"])
def test_f41_another_interest_beside_it_bars_from_the_whole_body(lou, inspection, trust, kind):
    at = datetime.now(UTC)
    Tie.objects.create(user=lou, kind=kind, subject_kind="body", subject_id=trust.public_id, declared_at=at)
    assert dict(colleagues(inspection))[lou]
    with pytest.raises(RefusedError, match="interest"):
        join_team(inspection=inspection, user=lou, role="local_assessor", by=LEAD)


def test_f41_a_team_of_another_body_opens_nothing(people, inspection, trust):
    other = register_body(body=NewBody("Eastmoor", kind="probation_trust", nation="england"), by=LEAD)
    elsewhere = add_ldu(body=other, name="Moorside", by=("system", "test"))
    add_ldu(body=trust, name="Moorside", by=("system", "test"))
    tie_and_part(user=people[LOCAL], body=trust.public_id, by=CHIEF)
    tie_to_team(user=people[LOCAL], team=elsewhere.public_id, by=CHIEF)
    assert dict(colleagues(inspection))[people[LOCAL]]


def test_f41_a_case_of_the_own_team_is_not_given_and_the_refusal_is_listed(lou, inspection, trust, client, people):
    cases = set_out(inspection, trust)
    join_team(inspection=inspection, user=lou, role="local_assessor", by=LEAD)
    inspection.state = "sampled"
    inspection.save()
    done = allocate_cases(inspection=inspection, wishes=[(case, lou) for case in cases[:2]], by=LEAD)
    assert [one.case.reference for one in done.refused] == ["T01"]
    assert [one.case.reference for one in done.given] == ["T02"]
    client.force_login(people[LEAD])
    page = client.get(f"{inspection.get_absolute_url()}interests/").content.decode()
    assert "Was not given a case, because of an interest." in page
    assert "kept from the cases of their own team" in page


def test_f41_whoever_moves_into_another_team_in_mid_inspection_gives_its_cases_back(lou, inspection, trust, teams):
    cases = set_out(inspection, trust)
    add_ldu(body=trust, name="Quay", by=("system", "test"))
    join_team(inspection=inspection, user=lou, role="local_assessor", by=LEAD)
    inspection.state = "sampled"
    inspection.save()
    allocate_cases(inspection=inspection, wishes=[(cases[1], lou)], by=LEAD)
    team_and_part(user=lou, team=teams["Moorside"], by=CHIEF)
    assert cases[1].allocations.get().ended_because
    assert entries_in(inspection.name).filter(verb="interest.given-back").count() == 1
    assert not any(seen(lou, inspection, cases))
    assert TeamMember.objects.filter(user=lou, inspection=inspection, left_at__isnull=True).exists()


def test_f41_only_a_local_assessor_is_tied_to_a_team_and_only_by_the_chief(people, teams):
    with pytest.raises(RefusedError) as refused:
        tie_to_team(user=people[OUTSIDER], team=teams["Harbour"], by=CHIEF)
    assert refused.value.code == Refusal.ROLE_UNFIT
    with pytest.raises(RefusedError) as refused:
        tie_to_team(user=people[LOCAL], team=teams["Harbour"], by=LEAD)
    assert refused.value.code == "not-allowed"


def test_f41_the_page_of_a_person_says_in_which_team_they_work(people, trust, teams, client):
    tie_and_part(user=people[LOCAL], body=trust.public_id, by=CHIEF)
    client.force_login(people[CHIEF])
    home = f"/people/{LOCAL[1]}/"
    assert "Team they work in" in client.get(home).content.decode()
    page = client.post(f"{home}team/", {"team": teams["Harbour"]}, follow=True).content.decode()
    assert "the team Harbour" in page
    assert client.post(f"{home}team/", {"team": "unknown"}).status_code == 400
