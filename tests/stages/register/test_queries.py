from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from inspectorate.register import queries
from inspectorate.register.actions import (
    NewBody,
    NewResult,
    add_ldu,
    merge_bodies,
    record_result,
    rename_body,
    split_body,
)
from inspectorate.register.models import Body
from inspectorate.register.queries import BodySearch

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
DAY = date(2026, 4, 1)
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def team(name):
    return NewBody(name=name, kind="youth_offending_team", nation="england", region="Moors", invented=True)


def found(**search):
    return [body.full_name for body in queries.find_bodies(BodySearch(**search), day=TODAY)]


def named(bodies):
    return [body.name for body in bodies]


@pytest.mark.usefixtures("documents_loaded")
def test_a_search_looks_in_names_of_today_and_of_before():
    assert found(words="cumbria") == [
        "Cumbria Probation Trust",
        "Cumbria and Lancashire Community Rehabilitation Company",
        "National Probation Service",
        "Probation Service",
    ]


@pytest.mark.usefixtures("documents_loaded")
def test_every_word_must_be_found():
    assert found(words="tees valley", kind="probation_trust") == ["Durham Tees Valley Probation Trust"]


@pytest.mark.usefixtures("documents_loaded")
def test_a_search_finds_a_body_by_its_local_delivery_unit():
    assert found(words="Knowsley") == ["Merseyside Probation Trust"]


@pytest.mark.usefixtures("documents_loaded")
@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ({}, 135),
        ({"kind": "youth_offending_team"}, 98),
        ({"kind": "probation_trust"}, 20),
        ({"nation": "wales"}, 7),
        ({"region": "London", "kind": "youth_offending_team"}, 31),
        ({"lives": "now"}, 99),
        ({"lives": "ended"}, 36),
        ({"words": "nowhere"}, 0),
    ],
)
def test_filters_count(search, expected):
    assert len(found(**search)) == expected


@pytest.mark.usefixtures("documents_loaded")
def test_bodies_can_be_sorted():
    names = found()
    assert names[:2] == ["Barking and Dagenham Youth Offending Team", "Barnet Youth Offending Team"]
    assert found(order="-name")[0].startswith("York and North Yorkshire")
    assert found(order="nonsense") == names
    assert next(body.region for body in queries.find_bodies(BodySearch(order="region"), day=TODAY)) == ""


@pytest.mark.usefixtures("documents_loaded")
def test_counts_and_regions():
    counted = queries.counts()
    assert (counted.total, counted.by_kind["youth_offending_team"]) == (135, 98)
    assert queries.regions()[:2] == ["East Midlands", "East of England"]


@pytest.mark.usefixtures("documents_loaded")
def test_who_a_body_was_and_who_carries_on():
    cumbria = Body.objects.get(name="Cumbria")
    assert queries.was(cumbria, on=date(2012, 2, 1)) == (cumbria,)
    assert named(queries.successors_on(cumbria, on=date(2014, 6, 1))) == [
        "Cumbria and Lancashire",
        "National Probation Service",
    ]
    assert named(queries.successors_on(cumbria, on=TODAY)) == ["Probation Service"]
    company = Body.objects.get(name="Cumbria and Lancashire")
    assert named(queries.was(company, on=date(2012, 2, 1))) == ["Cumbria", "Lancashire"]
    assert named(queries.was(company, on=TODAY)) == ["Probation Service"]


def test_who_a_body_was_after_a_rename_a_merger_and_a_split(northmoor, southmoor, by):
    moorland = rename_body(body=northmoor, name="Moorland", on=DAY, by=by)
    whole = merge_bodies(bodies=[moorland, southmoor], into=team("Greatmoor"), on=DAY + timedelta(30), by=by)
    upper, lower = split_body(body=whole, into=[team("Uppermoor"), team("Lowermoor")], on=DAY + timedelta(60), by=by)
    northmoor.refresh_from_db()
    assert queries.was(upper, on=DAY + timedelta(45)) == (whole,)
    assert named(queries.was(upper, on=DAY)) == ["Moorland", "Southmoor"]
    assert named(queries.was(upper, on=DAY - timedelta(1))) == ["Northmoor", "Southmoor"]
    assert queries.successors_on(northmoor, on=TODAY) == (lower, upper)
    steps = queries.history_of(whole)
    assert [step.before.name for step in steps.came_from] == ["Moorland", "Southmoor"]
    assert [step.after.name for step in steps.became] == ["Lowermoor", "Uppermoor"]


def test_nobody_carries_on_where_nothing_is_known(northmoor):
    northmoor.ended_on = DAY
    assert queries.successors_on(northmoor, on=TODAY) == ()


@pytest.mark.usefixtures("documents_loaded")
def test_the_results_of_a_body_latest_first():
    croydon = Body.objects.get(name="Croydon")
    told = queries.results_of(croydon, at=AT)
    assert [(one.programme, one.year, [len(table.rows) for table in one.tables]) for one in told] == [
        ("fji", "2013-14", [1]),
        ("cci", "2011-12", [1, 0]),
    ]
    assert [value.per_cent for value in told[1].tables[0].rows[0].values] == [65, 56, 72]
    assert told[0].flags != ()


@pytest.mark.usefixtures("documents_loaded")
def test_the_results_of_a_body_by_programme_and_years():
    croydon = Body.objects.get(name="Croydon")
    assert [one.programme for one in queries.results_of(croydon, at=AT, programme="cci")] == ["cci"]
    assert [one.programme for one in queries.results_of(croydon, at=AT, years=("2012-13", "2013-14"))] == ["fji"]


@pytest.mark.usefixtures("documents_loaded")
def test_a_trust_and_a_team_of_one_name_keep_their_results_apart():
    told = {
        body.kind: queries.results_of(body, at=AT)[0].programme for body in Body.objects.filter(name="Bedfordshire")
    }
    assert told == {"probation_trust": "iaow", "youth_offending_team": "cci"}


@pytest.mark.usefixtures("documents_loaded")
def test_nothing_shows_before_its_minute(by):
    barnet = Body.objects.get(name="Barnet")
    release = AT + timedelta(hours=1)
    record_result(
        body=barnet,
        result=NewResult(programme="fji", year="2013-14", measure="governance", stars=2, visible_from=release),
        by=by,
    )

    def teams(at):
        return [row.body for row in queries.programme_year("fji", "2013-14", at=at).tables[0].rows]

    assert ("Barnet" in teams(release - timedelta(microseconds=1)), "Barnet" in teams(release)) == (False, True)
    assert [one.programme for one in queries.results_of(barnet, at=AT)] == ["cci"]


@pytest.mark.usefixtures("documents_loaded")
def test_a_correction_counts_from_its_own_minute(by):
    camden = Body.objects.get(name="Camden")
    release = AT + timedelta(hours=1)
    record_result(
        body=camden,
        result=NewResult(programme="cci", year="2011-12", measure="safeguarding", per_cent=91, visible_from=release),
        by=by,
    )
    told = [queries.results_of(camden, at=at)[0].tables[0].rows[0].values[0].per_cent for at in (AT, release)]
    assert told == [90, 91]


@pytest.mark.usefixtures("documents_loaded")
def test_programme_years_latest_first():
    told = [(one.programme, one.year) for one in queries.programme_years(at=AT)]
    assert told == [
        ("organisation", "2017-20"),
        ("organisation", "2014-15"),
        *((name, "2013-14") for name in ("fji", "iaow", "prison_omi", "sqs", "organisation", "thematic")),
        ("organisation", "2012-13"),
        *((name, "2011-12") for name in ("cci", "omi2", "prison_omi", "organisation", "thematic")),
        ("organisation", "2006-07"),
    ]


@pytest.mark.usefixtures("documents_loaded")
def test_a_programme_year_that_is_not_visible_is_not_there():
    before = datetime(2026, 10, 1, tzinfo=UTC)
    assert queries.programme_year("cci", "2011-12", at=before) is None
    assert queries.programme_year("cci", "1999-00", at=timezone.now()) is None
    assert list(queries.programme_years(at=before)) == []


@pytest.mark.usefixtures("documents_loaded")
@pytest.mark.parametrize("pair", [("cci", "2011-12"), ("fji", "2013-14")])
def test_a_programme_year_takes_six_queries(django_assert_num_queries, pair):
    with django_assert_num_queries(6):
        queries.programme_year(*pair, at=AT)


def test_units_are_found_while_they_live(northmoor, by):
    add_ldu(body=northmoor, name="Harbour", by=by)
    assert found(words="harbour") == ["Northmoor Youth Offending Team"]
