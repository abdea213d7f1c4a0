"""What tests of this stage ask again and again: a Monday, a refusal, the record, a state."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from inspectorate.inspections.models import Inspection
from inspectorate.methodology.refusals import RefusedError
from inspectorate.record.models import Entry


def monday_in(weeks):
    """Return the Monday some weeks from now."""
    today = timezone.localdate()
    return today - timedelta(today.weekday()) + timedelta(7 * weeks)


@contextmanager
def refused(code):
    """Expect a refusal of that code, with a sentence that ends."""
    with pytest.raises(RefusedError) as told:
        yield told
    assert told.value.code == code
    assert told.value.sentence.endswith(".")


def verbs(inspection):
    """Return the verbs of the record of an inspection, in order."""
    entries = Entry.objects.filter(stream__kind="inspection", stream__public_id=inspection.public_id)
    return list(entries.order_by("sequence").values_list("verb", flat=True))


def in_state(inspection, state, **changed):
    """Put an inspection into a state without the way there."""
    facts = {"state": state, "announced_at": timezone.now()} | changed
    Inspection.objects.filter(pk=inspection.pk).update(**facts)
    return Inspection.objects.get(pk=inspection.pk)


def text(response):
    """Return the words of an answer."""
    return response.content.decode()


def new_address(trust, **more):
    """Return what the first step of arranging asks."""
    return {"edition": "iaow/2013", "visits": "body", "body": trust.public_id, **more}


def details(monday):
    """Return what the second step of arranging asks."""
    return {"title": "Westmoor 2027", "nation": "england", "monday": monday.isoformat(), "weeks": "1", "show": "dates"}
