"""That a result became public is written down, once, by the duty; it is public by the clock alone."""

import pytest

from inspectorate.people.access import NotAllowedError
from inspectorate.publication.actions import BECAME_PUBLIC, note_what_became_public
from inspectorate.record.queries import entries_in

pytestmark = pytest.mark.django_db


def test_that_it_became_public_is_written_down_once_and_not_before(confirmed, lead):
    system = ("system", "duties")
    assert note_what_became_public(by=system) == []
    assert note_what_became_public(by=system, at=confirmed.visible_from) == [confirmed]
    assert note_what_became_public(by=system, at=confirmed.visible_from) == []
    said = [line.subject.id for line in entries_in(confirmed.inspection.name) if line.verb == BECAME_PUBLIC]
    assert said == [confirmed.public_id]
    with pytest.raises(NotAllowedError):
        note_what_became_public(by=lead)
