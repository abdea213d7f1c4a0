"""A list is handed in: every fault is told by row and column, what is right is kept, the rest comes back to mend."""

import csv
import io

import pytest

from inspectorate.inspections.actions import NewInspection, NewModule, advance, arrange_inspection
from inspectorate.inspections.models import Inspection
from inspectorate.people.access import NotAllowedError
from inspectorate.record.models import Entry
from inspectorate.register.actions import NewBody, register_body
from inspectorate.sampling import intake
from inspectorate.sampling.actions import freeze_list, remove_case, upload_list
from inspectorate.sampling.listed import File
from inspectorate.sampling.models import Case, CaseList, ListUpload
from inspectorate.sampling.plans import kind_of, kinds_of
from inspectorate.sampling.queries import standing
from inspectorate.sampling.refusals import Refusal
from inspectorate.sampling.shown import to_mend
from inspectorate.sampling.wrong import TITLES, Wrong
from tests.stages.conftest import ASSESSOR, CHIEF, LEAD, OUTSIDER
from tests.stages.sampling.conftest import HEADS, as_csv, as_xlsx, row
from tests.stages.sampling.test_drawing import refused

pytestmark = pytest.mark.django_db


def told(upload):
    return [(fault["code"], fault["row"], fault["column"]) for fault in upload.faults]


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_rows_that_are_right_come_on_the_list(hand_in, trust, make):
    upload, again = hand_in(make([row(1), row(2)]), name="list.xlsx")
    assert (upload.rows, upload.added, upload.faults, again) == (2, 2, [], False)
    case = Case.objects.get(reference="W24/0001")
    assert (case.stratum, case.holder) == ("medium", trust)
    assert case.characteristics["provider"] == trust.full_name
    assert case.characteristics["sex"] == "male"
    assert Entry.objects.filter(verb="case-list.uploaded").count() == 1


FAULTS = [
    ({"case": ""}, Wrong.REFERENCE_MISSING, "case"),
    ({"case": "Jane Smith"}, Wrong.REFERENCE_A_NAME, "case"),
    ({"case": "Smith"}, Wrong.REFERENCE_A_NAME, "case"),
    ({"case": "Jane Smith 12"}, Wrong.REFERENCE_A_NAME, "case"),
    ({"case": "j.smith@example.org"}, Wrong.REFERENCE_A_NAME, "case"),
    ({"case": "W" + "1" * 40}, Wrong.TOO_LONG, "case"),
    ({"case": "=W1"}, Wrong.UNFIT_SIGNS, "case"),
    ({"age_group": "01/02/1990"}, Wrong.PERSONAL, "age_group"),
    ({"age_group": "1990-02-01"}, Wrong.PERSONAL, "age_group"),
    ({"age_group": "1 May 1990"}, Wrong.PERSONAL, "age_group"),
    ({"offence": "ask j.smith@example.org"}, Wrong.PERSONAL, "offence"),
    ({"offence": "ring 01632 960 001"}, Wrong.PERSONAL, "offence"),
    ({"offence": "lives at AB1 2CD"}, Wrong.PERSONAL, "offence"),
    ({"risk_level": ""}, Wrong.STRATUM_MISSING, "risk_level"),
    ({"risk_level": "Low"}, Wrong.SPELLED_OTHERWISE, "risk_level"),
    ({"offence": "x" * 61}, Wrong.TOO_LONG, "offence"),
    ({"offence": "+1"}, Wrong.UNFIT_SIGNS, "offence"),
]


@pytest.mark.parametrize(("changed", "code", "column"), FAULTS)
def test_a_row_that_is_wrong_is_told_by_row_and_column_and_the_others_are_kept(hand_in, changed, code, column):
    upload, _ = hand_in(as_csv([row(2), row(5), row(8, **changed)]))
    assert told(upload) == [(code, 4, column)]
    assert upload.added == 2
    assert upload.faults[0]["why"]
    assert upload.faults[0]["remedy"]


@pytest.mark.parametrize(
    ("heads", "cells", "code"),
    [
        ("practitioner", "John Smith", Wrong.NOT_INITIALS),
        ("provider", "Eastmoor", Wrong.PROVIDER_UNKNOWN),
        ("home", "Nowhere", Wrong.BODY_UNKNOWN),
        ("host", "Nowhere", Wrong.BODY_UNKNOWN),
        ("kind", "court", Wrong.OTHER_KIND),
    ],
)
def test_columns_that_may_be_left_out_are_checked_where_they_stand(hand_in, heads, cells, code):
    upload, _ = hand_in(as_csv([[*row(2), cells]], f"{HEADS},{heads}"))
    assert told(upload) == [(code, 2, heads)]
    assert Case.objects.count() == 0


def test_columns_that_may_be_left_out_are_read_where_they_stand(hand_in, trust):
    given = as_csv([[*row(2), "case", trust.name, "North", trust.full_name, "", "j. s."]], HEADS + TAIL)
    upload, _ = hand_in(given)
    case = Case.objects.get()
    assert upload.faults == []
    assert (case.holder, case.home, case.host, case.practitioner) == (trust, trust, None, "JS")
    assert case.characteristics["ldu"] == "North"


TAIL = ",kind,provider,ldu,home,host,practitioner"


def test_where_several_providers_are_inspected_each_case_names_its_own(people, trust):  # noqa: ARG001 - they open the database
    other = register_body(
        body=NewBody("Eastmoor", kind="probation_trust", nation="england", region="Moors", invented=True), by=LEAD
    )
    new = NewInspection(title="The moors", modules=[NewModule("iaow/2013")], area="The moors", providers=[trust, other])
    inspection = arrange_inspection(inspection=new, by=LEAD)
    content = as_csv([[*row(2), "Eastmoor"], [*row(5), ""], [*row(8), "Westmoor"]], f"{HEADS},provider")
    upload, _ = upload_list(inspection=inspection, kind="case", file=File("a.csv", content), by=LEAD)
    assert told(upload) == [(Wrong.PROVIDER_MISSING, 3, "provider")]
    assert other.full_name in upload.faults[0]["remedy"]
    assert {case.holder.name for case in Case.objects.all()} == {"Eastmoor", "Westmoor"}
    without, _ = upload_list(inspection=inspection, kind="case", file=File("b.csv", as_csv([row(11)])), by=LEAD)
    assert told(without) == [(Wrong.HEAD_MISSING, 1, "provider")]


@pytest.mark.parametrize(
    ("content", "code", "column"),
    [
        (b"", Wrong.NO_ROWS, ""),
        (HEADS.encode(), Wrong.NO_ROWS, ""),
        (as_csv([row(1)[1:]], HEADS.removeprefix("case,")), Wrong.HEAD_MISSING, "case"),
        (as_csv([row(1)[:-1]], HEADS.removesuffix(",risk_level")), Wrong.HEAD_MISSING, "risk_level"),
        (as_csv([[*row(1), "x"]], f"{HEADS},sex"), Wrong.HEAD_TWICE, "sex"),
        (as_csv([[*row(1), "x"]], f"{HEADS},Date of birth"), Wrong.HEAD_PERSONAL, "Date of birth"),
        (as_csv([row(1)]).replace(b",", b";"), Wrong.UNREADABLE, ""),
        ("case\nJosé".encode("latin-1"), Wrong.UNREADABLE, ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", Wrong.UNREADABLE, ""),
        (b"%PDF-1.7 \x00\x01", Wrong.UNREADABLE, ""),
        (b"PK\x03\x04rest", Wrong.UNREADABLE, ""),
        (as_xlsx([row(1)], change=lambda book: book.active.append(["=1+1"])), Wrong.UNREADABLE, ""),
        (as_xlsx([row(1)], change=lambda book: book.create_sheet("x").append(["y"])), Wrong.UNREADABLE, ""),
        (as_csv([row(n, risk_level=f"level {n}") for n in range(30)]), Wrong.STRATA_TOO_MANY, "risk_level"),
        (as_csv([["x"]] * 1_048_577, "case"), Wrong.TOO_MANY_ROWS, ""),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_told_once_and_changes_nothing(hand_in, content, code, column):
    upload, _ = hand_in(content)
    assert [(one, where) for one, _, where in told(upload)] == [(code, column)]
    assert Case.objects.count() == 0
    assert ListUpload.objects.get() == upload


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "this is a PDF."),
        (b"\x89PNG\r\n\x1a\n", "this is a picture."),
        ("case,risk_level\nA1,high\n".encode("utf-16"), "this is text in UTF-16"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old or a protected spreadsheet (.xls)."),
        (b"case,risk_level\nA\xe9,high\n", "a letter cannot be read"),
    ],
)
def test_a_file_that_is_no_table_is_called_what_it_is(hand_in, content, what):
    upload, _ = hand_in(content)
    fault = upload.faults[0]
    assert fault["why"].startswith(what)
    assert "Save" in fault["remedy"]


def test_rows_of_another_length_are_told(hand_in):
    upload, _ = hand_in(as_csv([row(2), row(5)[:-2], [*row(8), "one more"]]))
    assert [(code, number) for code, number, column in told(upload) if column == "row"] == [
        (Wrong.UNEVEN, 3),
        (Wrong.UNEVEN, 4),
    ]


def test_a_reference_that_stands_twice_is_told_where_it_stands(hand_in):
    upload, _ = hand_in(as_csv([row(2), row(2), row(5), row(5, sex="male"), row(8)]))
    assert told(upload) == [
        (Wrong.REFERENCE_TWICE, 3, "case"),
        (Wrong.REFERENCE_TWICE, 4, "case"),
        (Wrong.REFERENCE_TWICE, 5, "case"),
    ]
    assert [case.reference for case in Case.objects.order_by("reference")] == ["W24/0002", "W24/0008"]


def test_every_fault_has_its_words():
    assert set(TITLES) == set(Wrong)


def test_what_looks_personal_is_neither_told_nor_kept(hand_in):
    upload, _ = hand_in(as_csv([row(2, age_group="01/02/1990"), row(5, case="Jane Smith"), row(8)]))
    kept = str([upload.faults, upload.faulty_rows])
    assert "1990" not in kept
    assert "Jane" not in kept


def test_a_column_that_nobody_asked_for_is_passed_over_and_not_kept(hand_in):
    content = as_csv([[*row(2), "secret"], [*row(5, risk_level=""), "secret"]], f"{HEADS},shoe size")
    upload, _ = hand_in(content)
    assert upload.notes == ["The column 'shoe_size' is not asked for: nothing in it was read or kept."]
    assert "secret" not in str([upload.faulty_rows, Case.objects.get().characteristics])


def mended(upload, change):
    """Return the rows to mend, put right and saved, as somebody does it."""
    heads, rows = to_mend(kind_of(upload.case_list.inspection, "case"), upload)
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(heads)
    writer.writerows([change(dict(zip(heads, one, strict=True)))[head] for head in heads] for one in rows)
    return made.getvalue().encode()


def test_the_rows_to_mend_say_what_is_wrong_and_come_back_mended(hand_in):
    first, _ = hand_in(as_csv([row(2), row(5, risk_level=""), row(8, case="Smith")]))
    assert [one["row"] for one in first.faulty_rows] == [3, 4]

    def mend(cells):
        assert cells["what_is_wrong"]
        return cells | {"risk_level": cells["risk_level"] or "low", "case": cells["case"] or "W24/0008"}

    second, again = hand_in(mended(first, mend), name="mended.csv")
    assert (second.added, second.faults, again) == (2, [], False)
    assert sorted(Case.objects.values_list("reference", flat=True)) == ["W24/0002", "W24/0005", "W24/0008"]


def test_the_same_file_twice_is_known_by_its_digest_and_changes_nothing(hand_in):
    content = as_csv([row(2), row(5)])
    first, _ = hand_in(content)
    second, again = hand_in(content, name="another-name.csv")
    assert (second, again) == (first, True)
    assert (ListUpload.objects.count(), Case.objects.count()) == (1, 2)
    assert Entry.objects.filter(verb="case-list.uploaded").count() == 1


def test_the_same_file_does_not_bring_back_a_case_that_was_taken_off(hand_in):
    content = as_csv([row(2), row(5)])
    hand_in(content)
    remove_case(case=Case.objects.get(reference="W24/0005"), why="It had ended before the period.", by=LEAD)
    assert hand_in(content)[1] is True
    assert Case.objects.get().reference == "W24/0002"


def test_a_file_with_faults_is_read_again_because_what_it_lacked_may_be_there_now(hand_in, announced):
    content = as_csv([[*row(2), "Eastmoor"]], f"{HEADS},provider")
    hand_in(content)
    assert hand_in(content)[1] is True
    other = register_body(
        body=NewBody("Eastmoor", kind="probation_trust", nation="england", region="Moors", invented=True), by=LEAD
    )
    announced.inspected_providers.create(body=other)
    upload, again = hand_in(content)
    assert (upload.added, again) == (1, False)


def test_a_case_that_is_listed_with_other_facts_is_a_fault(hand_in):
    hand_in(as_csv([row(2), row(5)]))
    upload, _ = hand_in(as_csv([row(2), row(5, sex="male"), row(8)]))
    assert told(upload) == [(Wrong.LISTED_OTHERWISE, 3, "case")]
    assert (upload.added, upload.unchanged) == (1, 1)
    assert Case.objects.get(reference="W24/0005").characteristics["sex"] == "female"


def test_a_whole_list_is_replaced_and_a_case_that_stays_keeps_its_identity(hand_in):
    hand_in(as_csv([row(2), row(5)]))
    before = Case.objects.get(reference="W24/0005").public_id
    upload, _ = hand_in(as_csv([row(5, sex="male"), row(8)]), instead_of=standing(CaseList.objects.get()))
    assert (upload.whole, upload.added, upload.changed, upload.removed) == (True, 1, 1, 1)
    case = Case.objects.get(reference="W24/0005")
    assert (case.public_id, case.characteristics["sex"]) == (before, "male")
    assert sorted(Case.objects.values_list("reference", flat=True)) == ["W24/0005", "W24/0008"]


def test_a_file_without_one_right_row_never_takes_the_place_of_a_list(hand_in):
    hand_in(as_csv([row(2)]))
    upload, _ = hand_in(as_csv([row(5, risk_level="")]), instead_of=standing(CaseList.objects.get()))
    assert (upload.whole, upload.removed) == (False, 0)
    assert Case.objects.get().reference == "W24/0002"


def test_a_list_of_one_row_is_a_list(hand_in):
    upload, _ = hand_in(as_csv([row(2)]))
    freeze_list(case_list=upload.case_list, by=LEAD)
    assert CaseList.objects.get().digest


def test_nothing_is_handed_in_for_a_closed_list_nor_taken_off_it(hand_in):
    upload, _ = hand_in(as_csv([row(2)]))
    freeze_list(case_list=upload.case_list, by=LEAD)
    refused(Refusal.LIST_CLOSED, hand_in, content=as_csv([row(5)]))
    refused(Refusal.LIST_CLOSED, remove_case, case=Case.objects.get(), why="wrong", by=LEAD)


def test_a_case_is_taken_off_once_and_with_a_reason(hand_in):
    hand_in(as_csv([row(2), row(5)]))
    case = Case.objects.get(reference="W24/0005")
    refused(Refusal.REASON_MISSING, remove_case, case=case, why=" ", by=LEAD)
    remove_case(case=case, why="It had ended before the period.", by=LEAD)
    refused(Refusal.LIST_CHANGED, remove_case, case=case, why="again", by=LEAD)
    kept = Entry.objects.get(verb="case-list.case-removed")
    assert "W24/0005" in kept.payload.text


def test_only_the_body_and_the_lead_hand_in(hand_in, contact):
    for by in (ASSESSOR, CHIEF, OUTSIDER):
        with pytest.raises(NotAllowedError):
            hand_in(as_csv([row(2)]), by=by)
    assert hand_in(as_csv([row(2)]), by=contact)[0].uploaded_by_id == contact[1]


def test_the_body_hands_nothing_in_before_it_is_told(inspection, contact):
    with pytest.raises(NotAllowedError):
        upload_list(inspection=inspection, kind="case", file=File("a.csv", b"x"), by=contact)


def test_nothing_is_handed_in_once_the_sample_is_drawn_nor_for_a_kind_that_is_not_there(announced, hand_in):
    file = File("a.csv", as_csv([row(2)]))
    refused(Refusal.KIND_UNKNOWN, upload_list, inspection=announced, kind="court", file=file, by=LEAD)
    Inspection.objects.update(state="sampled")
    refused(Refusal.NOT_NOW, hand_in, content=file.content)


def test_a_list_is_asked_for_in_each_optional_part_that_was_chosen(people, trust):  # noqa: ARG001 - they open the database
    main = NewInspection(title="A company", modules=[NewModule("probation/2019")], body=trust)
    with_part = NewInspection(
        title="A company",
        modules=[NewModule("probation/2019"), NewModule("probation/2019", code="company")],
        body=trust,
    )
    kinds = []
    for new in (main, with_part):
        inspection = arrange_inspection(inspection=new, by=LEAD)
        advance(inspection=inspection, verb="announce", by=LEAD, holds={"lead_named", "week_set", "week_ahead"})
        kinds.append([planned.code for planned in kinds_of(inspection)])
    assert kinds[0] == ["case"]
    assert set(kinds[1]) == {"case", "unpaid_work", "through_the_gate"}


def test_a_file_that_is_too_large_is_not_read(hand_in, monkeypatch):
    monkeypatch.setattr(intake, "MOST_BYTES", 100)
    upload, _ = hand_in(as_csv([row(n) for n in range(20)]))
    assert told(upload) == [(Wrong.UNREADABLE, None, "")]
