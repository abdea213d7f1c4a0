"""The pages of clearances and training: one's own, everybody's, one person's, and what is asked for from when."""

import pytest

from inspectorate.config.cli.people import _added
from inspectorate.people.models import Clearance, Requirement, Role, User, Withdrawal
from tests.stages.cleared import ask_for, ask_for_everything, hold, withdraw
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL

pytestmark = pytest.mark.django_db
LIST = "/people/clearances/"
OF_ANN = f"/people/{ASSESSOR[1]}/clearances/"
NEW = {"kind": "record_check", "edition": "", "got_on": "2026-11-02", "expires_on": "", "evidence": "Certificate 0017"}


@pytest.fixture
def as_(client, people):
    def signed_in(name):
        client.force_login(people[name])
        return client

    return signed_in


def shows(answer):
    return answer.content.decode()


@pytest.fixture
def stand(people, inspection):  # noqa: ARG001 - Ann and Rhian are in its team
    """Ann's check holds, Lou's training has ended, Rhian's check ends soon, and nobody has training in the edition."""
    ask_for_everything()
    hold(people[ASSESSOR], "record_check", days=300)
    hold(people[LOCAL], "local_assessor_training", days=-5)
    hold(people[LEAD], "record_check", days=45)


@pytest.mark.usefixtures("stand")
@pytest.mark.parametrize(
    ("asked", "names", "lines"),
    [
        ("?kind=record_check&state=holds", "Ann Assessor", 1),
        ("?state=ending", "Rhian Lead", 1),
        ("?state=ended", "Lou Local", 1),
        ("?state=missing&kind=edition_training", "Training in the edition iaow/2013", 2),
        ("?q=carys", "Carys Chief", 1),
        ("?q=nobody", "Nobody stands like that", 0),
        ("?kind=driving&state=unknown&page=x", "Ann Assessor", 8),
    ],
)
def test_the_list_is_narrowed_and_the_file_is_what_it_shows(as_, asked, names, lines, django_assert_max_num_queries):
    chief = as_(CHIEF)
    with django_assert_max_num_queries(12):
        page = shows(chief.get(LIST + asked))
    assert names in page
    assert f"{lines} in all" in page
    told = shows(chief.get(f"{LIST}clearances.csv{asked}")).strip().splitlines()
    assert len(told) == lines + 1
    assert told[0].lstrip("\ufeff").startswith("public_id,name,role,kind,edition,state")


def test_one_is_written_down_and_seen_on_ones_own_page(as_):
    answer = as_(CHIEF).post(f"{OF_ANN}new/", NEW, follow=True)
    assert "It is written down, and opens cases from now on." in shows(answer)
    page = shows(as_(ASSESSOR).get("/people/me/clearances/"))
    assert "Certificate 0017" in page
    assert "2 November 2029" in page


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        ({"evidence": ""}, 422, "This field is required"),
        ({"got_on": "2999-01-01"}, 409, "the day is still to come"),
        ({"kind": "edition_training"}, 409, "Choose the edition"),
    ],
)
def test_what_was_wrong_is_said_and_what_was_typed_is_kept(as_, changed, status, says):
    answer = as_(CHIEF).post(f"{OF_ANN}new/", NEW | changed)
    assert answer.status_code == status
    assert says in shows(answer)
    assert "Certificate 0017" in shows(answer) or "evidence" in changed
    assert not Clearance.objects.exists()


def test_a_second_press_of_the_same_form_says_so(as_):
    as_(CHIEF).post(f"{OF_ANN}new/", NEW)
    answer = as_(CHIEF).post(f"{OF_ANN}new/", NEW)
    assert (answer.status_code, Clearance.objects.count()) == (409, 1)


def test_one_is_withdrawn_with_a_reason(as_, people):
    held = hold(people[ASSESSOR], "record_check")
    where = f"{OF_ANN}{held.public_id}/withdraw/"
    chief = as_(CHIEF)
    assert "Withdraw: Enhanced record check" in shows(chief.get(where))
    assert chief.post(where, {"why": ""}).status_code == 422
    page = shows(chief.post(where, {"why": "It was somebody else's"}, follow=True))
    assert "Carys Chief: It was somebody else" in page
    assert Withdrawal.objects.count() == 1
    assert "That was withdrawn already" in shows(chief.post(where, {"why": "Once more"}))


def test_nobody_is_offered_to_write_down_their_own(as_):
    page = shows(as_(CHIEF).get(f"/people/{CHIEF[1]}/clearances/"))
    assert "Nobody writes down or withdraws their own" in page
    assert "Write one down" not in page
    assert "Nobody writes down" in shows(as_(CHIEF).post(f"/people/{CHIEF[1]}/clearances/new/", NEW))


@pytest.mark.parametrize(("who", "reads", "records"), [(LEAD, 200, 403), (ASSESSOR, 403, 403), (CONTACT, 403, 403)])
def test_who_reads_and_who_writes(as_, who, reads, records):
    client = as_(who)
    assert client.get(LIST).status_code == reads
    assert client.get(OF_ANN).status_code == reads
    assert client.post(f"{OF_ANN}new/", NEW).status_code == records
    assert client.get("/people/clearances/asked-for/").status_code == 200
    assert client.post("/people/clearances/asked-for/change/", {}).status_code == 403
    assert client.get("/people/me/clearances/").status_code == 200


def test_the_page_of_what_is_asked_for_says_from_when_and_the_chief_changes_it(as_, django_assert_max_num_queries):
    where = "/people/clearances/asked-for/"
    chief = as_(CHIEF)
    with django_assert_max_num_queries(12):
        page = shows(chief.get(where))
    assert page.count("nobody has said; cases open without it") == 3
    assert "Not every clearance and training is asked for yet" in shows(chief.get(LIST))
    asked = {"kind": "record_check", "asked_from": "2999-01-01", "why": "Once everybody has one"}
    page = shows(chief.post(f"{where}change/", asked, follow=True))
    assert "1 January 2999" in page
    assert "Once everybody has one" in page
    assert chief.post(f"{where}change/", asked | {"why": ""}).status_code == 422
    assert chief.post(f"{where}change/", asked | {"asked_from": "2020-01-01"}).status_code == 409
    assert Requirement.objects.count() == 1


def test_the_chief_of_an_upgraded_installation_finds_it_in_their_work(as_):
    assert "Not every clearance and training is asked for yet" in shows(as_(CHIEF).get("/my-work/"))
    ask_for_everything()
    assert "asked for yet" not in shows(as_(CHIEF).get("/my-work/"))


@pytest.mark.usefixtures("inspection")
def test_why_says_what_is_missing(as_, people, inspection):
    ask_for("edition_training")
    asked = {"action": "assessment.read", "inspection": inspection.public_id}
    assert "You need training in the edition iaow/2013" in shows(as_(LEAD).get("/people/why/", asked))
    hold(people[LEAD], "edition_training", "iaow/2013")
    assert "You need training" not in shows(as_(LEAD).get("/people/why/", asked))


def test_what_was_withdrawn_is_missing_again(as_, people):
    withdraw(hold(people[ASSESSOR], "record_check"))
    page = shows(as_(CHIEF).get(f"{LIST}?q=ann&kind=record_check"))
    assert "Missing" in page


class Given:
    """What the command was given."""

    email, name, role = "first@example.org", "First Chief", Role.CHIEF_INSPECTOR


def test_a_new_installation_asks_for_everything_from_its_first_account_on():
    _added(Given(), "")
    assert set(Requirement.objects.values_list("kind", flat=True)) == {
        "record_check",
        "local_assessor_training",
        "edition_training",
    }


def test_one_that_has_people_already_asks_for_nothing_new():
    User.objects.create(username="was-here", role=Role.CHIEF_INSPECTOR)
    _added(Given(), "")
    assert not Requirement.objects.exists()
