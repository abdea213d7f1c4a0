"""Who has an interest in the home or host of a case finds the case in no list and no sample."""

import pytest

from inspectorate.people.access import NotAllowedError
from inspectorate.people.models import Tie
from inspectorate.register.actions import NewBody, register_body
from inspectorate.sampling.actions import decide_proposal, propose_replacement, replace_case, settle_list
from inspectorate.sampling.models import Case, Proposal, Replacement
from inspectorate.sampling.queries import current_sample
from tests.stages.conftest import CHIEF, LEAD
from tests.stages.sampling.conftest import as_csv, row

pytestmark = pytest.mark.django_db


def test_a_case_whose_host_is_a_body_of_an_interest_is_shown_to_them_nowhere(as_, announced, hand_in, people):
    listed = hand_in(as_csv([row(number) for number in range(1, 61)]))[0].case_list
    settle_list(case_list=listed, by=LEAD)
    far = NewBody("Farland", kind="probation_trust", nation="england", region="Far", invented=True)
    host = register_body(body=far, by=LEAD)
    case = current_sample(announced).order_by("reference").first()
    Case.objects.filter(pk=case.pk).update(host=host)
    home, lead = f"/inspections/{announced.public_id}/", as_(LEAD)
    assert f">{case.reference}<" in lead.get(f"{home}sample/case/").content.decode()
    told = {"subject_kind": "body", "subject_id": host.public_id, "declared_at": "2026-01-01T00:00Z"}
    Tie.objects.create(user=people[LEAD], kind=Tie.Kind.FAMILY, **told)
    for page in ("list/case/", "sample/case/", "list/case/cases.csv"):
        answer = lead.get(home + page)
        assert answer.status_code == 200
        assert f">{case.reference}<" not in answer.content.decode()
        assert f"{case.reference}," not in answer.content.decode()
    assert lead.get(f"{home}list/case/case_list.csv").status_code == 403
    assert lead.get(f"{home}sample/case/replace/{case.public_id}/").status_code == 404


@pytest.fixture
def barred(announced, long_list, people):
    """A case of the sample that the lead proposed to let go, and in which everybody has an interest since."""
    assert announced
    place = settle_list(case_list=long_list, by=LEAD).drawn_cases.get(role="drawn", order=1)
    other = place.sample.drawn_cases.get(role="drawn", order=2)
    proposal = propose_replacement(drawn_case=place, why="The file is lost.", by=LEAD)
    for name in (LEAD, CHIEF):
        for case in (place.case, other.case):
            told = {"subject_kind": "case", "subject_id": case.public_id, "declared_at": "2026-01-01T00:00Z"}
            Tie.objects.create(user=people[name], kind=Tie.Kind.CASE_KNOWN, **told)
    return other, proposal


def test_nobody_lets_a_case_go_in_which_they_have_an_interest(barred):
    place, proposal = barred
    for act, given in (
        (replace_case, {"drawn_case": place, "reason": "duplicate", "by": LEAD}),
        (propose_replacement, {"drawn_case": place, "why": "The file is lost.", "by": LEAD}),
        (decide_proposal, {"proposal": proposal, "agree": True, "by": CHIEF}),
        (decide_proposal, {"proposal": proposal, "agree": False, "by": LEAD}),
    ):
        with pytest.raises(NotAllowedError, match="an interest in this body or case"):
            act(**given)
    assert (Replacement.objects.count(), Proposal.objects.filter(decision="").count()) == (0, 1)
