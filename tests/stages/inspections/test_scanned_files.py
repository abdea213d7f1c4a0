"""Files are scanned by the operator's scanner before anything opens them; where it does not answer none is taken."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from inspectorate.config.in_force import facts
from inspectorate.inspections.evidence.files import read_files
from inspectorate.inspections.models import EvidenceVersion
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.people.models import SecurityEvent, User
from inspectorate.ratings.forms import HandIn
from inspectorate.ratings.intake import edition_of
from inspectorate.sampling.forms import UploadList
from inspectorate.ui.uploads.packed import UnsafeError
from inspectorate.ui.uploads.scanning import refuse_harmful, refused_codes, scanner_answers
from tests.stages.conftest import CONTACT
from tests.stages.scanner import EICAR, scanner

HARMFUL, CLEAN = b"case\n" + EICAR, b"case\n1\n"


def why(content, settings, address):
    settings.SCANNER = address
    try:
        refuse_harmful([content])
    except UnsafeError as error:
        return error.code
    return ""


def test_a_harmful_file_is_known_and_a_clean_one_is_not(settings):
    with scanner() as (address, seen):
        assert [why(content, settings, address) for content in (HARMFUL, CLEAN)] == ["malware", ""]
        assert why(CLEAN * 60_000, settings, address) == ""
    assert seen == [HARMFUL, CLEAN, CLEAN * 60_000], "the whole of it, in pieces"


def test_a_socket_of_this_machine_does_as_well(settings, tmp_path):
    with scanner(path=tmp_path / "clamd.ctl") as (address, _):
        assert [why(content, settings, address) for content in (HARMFUL, CLEAN)] == ["malware", ""]


@pytest.mark.parametrize("how", ["silent", "cut", "full"])
def test_a_scanner_that_gives_no_answer_lets_nothing_in(settings, how):
    settings.SCANNER_SECONDS = 0.3
    with scanner(how, patience=2) as (address, _):
        assert why(CLEAN, settings, address) == "unscanned"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:/no/such/socket", "http://127.0.0.1", "clamd"])
def test_one_that_is_not_there_lets_nothing_in_either(settings, address):
    assert why(CLEAN, settings, address) == "unscanned"


def test_where_none_is_set_nothing_is_asked(settings):
    assert why(HARMFUL, settings, "") == ""


@pytest.mark.django_db
def test_it_is_said_whether_there_is_one_and_whether_it_answers(settings):
    def said():
        return next(one.verdict for one in facts() if one.name == "scanner of files")

    settings.SCANNER = ""
    assert said() == "notice"
    with scanner() as (address, _):
        settings.SCANNER = address
        assert (said(), scanner_answers()) == ("fine", "")
    assert (said(), "does not answer" in scanner_answers()) == ("wrong", True)


def test_evidence_is_scanned(settings):
    with scanner() as (settings.SCANNER, _):
        assert read_files([SimpleUploadedFile("plan.csv", CLEAN)])[0].content == CLEAN
        with pytest.raises(RefusedError) as caught:
            read_files([SimpleUploadedFile("plan.csv", HARMFUL)])
        assert caught.value.code == Refusal.FILE_HARMFUL
    settings.SCANNER = "tcp://127.0.0.1:1"
    with pytest.raises(RefusedError) as caught:
        read_files([SimpleUploadedFile("plan.csv", CLEAN)])
    assert caught.value.code == Refusal.FILE_UNSCANNED


def test_every_other_form_that_takes_a_file_scans_it(settings):
    def forms(content):
        given = {name: SimpleUploadedFile("a.csv", content) for name in ("file", "answers", "case_list")}
        return UploadList({}, given), HandIn({}, given, edition=edition_of("iaow/2013"))

    with scanner() as (settings.SCANNER, _):
        assert [refused_codes(one) for one in forms(HARMFUL)] == [["malware"], ["malware", "malware"]]
        assert [refused_codes(one) for one in forms(CLEAN)] == [[], []]
        case_list = forms(CLEAN)[0]
        assert case_list.is_valid()
        assert case_list.handed_in().content == CLEAN, "it is read from its beginning afterwards"
    settings.SCANNER = "tcp://127.0.0.1:1"
    assert [refused_codes(one)[0] for one in forms(CLEAN)] == ["unscanned", "unscanned"]


@pytest.mark.django_db
@pytest.mark.usefixtures("contact")
def test_a_refused_file_loses_nothing_that_was_written_and_stands_in_the_log(client, announced, settings):
    client.force_login(User.objects.get(public_id=CONTACT[1] if isinstance(CONTACT, tuple) else CONTACT))
    address = reverse("inspections:evidence_write", args=[announced.public_id, "iaow", "2013", "1"])
    sent = {"text": "What I typed", "reasons": "Because", "rating": "sufficient", "based_on": "0", "give": "yes"}
    with scanner() as (settings.SCANNER, _):
        page = client.post(address, sent | {"files": SimpleUploadedFile("plan.csv", HARMFUL)}).content.decode()
    assert ("holds harmful software" in page, "What I typed" in page) == (True, True)
    page = client.post(address, sent | {"files": SimpleUploadedFile("plan.csv", CLEAN)}).content.decode()
    assert ("could not be scanned" in page, "What I typed" in page) == (True, True)
    assert not EvidenceVersion.objects.exists()
    lines = SecurityEvent.objects.filter(kind="file_refused").order_by("pk")
    assert [one.detail for one in lines] == ["file-harmful", "file-unscanned"]
    assert "plan.csv" not in "".join(one.about + one.detail for one in lines)
