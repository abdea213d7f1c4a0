"""A question that is worked out once gives what the queryset itself gives, for whatever values it is asked with."""

from datetime import UTC, datetime

import pytest
from django.db.models import Exists, OuterRef, Q, Value

from inspectorate.record.chain import GENESIS
from inspectorate.record.models import Entry, Payload, Stream
from inspectorate.record.prepared import Insert, Question

pytestmark = pytest.mark.django_db


def by_verb(*, verb, since):
    erased = ~Exists(Payload.objects.filter(entry=OuterRef("pk")))
    found = Entry.objects.filter(verb=verb, at__gte=since).select_related("stream", "payload").order_by("pk")
    return found.annotate(gone=erased, said=Value("as is"))


@pytest.mark.usefixtures("streams")
@pytest.mark.parametrize("verb", ["rename", "nothing of this name", "'; DROP TABLE record_entry; --"])
def test_it_gives_the_objects_that_the_queryset_gives(verb, django_assert_num_queries):
    question, since = Question(by_verb), datetime(2026, 1, 1, tzinfo=UTC)
    wanted = list(by_verb(verb=verb, since=since))
    for _ in range(3):
        with django_assert_num_queries(1):
            found = question.objects(verb=verb, since=since)
            assert found == wanted
            told = [(one.stream.name, one.at, one.payload.text, one.gone, one.said) for one in found]
        assert told == [(one.stream.name, one.at, one.payload.text, one.gone, one.said) for one in wanted]


@pytest.mark.usefixtures("streams")
def test_each_asking_gets_the_answer_to_its_own_values():
    question = Question(lambda *, number: Entry.objects.filter(sequence=number))
    assert [{one.sequence for one in question.objects(number=number)} for number in (2, 5, 99)] == [{2}, {5}, set()]


def test_it_is_worked_out_once_for_each_shape():
    shapes = []

    def build(way, *, kind):
        shapes.append(way)
        return Stream.objects.order_by(way).filter(kind=kind)

    question = Question(build)
    for way in ("pk", "-pk", "pk", "-pk"):
        question.objects(way, kind="inspection")
    assert shapes == ["pk", "-pk"]


def test_a_value_that_stands_nowhere_in_the_question_is_a_mistake():
    with pytest.raises(ValueError, match="has to stand in it"):
        Question(lambda *, kind, other: Stream.objects.filter(kind=kind)).objects(kind="body", other="x")  # noqa: ARG005 - that is the mistake


def test_what_nothing_can_ever_answer_is_a_mistake():
    with pytest.raises(ValueError, match="Nothing can ever answer"):
        Question(lambda *, kind: Stream.objects.filter(Q(pk__in=[]), kind=kind)).objects(kind="body")


def test_of_rows_that_are_inserted_those_that_were_new_are_told():
    rows = [Stream(kind="body", public_id=name, head=GENESIS) for name in ("a", "b")]
    into = Insert(Stream, ignore_conflicts=True)
    assert into.rows(rows[:1], returning="public_id") == ["a"]
    assert into.rows(rows, returning="public_id") == ["b"]
    assert set(Stream.objects.values_list("public_id", "count", "head")) == {("a", 0, GENESIS), ("b", 0, GENESIS)}
