"""From a Monday to every date of an inspection: worked examples that an inspector can hold against a calendar."""

from datetime import date

import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.sampling.size import read_sampling
from inspectorate.methodology.timetable import FIELDWORK, Visit, dates_of, suggested_weeks, usual_weeks

IAOW = editions.load("iaow/2013")
YOUTH = editions.load("youth/2025")


def dated(events, monday, weeks=1, nation="england"):
    return {event.code: event for event in dates_of(events, Visit(date.fromisoformat(monday), weeks, nation))}


# Adult offending work, fieldwork on Monday 18 January 2027. Nothing stands in the way but Easter, after the draft.
PLAIN = [
    ("announcement", "2026-11-09", "2026-11-09"),
    ("case_list", "2026-12-07", "2026-12-07"),
    ("sample", "2026-12-21", "2026-12-21"),
    ("local_assessors", "2027-01-11", "2027-01-11"),
    ("fieldwork", "2027-01-18", "2027-01-22"),
    ("week_plus_2", "2027-02-01", "2027-02-05"),
    ("draft", "2027-03-01", "2027-03-01"),
    ("draft_check", "2027-03-15", "2027-03-15"),
    ("publication", "2027-04-19", "2027-04-19"),
    ("action_plan", "2027-05-17", "2027-05-17"),
]


def test_every_date_of_an_inspection_on_a_plain_calendar():
    found = dates_of(IAOW.timetable, Visit(date(2027, 1, 18)))
    assert [(event.code, event.on.isoformat(), event.until.isoformat()) for event in found] == PLAIN


@pytest.mark.parametrize(
    ("monday", "begins", "says"),
    [
        # fieldwork, week +2 or week +3, why
        ("2013-04-08", "2013-04-22", "No bank holiday intervenes."),
        ("2013-04-22", "2013-05-13", "6 May 2013 (Early May bank holiday): so it is 3 weeks after instead."),
        ("2013-04-29", "2013-05-20", "6 May 2013 (Early May bank holiday)"),
        ("2013-05-13", "2013-06-03", "27 May 2013 (Spring bank holiday)"),
        ("2013-05-20", "2013-06-10", "27 May 2013 (Spring bank holiday)"),
        ("2013-03-18", "2013-04-08", "29 March 2013 (Good Friday) and 1 April 2013 (Easter Monday)"),
        ("2013-12-09", "2013-12-30", "25 December 2013 (Christmas Day) and 26 December 2013 (Boxing Day)"),
    ],
)
def test_week_two_becomes_week_three_where_a_bank_holiday_intervenes(monday, begins, says):
    event = dated(IAOW.timetable, monday)["week_plus_2"]
    assert event.on.isoformat() == begins
    assert says in event.why


def test_a_holiday_in_the_third_week_itself_is_said():
    event = dated(IAOW.timetable, "2013-12-09")["week_plus_2"]
    assert event.until == date(2014, 1, 3)
    assert event.why.endswith("No work on 1 January 2014 (New Year's Day).")


@pytest.mark.parametrize(
    ("monday", "code", "on", "says"),
    [
        # 10 weeks before 8 March 2027 is 28 December 2026, when Boxing Day is kept: the body has no less notice
        ("2027-03-08", "announcement", "2026-12-24", "28 December 2026 is Boxing Day: so it is the working day before"),
        # what is due from the body on a bank holiday is due on the day after
        ("2027-02-08", "case_list", "2026-12-29", "28 December 2026 is Boxing Day: so it is the next working day."),
        (
            "2027-05-03",
            "fieldwork",
            "2027-05-04",
            "3 May 2027 is the Early May bank holiday: so it is the next",
        ),
    ],
)
def test_a_day_on_which_nobody_works_gives_way(monday, code, on, says):
    event = dated(IAOW.timetable, monday)[code]
    assert event.on.isoformat() == on
    assert says in event.why


def test_fieldwork_in_a_week_of_a_bank_holiday_still_ends_on_its_friday():
    event = dated(IAOW.timetable, "2027-05-03")["fieldwork"]
    assert event.until == date(2027, 5, 7)


def test_longer_fieldwork_moves_all_that_follows_and_nothing_before():
    one, two = (dated(IAOW.timetable, "2027-01-18", weeks) for weeks in (1, 2))
    moved = {code: (two[code].on - one[code].on).days for code in one}
    assert {code for code, days in moved.items() if days == 0} == {
        *("announcement", "case_list", "sample", "local_assessors", "fieldwork"),
    }
    assert set(moved.values()) == {0, 7}
    assert two["fieldwork"].until == date(2027, 1, 29)
    assert "Fieldwork takes 1 week longer than the edition counts with" in two["week_plus_2"].why


def test_shorter_fieldwork_than_the_edition_counts_with_moves_what_follows_back():
    usual, short = (dated(YOUTH.timetable, "2027-01-18", weeks) for weeks in (2, 1))
    assert (usual["draft"].on - short["draft"].on).days == 7
    assert short["fieldwork"].until == date(2027, 1, 22)
    assert "1 week shorter" in short["draft"].why


def test_an_event_counted_in_days_that_falls_on_a_weekend_waits_for_monday():
    events = [
        {"code": "fieldwork", "title": {"en": "F"}, "weeks": 0},
        {"code": "talk", "title": {"en": "T"}, "days": 5},
    ]
    event = dated(events, "2027-01-18")["talk"]
    assert event.on == date(2027, 1, 25)
    assert (
        event.why
        == "5 days after the Monday of the fieldwork. 23 January 2027 is a Saturday: so it is the next working day."
    )


def test_an_event_that_lasts_some_days_counts_working_days_alone():
    events = [{"code": "course", "title": {"en": "C"}, "days": -4, "lasts_days": 2.5}]
    event = dated(events, "2027-04-05")["course"]
    assert (event.on, event.until) == (date(2027, 4, 1), date(2027, 4, 5))


@pytest.mark.parametrize("visit", [Visit(date(2027, 1, 19)), Visit(date(2027, 1, 18), 0)])
def test_fieldwork_begins_on_a_monday_and_lasts_a_week_at_least(visit):
    with pytest.raises(ValueError, match="Monday"):
        dates_of(IAOW.timetable, visit)


@pytest.mark.parametrize("code", editions.codes())
def test_every_edition_gives_dates_on_working_days_that_all_say_why(code):
    edition = editions.load(code)
    assert [event["code"] for event in edition.timetable if event["code"] in FIELDWORK] != []
    for monday in ("2013-12-09", "2022-05-16", "2027-03-22"):
        for event in dates_of(edition.timetable, Visit(date.fromisoformat(monday), 1, "wales")):
            assert event.on <= event.until
            assert event.on.weekday() < 5
            assert event.until.weekday() < 5
            assert event.why.endswith(".")


@pytest.mark.parametrize(
    ("edition", "caseload", "weeks", "says"),
    [
        (IAOW, None, 1, "The edition counts with 1 week of fieldwork."),
        (IAOW, 4000, 1, "4,000 cases give a sample of about 70, and a week holds at most 90."),
        (YOUTH, None, 2, "The edition counts with 2 weeks of fieldwork."),
        (editions.load("probation/2018"), 4000, 2, "give a sample of about 158, and a week holds at most 90."),
    ],
)
def test_the_weeks_of_fieldwork_are_suggested_by_size(edition, caseload, weeks, says):
    found = suggested_weeks(edition.timetable, edition.sampling, caseload)
    assert found.weeks == weeks
    assert says in found.why


def test_no_more_than_three_weeks_are_suggested():
    rule = {"eligible": {"en": "All"}, "size": {"method": "by-caseload@1", "steps": [{"from": 0, "cases": 900}]}}
    plan = read_sampling({"kinds": {"case": rule | {"strata": [], "compare": [], "replacement_reasons": []}}})
    assert suggested_weeks(IAOW.timetable, plan, 900).weeks == 3
    assert usual_weeks(editions.load("sfo-review/2006").timetable) == 4
    assert suggested_weeks(editions.load("sfo-review/2006").timetable, {}, None).weeks == 3
