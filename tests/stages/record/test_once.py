"""What is written once is neither changed nor deleted, by whatever way one tries, in whatever stage."""

import pytest
from django.apps import apps

from inspectorate.record.models import Stream
from inspectorate.record.once import Once, OnceQuerySet, WrittenOnceError

ONCE = [model for model in apps.get_models() if issubclass(model, Once)]
NAMED = {
    *("record.Stream", "record.Entry", "record.Payload", "record.Seal", "fieldwork.Entry"),
    *("ratings.Judgement", "ratings.Settlement", "reports.SectionVersion", "reports.Draft", "reports.Correction"),
    *("reports.Comment", "reports.Answer", "reports.SignedReport"),
}


def standing(model):
    """Return a row as it comes out of the database."""
    row = model(pk=1)
    row._state.adding = False
    return row


WAYS = {
    "save": lambda model: standing(model).save(),
    "delete": lambda model: standing(model).delete(),
    "update": lambda model: model.objects.update(pk=2),
    "delete many": lambda model: model.objects.all().delete(),
    "bulk update": lambda model: model.objects.bulk_update([standing(model)], ["pk"]),
    "bulk create": lambda model: model.objects.bulk_create([], update_conflicts=True),
    "update or create": lambda model: model.objects.update_or_create(pk=1),
}


def test_these_are_written_once():
    assert {model._meta.label for model in ONCE} >= NAMED


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", ONCE, ids=lambda model: model._meta.label)
def test_it_is_refused_with_what_to_do_instead(model, way):
    with pytest.raises(WrittenOnceError, match=f"neither changed nor deleted: {model.instead}."):
        WAYS[way](model)


@pytest.mark.parametrize("model", ONCE, ids=lambda model: model._meta.label)
def test_each_reads_by_a_manager_that_refuses(model):
    assert all(isinstance(manager.all(), OnceQuerySet) for manager in model._meta.managers)


@pytest.mark.django_db
def test_rows_are_added_one_by_one_and_many_at_once():
    first, *others = (Stream(kind="body", public_id=f"b{number}", head="0" * 64) for number in (1, 2, 3))
    first.save()
    Stream.objects.bulk_create(others)
    assert Stream.objects.count() == 3
