"""Fifty deliveries of the same entries at the same moment store each once, and all get the same receipts."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from inspectorate.fieldwork.actions import append_entries
from inspectorate.fieldwork.models import Entry
from inspectorate.record.models import Entry as Line

pytestmark = pytest.mark.django_db(transaction=True)


def deliver_at_once(assessment, batches, by):
    """Return what became of each batch, all sent from threads of their own that wait for each other."""
    start = Barrier(len(batches))

    def deliver(batch):
        try:
            start.wait(60)
            return append_entries(assessment=assessment, entries=batch, by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(batches)) as threads:
        return list(threads.map(deliver, batches))


@pytest.mark.database("postgresql")
def test_fifty_deliveries_of_the_same_entries(assessment, entry, assessor):
    batch = [entry(n, question=f"A{n:02d}") for n in range(1, 21)]
    backwards = list(reversed(batch))
    deliveries = deliver_at_once(assessment, [batch, backwards] * 25, assessor)
    assert [delivery.refused for delivery in deliveries] == [()] * 50
    assert len({frozenset(delivery.receipts) for delivery in deliveries}) == 1
    assert Entry.objects.count() == 20
    assert Line.objects.filter(verb="entries.received").count() == 1


@pytest.mark.database("postgresql")
def test_of_fifty_contents_under_one_id_one_is_held_and_the_others_are_told(assessment, entry, assessor):
    deliveries = deliver_at_once(assessment, [[entry(1, f"v{n}")] for n in range(50)], assessor)
    assert sum(len(delivery.receipts) for delivery in deliveries) == 1
    assert sum(len(delivery.refused) for delivery in deliveries) == 49
    assert Entry.objects.count() == 1


def test_four_deliveries_of_the_same_entries(assessment, entry, assessor):
    batch = [entry(n, question=f"A{n:02d}") for n in range(1, 6)]
    deliveries = deliver_at_once(assessment, [batch] * 4, assessor)
    assert len(set(deliveries)) == 1
    assert Entry.objects.count() == 5
