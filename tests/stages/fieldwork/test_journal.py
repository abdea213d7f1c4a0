"""What a device sends is stored once, receipted, and never lost."""

from datetime import datetime
from random import Random

import pytest

from inspectorate.fieldwork.actions import MOST_IN_A_BATCH, append_entries, begin_assessment
from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.fieldwork.queries import current_answers, current_entries
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.record.models import Entry as Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(assessment, assessor):
    def sending(*entries):
        return append_entries(assessment=assessment, entries=entries, by=assessor)

    return sending


def current(assessment, reading=current_answers):
    found = reading(Assessment.objects.filter(pk=assessment.pk))
    return sorted(found.values_list("public_id", flat=True))


def refusals(delivery):
    return [(refused.id, refused.code) for refused in delivery.refused]


def test_an_identical_resend_gets_the_same_receipts_and_leaves_no_trace(send, entry):
    batch = [entry(1), entry(2, question="A02")]
    first, lines = send(*batch), Line.objects.count()
    assert send(*batch) == first
    assert send(*reversed(batch)).receipts == tuple(reversed(first.receipts))
    assert (Entry.objects.count(), Line.objects.count()) == (2, lines)
    assert len({receipt.sequence for receipt in first.receipts}) == 2


def test_a_batch_leaves_one_entry_in_the_record_with_the_hash_of_each(send, entry, assessment):
    delivery = send(entry(1), entry(2, question="A02"))
    line = Line.objects.get(verb="entries.received")
    assert line.subject_id == assessment.public_id
    assert line.particulars["entries"] == {receipt.id: receipt.hash for receipt in delivery.receipts}


@pytest.mark.parametrize("changed", [{"value": "not_sufficient"}, {"counter": 9}, {"question": "A02"}])
def test_the_same_id_with_other_content_is_refused_by_name_and_what_is_held_stays(send, entry, changed):
    send(entry(1))
    delivery = send(entry(2, question="A02"), entry(1, **changed))
    assert refusals(delivery) == [(f"{1:032x}", Refusal.OTHER_CONTENT)]
    assert [receipt.id for receipt in delivery.receipts] == [f"{2:032x}"]
    assert Entry.objects.get(public_id=f"{1:032x}").value == "sufficient"


def test_the_same_id_for_another_assessment_is_refused(send, entry, case_list, assessor, give):
    send(entry(1))
    give(case_list.cases.get(reference="C002"), assessor)
    other = begin_assessment(case=case_list.cases.get(reference="C002"), assessor=assessor, by=assessor)
    delivery = append_entries(assessment=other, entries=[entry(1)], by=assessor)
    assert refusals(delivery) == [(f"{1:032x}", Refusal.OTHER_CONTENT)]


def test_one_id_with_two_contents_in_one_batch_keeps_the_first(send, entry):
    delivery = send(entry(1), entry(1, "not_sufficient"))
    assert refusals(delivery) == [(f"{1:032x}", Refusal.OTHER_CONTENT)]
    assert Entry.objects.get().value == "sufficient"


def test_a_counter_that_its_device_has_used_is_refused(send, entry):
    send(entry(1))
    assert refusals(send(entry(2, counter=1))) == [(f"{2:032x}", Refusal.COUNTER_TAKEN)]


def test_entries_are_accepted_in_any_order_and_the_last_word_stands(send, entry, assessment):
    chain = [entry(n, supersedes=f"{n - 1:032x}" if n > 1 else None) for n in range(1, 8)]
    Random(7).shuffle(chain)  # noqa: S311 - no secret, and it must repeat
    for one in chain:
        assert refusals(send(one)) == []
    assert current(assessment) == [f"{7:032x}"]


def test_two_entries_that_supersede_the_same_one_are_both_current_until_a_third_decides(send, entry, assessment):
    one, two = f"{2:032x}", f"{3:032x}"
    send(entry(1), entry(2, "not_sufficient", supersedes=f"{1:032x}"), entry(3, supersedes=f"{1:032x}", device="other"))
    assert current(assessment) == [one, two]
    send(entry(4, supersedes=one))
    assert current(assessment) == [two, f"{4:032x}"]
    send(entry(5, supersedes=two, decides=f"{4:032x}"))
    assert current(assessment) == [f"{5:032x}"]


def test_two_answers_of_two_devices_that_supersede_nothing_are_both_current(send, entry, assessment):
    send(entry(1), entry(2, "not_sufficient", device="other"))
    assert len(current(assessment)) == 2


def test_an_entry_never_supersedes_one_of_another_question_part_or_assessment(
    send, entry, assessment, case_list, assessor, give
):
    give(case_list.cases.get(reference="C002"), assessor)
    root = f"{1:032x}"
    send(entry(1), entry(2, question="A02", supersedes=root), entry(3, "late", part="reasons", supersedes=root))
    other = begin_assessment(case=case_list.cases.get(reference="C002"), assessor=assessor, by=assessor)
    append_entries(assessment=other, entries=[entry(4, supersedes=root)], by=assessor)
    assert root in current(assessment)
    assert len(current(assessment, current_entries)) == 3


@pytest.mark.parametrize("together", [True, False])
def test_a_circle_cannot_make_an_answer_vanish(send, entry, assessment, together):
    circle = [entry(n, supersedes=f"{n % 3 + 1:032x}") for n in (1, 2, 3)]
    deliveries = [send(*circle)] if together else [send(one) for one in circle]
    assert {refused.code for delivery in deliveries for refused in delivery.refused} == {Refusal.CIRCLE}
    assert len(current(assessment)) == (0 if together else 1)


def test_a_decision_cannot_close_a_circle_either(send, entry, assessment):
    send(entry(1), entry(2, supersedes=f"{1:032x}"), entry(3, supersedes=f"{9:032x}", decides=f"{4:032x}"))
    assert [refused.code for refused in send(entry(4, supersedes=f"{3:032x}")).refused] == [Refusal.CIRCLE]
    assert current(assessment) == [f"{2:032x}", f"{3:032x}"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"id": "ABC"}, Refusal.ID_MALFORMED),
        ({"supersedes": "x"}, Refusal.ID_MALFORMED),
        ({"part": "other"}, Refusal.ENTRY_MALFORMED),
        ({"decides": "x"}, Refusal.ID_MALFORMED),
        ({"decides": f"{8:032x}"}, Refusal.ENTRY_MALFORMED),
        ({"decides": f"{8:032x}", "supersedes": f"{8:032x}"}, Refusal.ENTRY_MALFORMED),
        ({"supersedes": f"{1:032x}"}, Refusal.ENTRY_MALFORMED),
        ({"counter": 0}, Refusal.ENTRY_MALFORMED),
        ({"device": ""}, Refusal.ENTRY_MALFORMED),
        ({"question": ""}, Refusal.ENTRY_MALFORMED),
        ({"value": "a\0b"}, Refusal.ENTRY_MALFORMED),
        ({"value": "x" * 500}, Refusal.ENTRY_MALFORMED),
        ({"text": "beside the value"}, Refusal.ENTRY_MALFORMED),
        ({"part": "note", "value": "", "text": "half \ud800"}, Refusal.ENTRY_MALFORMED),
        ({"device_time": datetime(2026, 11, 21)}, Refusal.ENTRY_MALFORMED),  # noqa: DTZ001 - that is what is wrong
    ],
)
def test_a_malformed_entry_is_refused_by_name_and_stops_no_other(send, entry, changed, code):
    delivery = send(entry(1, **changed), entry(2, question="A02"))
    assert [refused.code for refused in delivery.refused] == [code]
    assert [receipt.id for receipt in delivery.receipts] == [f"{2:032x}"]


def test_a_note_and_reasons_stand_beside_the_answer(send, entry, assessment):
    send(entry(1), entry(2, "late;copied", part="reasons"), entry(3, "", part="note", text="Ŵyr, 10 o’clock"))
    assert current(assessment) == [f"{1:032x}"]
    assert len(current(assessment, current_entries)) == 3


def test_a_batch_that_is_too_large_is_refused_whole(send, entry):
    with pytest.raises(RefusedError) as refused:
        send(*(entry(n) for n in range(1, MOST_IN_A_BATCH + 2)))
    assert (refused.value.code, Entry.objects.count()) == (Refusal.BATCH_TOO_LARGE, 0)


def test_the_largest_batch_is_stored_whole(send, entry):
    delivery = send(*(entry(n, question=f"Q{n}") for n in range(1, MOST_IN_A_BATCH + 1)))
    assert (len(delivery.receipts), Entry.objects.count()) == (MOST_IN_A_BATCH, MOST_IN_A_BATCH)
