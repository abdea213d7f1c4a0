"""The week of an inspection and the dates that follow from it."""

from datetime import date, timedelta

import pytest

from inspectorate.inspections.actions import move_date, put_back_date, set_week
from inspectorate.inspections.dates import dates_of, due_date, reinspection_monday
from inspectorate.inspections.models import Inspection, MovedDate
from inspectorate.inspections.refusals import Refusal
from inspectorate.methodology import editions
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.methodology.timetable import Visit
from inspectorate.methodology.timetable import dates_of as work_out
from inspectorate.people.access import NotAllowedError
from inspectorate.record.models import Entry
from tests.stages.conftest import ASSESSOR, CHIEF, LEAD, OUTSIDER
from tests.stages.inspections.asked import in_state, monday_in, refused, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
PLAN = "2013-02-11 2013-03-11 2013-03-25 2013-04-15 2013-04-22 2013-05-13 2013-06-03 2013-06-17 2013-07-22 2013-08-19"


def on(inspection, code):
    return next(one for one in dates_of(Inspection.objects.get(pk=inspection.pk)) if one.code == code)


def test_the_dates_of_an_inspection_are_those_of_its_week(dated):
    assert " ".join(one.on.isoformat() for one in dates_of(dated)) == PLAN


def test_reading_the_dates_asks_the_database_nothing(dated, django_assert_num_queries):
    with django_assert_num_queries(0):
        dates_of(dated)
        due_date(dated, ("announcement",))


def test_what_is_kept_is_what_is_worked_out(dated):
    found = work_out(editions.load("iaow/2013").timetable, Visit(date(2013, 4, 22)))
    kept = dates_of(dated)
    assert [(one.code, one.on, one.until, one.why) for one in kept] == [
        (one.code, one.on, one.until, one.why) for one in found
    ]


def test_an_inspection_without_a_week_has_no_dates(inspection):
    assert dates_of(inspection) == []
    assert due_date(inspection, ("announcement",)) is None
    assert reinspection_monday(inspection) is None


def test_setting_the_week_again_leaves_no_second_entry(dated):
    set_week(inspection=dated, monday=date(2013, 4, 22), weeks=1, by=LEAD)
    assert verbs(dated).count("dates.week-set") == 1


def test_two_weeks_move_what_follows_the_fieldwork(dated):
    longer = set_week(inspection=dated, monday=date(2013, 4, 22), weeks=2, by=LEAD)
    assert on(longer, "fieldwork").until == date(2013, 5, 3)
    assert on(longer, "draft").on == date(2013, 6, 10)
    assert on(longer, "announcement").on == date(2013, 2, 11)


@pytest.mark.parametrize(
    ("monday", "weeks", "code"),
    [
        (monday_in(30) + timedelta(1), 1, Refusal.NOT_A_MONDAY),
        (monday_in(30), 0, Refusal.WEEKS_UNFIT),
        (monday_in(30), 4, Refusal.WEEKS_UNFIT),
        (monday_in(-1), 1, Refusal.WEEK_PAST),
    ],
)
def test_a_week_that_cannot_be_is_refused(inspection, monday, weeks, code):
    with refused(code):
        set_week(inspection=inspection, monday=monday, weeks=weeks, by=LEAD)


def test_the_week_that_runs_is_not_over(inspection):
    assert set_week(inspection=inspection, monday=monday_in(0), weeks=1, by=LEAD).fieldwork_on == monday_in(0)


def test_after_the_announcement_a_change_of_week_needs_a_reason(dated):
    announced = in_state(dated, "announced")
    with refused(Refusal.REASON_MISSING):
        set_week(inspection=announced, monday=date(2013, 4, 29), weeks=1, by=LEAD)
    changed = set_week(inspection=announced, monday=date(2013, 4, 29), weeks=1, by=LEAD, why="The office floods.")
    assert changed.fieldwork_on == date(2013, 4, 29)
    assert Entry.objects.order_by("pk").last().why == "The office floods."


@pytest.mark.parametrize("state", ["rating", "released", "closed"])
def test_once_fieldwork_is_over_its_week_stands(dated, state):
    with refused(Refusal.WEEK_SETTLED):
        set_week(inspection=in_state(dated, state), monday=date(2013, 5, 6), weeks=1, by=LEAD, why="Why not?")


def test_a_moved_date_stands_beside_the_day_that_was_worked_out(dated):
    move_date(inspection=dated, code="draft", on=date(2013, 6, 5), why="The writer is ill.", by=LEAD)
    one = on(dated, "draft")
    assert (one.on, one.worked_out_on, one.moved_because) == (
        *(date(2013, 6, 5), date(2013, 6, 3)),
        "The writer is ill.",
    )
    assert verbs(dated)[-1] == "dates.moved"


def test_an_event_that_lasts_is_moved_whole(dated):
    move_date(inspection=dated, code="week_plus_2", on=date(2013, 5, 20), why="The court sits.", by=LEAD)
    assert on(dated, "week_plus_2").until == date(2013, 5, 24)


def test_a_date_moved_twice_stands_where_it_was_moved_last_and_both_are_kept(dated):
    for day in (5, 6):
        move_date(inspection=dated, code="draft", on=date(2013, 6, day), why="Again.", by=CHIEF)
    assert on(dated, "draft").on == date(2013, 6, 6)
    assert MovedDate.objects.count() == 2
    assert MovedDate.objects.get(ended_at__isnull=True).on == date(2013, 6, 6)


def test_moving_a_date_to_where_it_stands_changes_nothing(dated):
    for _ in range(2):
        move_date(inspection=dated, code="draft", on=date(2013, 6, 5), why="The writer is ill.", by=LEAD)
    assert verbs(dated).count("dates.moved") == 1


def test_a_moved_date_can_be_put_back(dated):
    move_date(inspection=dated, code="draft", on=date(2013, 6, 5), why="The writer is ill.", by=LEAD)
    put_back_date(inspection=dated, code="draft", by=LEAD)
    assert (on(dated, "draft").on, on(dated, "draft").worked_out_on) == (date(2013, 6, 3), None)
    with refused(Refusal.NOT_MOVED):
        put_back_date(inspection=dated, code="draft", by=LEAD)


def test_a_date_moved_by_hand_stays_when_the_week_changes(dated):
    move_date(inspection=dated, code="draft", on=date(2013, 6, 5), why="The writer is ill.", by=LEAD)
    set_week(inspection=dated, monday=date(2013, 4, 15), weeks=1, by=LEAD)
    assert (on(dated, "draft").on, on(dated, "draft").worked_out_on) == (date(2013, 6, 5), date(2013, 5, 28))


@pytest.mark.parametrize(
    ("code", "day", "why", "refusal"),
    [
        ("picnic", date(2013, 6, 5), "Why not?", Refusal.DATE_UNKNOWN),
        ("fieldwork", date(2013, 6, 5), "Why not?", Refusal.DATE_IS_FIELDWORK),
        ("draft", date(2013, 6, 5), " ", Refusal.REASON_MISSING),
        ("draft", date(2013, 6, 8), "A Saturday.", Refusal.NOT_A_WORKING_DAY),
        ("draft", date(2013, 5, 27), "A bank holiday.", Refusal.NOT_A_WORKING_DAY),
    ],
)
def test_a_move_that_cannot_be_is_refused(dated, code, day, why, refusal):
    with refused(refusal):
        move_date(inspection=dated, code=code, on=day, why=why, by=LEAD)


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_the_dates_of_what_is_over_stand(dated, state):
    over = in_state(dated, state, state_before="arranged" if state == "cancelled" else "")
    with refused(Refusal.WEEK_SETTLED):
        move_date(inspection=over, code="draft", on=date(2013, 6, 5), why="Why not?", by=LEAD)


@pytest.mark.parametrize("by", [ASSESSOR, OUTSIDER, ("visitor", "anonymous")])
def test_nobody_but_the_lead_and_the_chief_sets_dates(dated, by):
    with pytest.raises(NotAllowedError):
        set_week(inspection=dated, monday=date(2013, 4, 29), weeks=1, by=by)
    with pytest.raises(NotAllowedError):
        move_date(inspection=dated, code="draft", on=date(2013, 6, 5), why="Why not?", by=by)
    with pytest.raises(NotAllowedError):
        put_back_date(inspection=dated, code="draft", by=by)


@pytest.mark.parametrize(
    ("state", "due"),
    [
        ("arranged", "2013-02-11"),
        ("announced", "2013-03-25"),
        ("sampled", "2013-04-22"),
        ("fieldwork", "2013-04-26"),
        ("rating", "2013-06-03"),
        ("checking", "2013-06-17"),
        ("signed_off", "2013-07-22"),
        ("released", "2013-08-19"),
    ],
)
def test_each_state_is_due_by_a_date_of_the_edition(dated, state, due):
    assert due_date(dated, INSPECTION.state(state).due).isoformat() == due


def test_every_date_by_which_a_state_is_due_is_one_of_some_edition():
    known = {event["code"] for code in editions.codes() for event in editions.load(code).timetable}
    named = {code.removesuffix("/end") for state in INSPECTION.states for code in state.due}
    assert named - known == set()


def test_a_reinspection_comes_about_a_year_after_publication(inspection):
    later = set_week(inspection=inspection, monday=monday_in(10), weeks=1, by=LEAD)
    published = on(later, "publication").on
    assert 51 * 7 < (reinspection_monday(later) - published).days <= 52 * 7
