"""The pages of lists and samples: who sees what, what each says, and that no page asks the database too much."""

import csv
import io
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection
from inspectorate.inspections.models import Inspection
from inspectorate.people.models import Tie
from inspectorate.sampling.actions import (
    ListedCase,
    enter_list,
    freeze_list,
    make_seed,
    propose_replacement,
    replace_case,
    say_none_eligible,
    settle_list,
)
from inspectorate.sampling.models import Case, CaseList, ListUpload, Proposal, Replacement, Sample
from inspectorate.sampling.queries import current_sample, reserve_of, standing
from tests.stages.conftest import ASSESSOR, CHIEF, LEAD, OUTSIDER
from tests.stages.sampling.conftest import HEADS, as_csv, extend_by_two, row

pytestmark = pytest.mark.django_db
GOOD = as_csv([row(n) for n in range(1, 61)])
BAD = as_csv([row(70), row(71, risk_level=""), row(72, case="Jane Smith")])


@pytest.fixture
def home(announced):
    return f"/inspections/{announced.public_id}/"


@pytest.fixture
def listed(hand_in):
    """Sixty cases, of which the edition draws fifty."""
    return hand_in(GOOD)[0].case_list


@pytest.fixture
def drawn(listed):
    """The sample of these, with a case replaced, another proposed to leave, and the sample extended."""
    sample = settle_list(case_list=listed, by=LEAD)
    places = sample.drawn_cases.filter(role="drawn").order_by("order")
    replace_case(drawn_case=places[0], reason="duplicate", by=LEAD)
    propose_replacement(drawn_case=places[1], why="The building was flooded.", by=LEAD)
    extend_by_two(listed, 2, "A second unit.")
    return sample


def sent(content, name="list.csv", **more):
    return {"file": SimpleUploadedFile(name, content), **more}


def text(page):
    return re.sub(r"\s+", " ", page.content.decode())


def test_the_body_uploads_a_list_sees_its_faults_and_mends_them(as_, contact, home):
    body = as_(contact)
    page = body.post(f"{home}list/case/upload/", sent(BAD), follow=True)
    assert "Some rows were not accepted" in text(page)
    assert "References that look like names: row 4, column case" in text(page)
    upload = ListUpload.objects.get()
    for kind in ("csv", "xlsx"):
        file = body.get(f"{home}list/case/uploads/{upload.public_id}/corrected.{kind}")
        assert "attachment" in file["Content-Disposition"]
    found = list(
        csv.DictReader(io.StringIO(body.get(file.request["PATH_INFO"][:-4] + "csv").content.decode("utf-8-sig")))
    )
    assert [one["case"] for one in found] == ["W24/0071", ""]
    assert "by which the list is divided" in found[0]["what_is_wrong"]
    again = body.post(f"{home}list/case/upload/", sent(as_csv([row(71), row(72)])), follow=True)
    assert "Every row was accepted" in text(again)
    assert "3 of 3 cases" in text(body.get(f"{home}list/case/"))


def test_the_same_file_again_is_said_to_be_the_same(as_, home, listed):
    assert listed
    page = as_(LEAD).post(f"{home}list/case/upload/", sent(GOOD, how="add"), follow=True)
    assert "You have uploaded this file before" in text(page)


def test_a_whole_list_is_replaced_only_with_a_second_tick(as_, home, listed):
    lead = as_(LEAD)
    page = lead.post(f"{home}list/case/upload/", sent(as_csv([row(2)]), how="whole"))
    assert (page.status_code, listed.cases.count()) == (422, 60)
    assert "Tick this to replace the 60 cases" in text(page)
    lead.post(f"{home}list/case/upload/", sent(as_csv([row(2)]), how="whole", sure="on", seen=standing(listed)))
    assert listed.cases.count() == 1


def test_no_file_and_an_empty_one_are_refused_beside_the_field(as_, home):
    lead = as_(LEAD)
    assert "Choose the file with the case list." in text(lead.post(f"{home}list/case/upload/", {}))
    assert "The file is empty" in text(lead.post(f"{home}list/case/upload/", sent(b"")))


def test_a_file_that_is_far_too_large_is_refused_before_it_is_read(as_, home):
    page = as_(LEAD).post(f"{home}list/case/upload/", sent(b"x" * (12 * 2**20)))
    assert page.status_code == 413
    assert "The file is too large" in text(page)
    assert ListUpload.objects.count() == 0


def test_an_upload_without_its_token_is_refused(home):
    from django.test import Client  # noqa: PLC0415 - one that checks the token

    from inspectorate.people.models import User  # noqa: PLC0415 - as above

    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(public_id=LEAD[1]))
    assert client.post(f"{home}list/case/upload/", sent(GOOD)).status_code == 403
    assert CaseList.objects.count() == 0


def test_an_upload_for_a_closed_list_is_refused_on_the_form(as_, home, listed):
    freeze_list(case_list=listed, by=LEAD)
    page = as_(LEAD).post(f"{home}list/case/upload/", sent(as_csv([row(90)]), how="add"))
    assert page.status_code == 422
    assert "takes no more cases" in text(page)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_empty_file_has_the_heads_and_is_told_to_have_no_case(as_, home, hand_in, kind):
    file = as_(LEAD).get(f"{home}list/case/template.{kind}")
    assert file.status_code == 200
    upload, _ = hand_in(file.content, name=f"a.{kind}")
    assert upload.faults[0]["code"] == "no-rows"
    assert as_(LEAD).get(f"{home}list/case/template.pdf").status_code == 404


def test_a_template_that_is_filled_in_is_accepted(as_, home, hand_in):
    from openpyxl import load_workbook  # noqa: PLC0415 - for this test alone

    book = load_workbook(io.BytesIO(as_(LEAD).get(f"{home}list/case/template.xlsx").content))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    facts = dict(zip(HEADS.split(","), row(2), strict=True))
    for column, head in enumerate(heads, 1):
        sheet.cell(2, column, facts.get(head, ""))
    made = io.BytesIO()
    book.save(made)
    assert hand_in(made.getvalue())[0].faults == []


def test_the_list_is_narrowed_paged_and_downloaded_as_shown(as_, home, listed):
    assert listed
    lead = as_(LEAD)
    assert "1 to 50 of 60 cases" in text(lead.get(f"{home}list/case/"))
    assert "51 to 60 of 60 cases" in text(lead.get(f"{home}list/case/?page=2"))
    narrowed = lead.get(f"{home}list/case/?stratum=high&q=W24/000")
    assert "3 of 60 cases" in text(narrowed)
    file = lead.get(f"{home}list/case/cases.csv?stratum=high&q=W24/000").content.decode("utf-8-sig")
    assert [one["case"] for one in csv.DictReader(io.StringIO(file))] == ["W24/0003", "W24/0006", "W24/0009"]
    assert "No case matches these filters" in text(lead.get(f"{home}list/case/?q=nothing"))


def test_a_case_is_taken_off_with_a_reason_and_a_second_press_is_harmless(as_, home, listed):
    lead, case = as_(LEAD), listed.cases.get(reference="W24/0002")
    address = f"{home}list/case/cases/{case.public_id}/remove/"
    assert lead.post(address, {"why": ""}).status_code == 422
    for _ in range(2):
        assert lead.post(address, {"why": "It ended before the period."}).status_code == 302
    assert not Case.objects.filter(reference="W24/0002").exists()


def test_size_is_shown_with_margin_hours_and_what_others_would_give(as_, home, listed):
    assert listed
    page = text(as_(LEAD).get(f"{home}sample/case/"))
    assert "<strong>50</strong> of 60 cases" in page
    assert "about 150 hours" in page
    assert "What other sizes would give" in page
    assert "Freeze the list and draw" in page
    assert "Freeze the list and draw" not in text(as_(CHIEF).get(f"{home}sample/case/"))


def test_the_lead_draws_with_one_press_and_a_second_one_is_harmless(as_, home, listed):
    lead = as_(LEAD)
    page = lead.get(f"{home}sample/case/draw/")
    digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', page.content.decode()).group(1)
    for _ in range(2):
        assert lead.post(f"{home}sample/case/draw/", {"size": 50, "why": "", "digest": digest}).status_code == 302
    assert Sample.objects.get().size == 50
    assert Inspection.objects.get().state == "sampled"
    assert CaseList.objects.get(pk=listed.pk).digest == digest


def test_a_list_that_changed_while_the_page_was_open_is_not_frozen(as_, home, listed):
    page = as_(LEAD).post(f"{home}sample/case/draw/", {"size": 50, "digest": "0" * 64})
    assert page.status_code == 422
    assert "has changed since you opened the page" in text(page)
    assert CaseList.objects.get(pk=listed.pk).frozen_at is None


def test_a_draw_that_stopped_half_way_goes_on_where_it_stopped(as_, home, listed):
    freeze_list(case_list=listed, by=LEAD)
    make_seed(case_list=listed, by=LEAD)
    lead = as_(LEAD)
    assert "The draw stopped half way" in text(lead.get(f"{home}sample/case/"))
    lead.post(f"{home}sample/case/draw/", {"size": 55, "why": "A second unit.", "digest": ""})
    assert (Sample.objects.get().size, CaseList.objects.get().seed) == (55, CaseList.objects.get(pk=listed.pk).seed)


def test_a_size_without_a_reason_is_refused_with_what_was_typed(as_, home, listed):
    assert listed
    page = as_(LEAD).post(f"{home}sample/case/draw/", {"size": 55, "digest": ""})
    assert page.status_code == 422
    assert 'value="55"' in text(page)
    assert Sample.objects.count() == 0


def test_the_sample_shows_seed_digest_places_and_what_changed(as_, home, drawn):
    held = CaseList.objects.get()
    page = text(as_(LEAD).get(f"{home}sample/case/"))
    for words in (held.seed, held.digest, "What changed since the draw", "redraw.py", "2 cases more came in"):
        assert words in page
    outgoing = Replacement.objects.get().outgoing.case.reference
    assert f"Came in for {outgoing}" in page
    assert "values compared" in page
    assert drawn


def test_the_list_that_is_handed_out_draws_the_same_sample_again(as_, home, drawn, tmp_path):
    held = CaseList.objects.get()
    path = tmp_path / "list.csv"
    path.write_bytes(as_(CHIEF).get(f"{home}list/case/case_list.csv").content)
    script = settings.CHECKOUT / "docs/reference/redraw.py"
    words = [sys.executable, str(script), str(path), held.seed, str(drawn.size), "strata"]
    printed = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    rows = list(csv.DictReader(io.StringIO(as_(CHIEF).get(f"{home}sample/case/draw.csv").content.decode("utf-8-sig"))))
    for stratum in ("high", "low", "medium"):
        own = [one for one in rows if one["stratum"] == stratum]
        inside, reserve = (" ".join(o["case"] for o in own if o["role"] == role) for role in ("drawn", "reserve"))
        assert f"{stratum}: drawn {inside} | reserve {reserve}" in printed
    assert printed.strip().endswith(held.digest)
    assert sum(one["in_the_sample_now"] == "yes" for one in rows) == 52


def test_a_case_is_replaced_on_its_page(as_, home, listed):
    sample = settle_list(case_list=listed, by=LEAD)
    place = sample.drawn_cases.get(role="drawn", order=1)
    following = reserve_of(listed).filter(case__stratum=place.case.stratum).first()
    lead, address = as_(LEAD), f"{home}sample/case/replace/{place.case.public_id}/"
    assert following.case.reference in text(lead.get(address))
    assert lead.post(address, {"reason": ""}).status_code == 422
    assert lead.post(address, {"reason": "duplicate", "why": ""}).status_code == 302
    again = lead.post(address, {"reason": "duplicate", "why": ""})
    assert again.status_code == 422
    assert "is not in the sample now" in text(again)
    assert current_sample(Inspection.objects.get()).filter(drawn=following).exists()


def test_another_reason_goes_to_a_second_person_who_agrees_on_a_page(as_, home, listed):
    place = settle_list(case_list=listed, by=LEAD).drawn_cases.get(role="drawn", order=1)
    lead, chief = as_(LEAD), as_(CHIEF)
    address = f"{home}sample/case/replace/{place.case.public_id}/"
    assert lead.post(address, {"reason": "other", "why": ""}).status_code == 422
    lead.post(address, {"reason": "other", "why": "The building was flooded."})
    proposal = Proposal.objects.get()
    there = f"{home}sample/case/proposals/{proposal.public_id}/"
    assert there in text(chief.get(f"{home}sample/case/"))
    assert "You proposed it; somebody else has to agree." in text(lead.get(there))
    assert lead.post(there, {"decision": "agree"}).status_code == 409
    assert "The building was flooded." in text(chief.get(there))
    assert chief.post(there, {"decision": "agree"}).status_code == 302
    assert "This is decided" in text(chief.get(there))
    assert Replacement.objects.get().outgoing == place


def test_a_sample_is_extended_on_its_page(as_, home, listed):
    settle_list(case_list=listed, by=LEAD)
    lead = as_(LEAD)
    assert "Up to 10 cases more" in text(lead.get(f"{home}sample/case/extend/"))
    assert lead.post(f"{home}sample/case/extend/", {"cases": 11, "why": "more"}).status_code == 422
    assert lead.post(f"{home}sample/case/extend/", {"cases": 3, "why": "A second unit."}).status_code == 302
    assert "extend/" not in text(lead.get(f"{home}sample/case/"))
    chief, there = as_(CHIEF), f"{home}sample/case/proposals/{Proposal.objects.get().public_id}/"
    assert there in text(chief.get(f"{home}sample/case/"))
    assert "You proposed it; somebody else has to agree." in text(lead.get(there))
    assert "3 more cases would come in from the reserve." in text(chief.get(there))
    assert chief.post(there, {"decision": "agree"}).status_code == 302
    assert current_sample(Inspection.objects.get()).count() == 53


def test_that_there_is_no_eligible_case_is_said_on_a_page(as_, home):
    lead = as_(LEAD)
    assert "Say that there is no eligible case" in text(lead.get(f"{home}list/case/"))
    lead.post(f"{home}list/case/none/", {"why": "The body is new."})
    assert Inspection.objects.get().state == "sampled"
    assert "no case is eligible" in text(lead.get(f"{home}sample/case/"))


def test_a_frozen_list_is_replaced_on_a_page(as_, home, listed):
    freeze_list(case_list=listed, by=LEAD)
    as_(LEAD).post(f"{home}list/case/replace/", {"why": "It was last year's."})
    assert [one.version for one in CaseList.objects.order_by("version")] == [1, 2]


def test_one_kind_is_shown_at_once_and_several_are_listed_with_the_hours_of_all(as_, home, trust):
    lead = as_(LEAD)
    assert (lead.get(f"{home}list/").status_code, lead.get(f"{home}sample/").status_code) == (302, 302)
    new = NewInspection(title="Youth", modules=[NewModule("youth/2018")], body=trust)
    youth = arrange_inspection(inspection=new, by=LEAD)
    for kind in ("court", "out_of_court"):
        cases = [ListedCase(f"C{number}") for number in range(1, 17)]
        enter_list(inspection=youth, kind=kind, cases=cases, by=LEAD)
    for page in ("list/", "sample/"):
        assert "Court" in text(lead.get(f"/inspections/{youth.public_id}/{page}"))
    shown = re.sub(r"<[^>]+>", " ", text(lead.get(f"/inspections/{youth.public_id}/sample/")))
    assert re.search(r"All\s+30\s+75\s", shown)  # 15 of 16 each: 3 hours for a court case, 2 for the others


READABLE = [
    "list/",
    "list/case/",
    "sample/case/",
    "list/case/cases.csv",
    "list/case/case_list.csv",
    "sample/case/draw.csv",
]


@pytest.mark.parametrize("page", READABLE)
def test_a_local_assessor_sees_no_list_and_no_sample(as_, home, drawn, local, page):
    assert drawn
    assert as_(local).get(home + page).status_code == 403


@pytest.mark.parametrize("page", [*READABLE, "list/case/upload/", "sample/case/draw/", "list/case/template.csv"])
def test_who_is_not_in_the_team_finds_nothing(as_, home, drawn, page):
    assert drawn
    assert as_(OUTSIDER).get(home + page).status_code == 404


@pytest.mark.parametrize("page", ["list/case/upload/", "sample/case/draw/", "list/case/none/", "sample/case/extend/"])
def test_an_inspector_reads_and_changes_nothing(as_, home, listed, page):
    assert listed
    assert as_(ASSESSOR).get(f"{home}list/case/").status_code == 200
    assert as_(ASSESSOR).get(home + page).status_code == 403
    assert as_(ASSESSOR).post(home + page, {"why": "x", "size": 50, "cases": 1}).status_code == 403


def test_a_case_in_which_somebody_has_an_interest_is_shown_to_them_nowhere(as_, home, drawn, people):
    case = current_sample(Inspection.objects.get()).filter(drawn__role="drawn").first()
    facts = {"kind": Tie.Kind.CASE_KNOWN, "subject_kind": "case", "subject_id": case.public_id}
    Tie.objects.create(user=people[ASSESSOR], declared_at="2026-01-01T00:00Z", **facts)
    inspector = as_(ASSESSOR)
    for page in ("list/case/", "sample/case/", "list/case/cases.csv", f"list/case/?q={case.reference}"):
        assert f">{case.reference}<" not in text(inspector.get(home + page))
        assert f"{case.reference}," not in text(inspector.get(home + page))
    assert inspector.get(f"{home}list/case/case_list.csv").status_code == 403
    assert drawn


PAGES = ["list/", "list/case/", "list/case/?q=W&stratum=high", "list/case/upload/", "sample/case/"]


def test_no_page_asks_the_database_more_than_twelve_times(as_, home, listed, contact, django_assert_max_num_queries):
    assert listed
    for client in (as_(LEAD), as_(contact)):
        for page in PAGES:
            with django_assert_max_num_queries(12):
                client.get(home + page)


@pytest.mark.parametrize("page", ["list/case/", "sample/case/", "sample/case/extend/", "sample/case/draw.csv"])
def test_no_page_of_a_drawn_sample_asks_more_than_twelve_times(as_, home, drawn, django_assert_max_num_queries, page):
    assert drawn
    client = as_(LEAD)
    with django_assert_max_num_queries(12):
        assert client.get(home + page).status_code == 200


def test_what_does_not_exist_is_not_found(as_, home, listed):
    assert listed
    lead = as_(LEAD)
    for page in (
        "list/court/",
        "sample/court/",
        "list/case/uploads/x/",
        "sample/case/replace/x/",
        "sample/case/proposals/x/",
    ):
        assert lead.get(home + page).status_code == 404


def test_a_list_without_a_case_says_what_to_do(as_, home, contact, announced):
    assert "Upload the case list" in text(as_(contact).get(f"{home}list/case/"))
    assert "because no case is on the list" in text(as_(contact).get(f"{home}sample/case/"))
    say_none_eligible(inspection=announced, kind="case", why="None in the period.", by=LEAD)
    assert "None in the period." in text(as_(contact).get(f"{home}list/case/"))
