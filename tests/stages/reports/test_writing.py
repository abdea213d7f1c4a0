"""Writing a report: every saving is a version, two writers never write over each other, figures are never typed."""

import pytest

from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import NotAllowedError
from inspectorate.record.models import Entry
from inspectorate.record.once import WrittenOnceError
from inspectorate.reports.models import SectionVersion
from inspectorate.reports.queries import building_of, current_versions
from inspectorate.reports.refusals import Refusal
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LOCAL, OUTSIDER
from tests.stages.reports.conftest import to_state, write


def test_what_is_written_is_kept_as_a_version_with_who_and_when(drafting):
    first = write(drafting, "context", "A wide and windy place.", by=ASSESSOR)
    second = write(drafting, "context", "A wide, windy place.", after=first.public_id)
    assert [(v.number, v.text, v.written_by_name) for v in SectionVersion.objects.order_by("number")] == [
        (1, "A wide and windy place.", "Ann Assessor"),
        (2, "A wide, windy place.", "Rhian Lead"),
    ]
    assert current_versions(drafting) == [second]
    assert Entry.objects.filter(verb="report.written").count() == 2


def test_two_who_write_at_once_have_their_texts_side_by_side(drafting):
    first = write(drafting, "context", "One.")
    write(drafting, "context", "One, by Ann.", by=ASSESSOR, after=first.public_id)
    write(drafting, "context", "One, by Rhian.", after=first.public_id)
    assert [version.text for version in current_versions(drafting)] == ["One, by Ann.", "One, by Rhian."]
    assert [section.code for section in building_of(drafting).side_by_side] == ["context"]


def test_two_who_begin_a_section_at_once_have_their_texts_side_by_side(drafting):
    write(drafting, "context", "By Ann.", by=ASSESSOR)
    write(drafting, "context", "By Rhian.")
    assert len(current_versions(drafting)) == 2


def test_a_person_decides_between_two_texts_and_both_are_kept(drafting):
    one = write(drafting, "context", "By Ann.", by=ASSESSOR)
    other = write(drafting, "context", "By Rhian.")
    both = write(drafting, "context", "By both.", after=one.public_id, settles=other.public_id)
    assert current_versions(drafting) == [both]
    assert SectionVersion.objects.count() == 3


def test_one_of_two_texts_may_be_kept_word_for_word(drafting):
    one = write(drafting, "context", "By Ann.", by=ASSESSOR)
    other = write(drafting, "context", "By Rhian.")
    kept = write(drafting, "context", "By Ann.", after=one.public_id, settles=other.public_id)
    assert current_versions(drafting) == [kept]


def test_sending_the_same_text_twice_leaves_one_version(drafting):
    first = write(drafting, "context", "Once.")
    assert write(drafting, "context", "Once.") == first
    assert write(drafting, "context", "Once. \n\n", after=first.public_id) == first
    assert SectionVersion.objects.count() == 1


def test_who_changed_nothing_makes_no_second_text_though_somebody_else_wrote_meanwhile(drafting):
    first = write(drafting, "context", "One.")
    second = write(drafting, "context", "Two.", by=ASSESSOR, after=first.public_id)
    assert write(drafting, "context", "One.", after=first.public_id) == second
    assert current_versions(drafting) == [second]


def test_a_figure_that_there_is_not_is_refused_with_the_nearest(drafting):
    with pytest.raises(RefusedError) as refused:
        write(drafting, "context", "In {score:protecting_public}.")
    assert refused.value.code == Refusal.FIGURE_UNKNOWN
    assert "{score:protecting_the_public}" in refused.value.sentence
    assert not SectionVersion.objects.exists()


def test_a_section_that_the_edition_has_not_is_refused(drafting):
    with pytest.raises(RefusedError) as refused:
        write(drafting, "weather", "Rain.")
    assert refused.value.code == Refusal.SECTION_UNKNOWN


def test_a_version_that_there_is_not_is_refused_and_nothing_is_lost_unsaid(drafting):
    with pytest.raises(RefusedError) as refused:
        write(drafting, "context", "Rain.", after="0" * 32)
    assert refused.value.code == Refusal.VERSION_UNKNOWN


def test_a_first_version_without_a_word_is_refused(drafting):
    with pytest.raises(RefusedError) as refused:
        write(drafting, "context", "  \n ")
    assert refused.value.code == Refusal.TEXT_MISSING


def test_a_section_may_be_emptied_again(drafting):
    first = write(drafting, "context", "Words.")
    assert write(drafting, "context", "", after=first.public_id).number == 2


@pytest.mark.parametrize("state", ["arranged", "announced", "sampled", "checking", "signed_off", "released", "closed"])
def test_a_report_is_written_from_fieldwork_on_until_its_draft_is_sent(drafting, state):
    to_state(drafting, state)
    with pytest.raises(RefusedError) as refused:
        write(drafting, "context", "Words.")
    assert refused.value.code == Refusal.NOT_OPEN


@pytest.mark.parametrize("person", [CHIEF, CONTACT, LOCAL, OUTSIDER])
def test_nobody_but_lead_and_inspectors_of_the_team_writes(drafting, person):
    with pytest.raises(NotAllowedError):
        write(drafting, "context", "Words.", by=person)


def test_a_version_is_never_changed_or_deleted(drafting):
    version = write(drafting, "context", "Words.")
    version.text = "Others."
    for act in (version.save, version.delete, SectionVersion.objects.all().delete):
        with pytest.raises(WrittenOnceError):
            act()
    with pytest.raises(WrittenOnceError):
        SectionVersion.objects.update(text="Others.")
