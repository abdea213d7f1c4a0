from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from inspectorate.record.models import Entry
from inspectorate.register import published
from inspectorate.register.actions import (
    Loaded,
    NewBody,
    NewResult,
    add_ldu,
    add_measures,
    end_body,
    load_published_record,
    merge_bodies,
    open_programme_year,
    record_result,
    register_body,
    rename_body,
    split_body,
    withdraw_results,
)
from inspectorate.register.models import Body, DrawnChart, LocalDeliveryUnit, PublishedResult, Succession
from inspectorate.register.queries import current_results, programme_year
from inspectorate.register.refusals import Refusal, RefusedError
from inspectorate.register.tables import Measure, ProgrammeYear, Table

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)
EVE = date(2026, 3, 31)


def team(name, **changed):
    facts = {"name": name, "kind": "youth_offending_team", "nation": "england", "region": "Moors", "invented": True}
    return NewBody(**(facts | changed))


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def refused(code):
    return pytest.raises(RefusedError, check=lambda refusal: refusal.code is code and refusal.sentence.endswith("."))


@pytest.fixture
def a_programme_year(by):
    shape = ProgrammeYear(
        programme="trial",
        year="2026-27",
        title="Trial inspection",
        about="",
        document="reports",
        document_title="Reports of the year",
        body_word="Team",
        measures=(Measure("safety", "Safety", "Safety"),),
        tables=(Table("headline", "Headline scores", "1", ()),),
    )
    return open_programme_year(shape=shape, by=by)


def safety(**changed):
    return NewResult(**({"programme": "trial", "year": "2026-27", "measure": "safety", "per_cent": 61} | changed))


def test_a_body_is_registered_with_one_entry_in_its_own_stream(by):
    body = register_body(body=team("Northmoor", began_on=DAY), by=by)
    entry = Entry.objects.get()
    assert (body.full_name, body.began_on) == ("Northmoor Youth Offending Team", DAY)
    assert (entry.verb, entry.stream.name, entry.actor_id) == (
        "body.registered",
        ("body", body.public_id),
        "a-keeper-of-the-register",
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, Refusal.NAME_MISSING),
        ({"kind": "circus"}, Refusal.KIND_UNKNOWN),
        ({"nation": "atlantis"}, Refusal.NATION_UNKNOWN),
        ({"began_on": DAY, "ended_on": EVE}, Refusal.DAYS_REVERSED),
        ({"name": "Northmoor"}, Refusal.NAME_TAKEN),
    ],
)
def test_a_body_is_refused(northmoor, by, changed, code):
    with refused(code):
        register_body(body=team(**({"name": "Eastmoor"} | changed)), by=by)
    assert list(Body.objects.all()) == [northmoor]
    assert verbs() == ["body.registered"]


def test_a_unit_is_added(northmoor, by):
    unit = add_ldu(body=northmoor, name=" Harbour ", by=by, began_on=DAY)
    assert (unit.name, unit.body, unit.began_on) == ("Harbour", northmoor, DAY)
    assert verbs() == ["body.registered", "body.ldu_added"]


@pytest.mark.parametrize(("name", "code"), [("", Refusal.NAME_MISSING), ("Harbour", Refusal.NAME_TAKEN)])
def test_a_unit_is_refused(northmoor, by, name, code):
    add_ldu(body=northmoor, name="Harbour", by=by)
    with refused(code):
        add_ldu(body=northmoor, name=name, by=by)


def test_a_renamed_body_ends_the_day_before_and_its_units_pass_on(northmoor, by):
    add_ldu(body=northmoor, name="Harbour", by=by)
    moorland = rename_body(body=northmoor, name="Moorland", on=DAY, by=by)
    northmoor.refresh_from_db()
    assert (northmoor.ended_on, moorland.began_on, moorland.region, moorland.invented) == (EVE, DAY, "Moors", True)
    assert list(Succession.objects.values_list("before", "after", "kind", "on")) == [
        (northmoor.pk, moorland.pk, "renamed", DAY)
    ]
    units = LocalDeliveryUnit.objects.order_by("pk").values_list("body", "name", "began_on", "ended_on")
    assert list(units) == [(northmoor.pk, "Harbour", None, EVE), (moorland.pk, "Harbour", DAY, None)]
    assert verbs()[-1] == "body.renamed"


def test_bodies_merge(northmoor, southmoor, by):
    whole = merge_bodies(bodies=[northmoor, southmoor], into=team("Greatmoor"), on=DAY, by=by)
    assert set(Succession.objects.values_list("before", "after", "kind")) == {
        (northmoor.pk, whole.pk, "merged"),
        (southmoor.pk, whole.pk, "merged"),
    }
    assert verbs() == ["body.registered", "body.registered", "body.merged"]


def test_a_body_splits_and_its_units_end_with_it(northmoor, by):
    add_ldu(body=northmoor, name="Harbour", by=by)
    parts = split_body(body=northmoor, into=[team("Uppermoor"), team("Lowermoor")], on=DAY, by=by)
    assert [(part.name, part.began_on) for part in parts] == [("Uppermoor", DAY), ("Lowermoor", DAY)]
    assert list(LocalDeliveryUnit.objects.values_list("name", "ended_on")) == [("Harbour", EVE)]
    assert verbs()[-1] == "body.split"


def test_a_body_ends_with_nobody_after_it(northmoor, by):
    end_body(body=northmoor, on=EVE, by=by, why="The contract ran out.")
    northmoor.refresh_from_db()
    assert northmoor.ended_on == EVE
    assert verbs()[-1] == "body.ended"


def test_a_merger_of_one_is_refused(northmoor, by):
    with refused(Refusal.TOO_FEW):
        merge_bodies(bodies=[northmoor, northmoor], into=team("Greatmoor"), on=DAY, by=by)


def test_a_split_into_one_is_refused(northmoor, by):
    with refused(Refusal.TOO_FEW):
        split_body(body=northmoor, into=[team("Uppermoor")], on=DAY, by=by)


def test_what_has_ended_does_not_end_again(northmoor, by):
    rename_body(body=northmoor, name="Moorland", on=DAY, by=by)
    with refused(Refusal.ALREADY_ENDED):
        rename_body(body=northmoor, name="Heath", on=DAY, by=by)


def test_who_read_a_body_before_it_ended_is_refused_too(northmoor, by):
    stale = Body.objects.get(pk=northmoor.pk)
    rename_body(body=northmoor, name="Moorland", on=DAY, by=by)
    with refused(Refusal.ALREADY_ENDED):
        end_body(body=stale, on=DAY, by=by, why="The contract ran out.")


def test_nothing_ends_before_it_began(by):
    body = register_body(body=team("Newmoor", began_on=DAY), by=by)
    with refused(Refusal.NOT_BEGUN):
        rename_body(body=body, name="Oldmoor", on=DAY, by=by)
    assert Body.objects.get().ended_on is None


@pytest.mark.usefixtures("a_programme_year")
def test_a_result_is_recorded_and_a_correction_is_a_further_version(northmoor, by):
    record_result(body=northmoor, result=safety(), by=by)
    record_result(body=northmoor, result=safety(per_cent=62), by=by)
    assert list(PublishedResult.objects.order_by("version").values_list("version", "per_cent")) == [(1, 61), (2, 62)]
    assert verbs()[-2:] == ["body.result_recorded", "body.result_recorded"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"per_cent": None}, Refusal.VALUE_MISSING),
        ({"per_cent": 101}, Refusal.VALUE_OUT_OF_RANGE),
        ({"stars": 5}, Refusal.VALUE_OUT_OF_RANGE),
        ({"year": "1999-00"}, Refusal.PROGRAMME_YEAR_UNKNOWN),
        ({"table": "appendix"}, Refusal.TABLE_UNKNOWN),
        ({"measure": "cheer"}, Refusal.MEASURE_UNKNOWN),
    ],
)
@pytest.mark.usefixtures("a_programme_year")
def test_a_result_is_refused(northmoor, by, changed, code):
    with refused(code):
        record_result(body=northmoor, result=safety(**changed), by=by)
    assert PublishedResult.objects.count() == 0


@pytest.mark.usefixtures("record_of_the_documents")
def test_a_programme_year_is_opened_once(by):
    with refused(Refusal.PROGRAMME_YEAR_EXISTS):
        open_programme_year(shape=published.read("cci", "2011-12"), by=by)


def test_the_published_record_loads_once(record_of_the_documents):
    assert record_of_the_documents == Loaded(
        bodies=135, successions=56, local_delivery_units=9, programme_years=15, results=283, sheets=99, reports=116
    )
    assert verbs() == [*["programme_year.opened"] * 15, "published_record.loaded"]
    assert DrawnChart.objects.count() == 3 + 3 + 5 + 5 + 4
    again = load_published_record(by=("system", "loader"), at=datetime(2026, 11, 2, tzinfo=UTC))
    assert not again.anything
    assert len(verbs()) == 16


def test_a_load_that_fails_leaves_nothing_behind(by):
    register_body(body=team("Camden", invented=False), by=by)  # a namesake in the way
    with pytest.raises(IntegrityError):
        load_published_record(by=("system", "loader"))
    assert (Body.objects.count(), PublishedResult.objects.count(), verbs()) == (1, 0, ["body.registered"])


@pytest.mark.usefixtures("record_of_the_documents")
def test_nobody_real_is_called_invented():
    assert not Body.objects.filter(invented=True).exists()


@pytest.mark.usefixtures("a_programme_year")
def test_a_result_that_is_withdrawn_before_its_minute_is_never_seen(by):
    body = register_body(body=team("Moors"), by=by)
    minute = timezone.now() + timedelta(hours=1)
    result = record_result(body=body, result=safety(visible_from=minute, address="/results/1/"), by=by)
    assert withdraw_results(results=[result], why="The report is corrected first.", by=by) == 1
    assert current_results(at=minute + timedelta(days=1)).count() == 0
    assert programme_year("trial", "2026-27", at=minute) is None
    assert verbs()[-1] == "body.results_withdrawn"
    assert withdraw_results(results=[result], why="Again.", by=by) == 0


@pytest.mark.usefixtures("a_programme_year")
def test_what_is_public_is_not_withdrawn(by):
    result = record_result(body=register_body(body=team("Moors"), by=by), result=safety(), by=by)
    with refused(Refusal.ALREADY_VISIBLE):
        withdraw_results(results=[result], why="It was wrong.", by=by)
    assert current_results(at=timezone.now()).count() == 1


def test_a_programme_year_takes_the_measures_that_it_lacks_once(by, a_programme_year):
    overall = Measure("overall", "Overall", "Overall", "rating")
    for _ in range(2):
        add_measures(programme_year=a_programme_year, measures=[Measure("safety", "Safety", "Safety"), overall], by=by)
    assert list(a_programme_year.measures.values_list("code", "scale")) == [
        ("safety", "per_cent"),
        ("overall", "rating"),
    ]


def test_a_rating_in_words_stands_beside_the_figures_and_in_no_summary(by, a_programme_year, client):
    add_measures(programme_year=a_programme_year, measures=[Measure("overall", "Overall", "Overall", "rating")], by=by)
    body = register_body(body=team("Moors"), by=by)
    record_result(body=body, result=safety(address="/results/1/"), by=by)
    record_result(body=body, result=safety(measure="overall", per_cent=None, rating="Good"), by=by)
    page = client.get("/programmes/trial/2026-27/").content.decode()
    assert ("Good" in page, 'href="/results/1/"' in page) == (True, True)
    own = client.get(body.get_absolute_url()).content.decode()
    assert ("Good" in own, 'href="/results/1/"' in own) == (True, True)


@pytest.mark.django_db
def test_an_empty_register_says_so(client):
    assert "No body is registered yet" in client.get("/bodies/").content.decode()
    assert "Nothing is published yet" in client.get("/programmes/").content.decode()


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Northmoor", "Northmoor Youth Offending Team"),
        ("Northmoor Youth Justice Service", "Northmoor Youth Justice Service"),
        ("Service Hills", "Service Hills Youth Offending Team"),
    ],
)
def test_a_name_that_says_what_the_body_is_is_not_made_longer(name, full):
    assert Body(name=name, kind="youth_offending_team").full_name == full
