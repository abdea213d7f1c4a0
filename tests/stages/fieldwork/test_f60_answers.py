"""F60: an answer is changed after it was received, straight in the database; the command names it."""

import pytest
from django.db import connection

from inspectorate.config.cli import main
from inspectorate.fieldwork.actions import append_entries
from inspectorate.fieldwork.models import Assessment
from inspectorate.fieldwork.proved import AnswerFault, answer_faults
from inspectorate.fieldwork.refusals import Refusal

ASSESSOR = ("user", "an-assessor")


def sql(sentence, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sentence, values)
        return cursor.rowcount


@pytest.fixture
def answered(assessment, entry):
    """An assessment with six answers, received in two deliveries."""
    for numbers in (range(4, 7), range(1, 4)):
        append_entries(
            assessment=assessment, entries=[entry(number, question=f"A0{number}") for number in numbers], by=ASSESSOR
        )
    return assessment


def test_nothing_more_is_written_once_it_is_signed_off(answered, entry):
    Assessment.objects.filter(pk=answered.pk).update(state="accepted")
    delivery = append_entries(assessment=answered, entries=[entry(9, question="A09")], by=ASSESSOR)
    assert [one.code for one in delivery.refused] == [Refusal.ASSESSMENT_CLOSED]
    assert answered.entries.count() == 6


def fault(assessment, number, code):
    return [AnswerFault(assessment.public_id, f"{number:032x}", code)]


def test_answers_as_they_were_received_hold(answered, capsys):
    assert list(answer_faults()) == []
    assert answered.entries.count() == 6
    assert main(["record", "verify"]) == 0
    assert "The record is whole" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("column", "value"),
    [("value", "insufficient"), ("question", "A06"), ("device_time", "2026-11-20 09:00:00+00:00"), ("hash", "0" * 64)],
)
def test_an_answer_changed_in_the_database_is_named(answered, column, value, capsys):
    place = [value, f"{2:032x}"]
    assert sql(f"UPDATE fieldwork_entry SET {column} = %s WHERE public_id = %s", place) == 1  # noqa: S608
    assert list(answer_faults()) == fault(answered, 2, "changed")
    assert main(["record", "verify"]) == 1
    assert f"Answer {2:032x} of assessment/{answered.public_id} is not what was received" in capsys.readouterr().out


def test_an_answer_changed_together_with_its_hash_is_named(answered):
    other = answered.entries.get(public_id=f"{3:032x}").hash
    sql("UPDATE fieldwork_entry SET value = 'insufficient', hash = %s WHERE public_id = %s", [other, f"{2:032x}"])
    assert list(answer_faults()) == fault(answered, 2, "changed")


def test_an_answer_deleted_from_the_database_is_named(answered):
    sql("DELETE FROM fieldwork_entry WHERE public_id = %s", [f"{5:032x}"])
    assert list(answer_faults()) == fault(answered, 5, "deleted")


def test_all_answers_deleted_are_named(answered):
    sql("DELETE FROM fieldwork_entry")
    assert {found.code for found in answer_faults()} == {"deleted"}
    assert sum(1 for _ in answer_faults()) == 6
    assert answered.entries.count() == 0


def test_an_answer_inserted_into_the_database_is_named(answered):
    fields = "assessment_id, device, question, part, value, text, device_time, received_at, batch, hash"
    sql(
        f"INSERT INTO fieldwork_entry (public_id, counter, {fields}) SELECT %s, 99, {fields} FROM fieldwork_entry "  # noqa: S608
        "WHERE public_id = %s",
        [f"{99:032x}", f"{1:032x}"],
    )
    assert list(answer_faults()) == fault(answered, 99, "inserted")


def test_answers_that_changed_places_are_named(answered):
    place = dict(answered.entries.values_list("public_id", "sequence"))
    one, other = f"{1:032x}", f"{5:032x}"
    for id_, sequence in ((one, 10**9), (other, place[one]), (one, place[other])):
        sql("UPDATE fieldwork_entry SET sequence = %s WHERE public_id = %s", [sequence, id_])
    assert [found.code for found in answer_faults()] == ["moved"]
