"""What must be true of bodies and results, the database holds: one planted violation for each named constraint."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from inspectorate.register.models import (
    Body,
    DrawnChart,
    LocalDeliveryUnit,
    PublishedFigure,
    PublishedMeasure,
    PublishedProgrammeYear,
    PublishedResult,
    PublishedRow,
    PublishedTable,
    Succession,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, tzinfo=UTC)
EARLY, LATE = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def facts():
    """One sound row of each kind, by which the faulty ones below are told."""
    body = Body.objects.create(name="Northmoor", kind="prison", nation="england")
    other = Body.objects.create(name="Southmoor", kind="prison", nation="england")
    year = PublishedProgrammeYear.objects.create(programme="trial", year="2026-27")
    measure = PublishedMeasure.objects.create(programme_year=year, code="safety", position=0)
    table = PublishedTable.objects.create(programme_year=year, code="headline", position=0)
    row = PublishedRow.objects.create(table=table, body=body, position=0)
    Succession.objects.create(before=body, after=other, kind="renamed", on=EARLY)
    LocalDeliveryUnit.objects.create(body=body, name="Harbour")
    PublishedFigure.objects.create(table=table, measure=measure, of="year", statistic="lowest", per_cent=1, position=0)
    PublishedResult.objects.create(row=row, measure=measure, per_cent=61, visible_from=AT)
    return {"body": body, "other": other, "year": year, "measure": measure, "table": table, "row": row}


def body(**changed):
    return lambda _: Body(**({"name": "Eastmoor", "kind": "prison", "nation": "england"} | changed))


def unit(**changed):
    return lambda facts: LocalDeliveryUnit(**({"body": facts["body"], "name": "Quay"} | changed))


def step(before="other", after="body", kind="merged"):
    return lambda facts: Succession(before=facts[before], after=facts[after], kind=kind, on=EARLY)


def measure(**changed):
    return lambda facts: PublishedMeasure(
        **({"programme_year": facts["year"], "code": "care", "position": 1} | changed)
    )


def table(**changed):
    return lambda facts: PublishedTable(
        **({"programme_year": facts["year"], "code": "second", "position": 1} | changed)
    )


def figure(**changed):
    given = {"of": "year", "statistic": "highest", "per_cent": 2, "position": 1}
    return lambda facts: PublishedFigure(table=facts["table"], measure=facts["measure"], **(given | changed))


def row(body="other", **changed):
    return lambda facts: PublishedRow(**({"table": facts["table"], "body": facts[body], "position": 1} | changed))


def result(**changed):
    given = {"version": 2, "per_cent": 50, "visible_from": AT}
    return lambda facts: PublishedResult(row=facts["row"], measure=facts["measure"], **(given | changed))


VIOLATIONS = {
    "register_body_has_a_name": body(name=""),
    "register_body_kind_is_known": body(kind="circus"),
    "register_body_nation_is_known": body(nation="atlantis"),
    "register_body_ends_after_it_began": body(began_on=LATE, ended_on=EARLY),
    "register_one_living_body_of_a_name": body(name="Northmoor"),
    "register_succession_said_once": step(before="body", after="other"),
    "register_no_body_succeeds_itself": step(after="other"),
    "register_succession_kind_is_known": step(kind="vanished"),
    "register_ldu_has_a_name": unit(name=""),
    "register_ldu_ends_after_it_began": unit(began_on=LATE, ended_on=EARLY),
    "register_one_living_ldu_of_a_name": unit(name="Harbour"),
    "register_programme_year_once": lambda _: PublishedProgrammeYear(programme="trial", year="2026-27"),
    "register_measure_once": measure(code="safety"),
    "register_measure_has_its_place": measure(position=0),
    "register_measure_scale_is_known": measure(scale="cheers"),
    "register_table_once": table(code="headline"),
    "register_table_has_its_place": table(position=0),
    "register_figure_once": figure(statistic="lowest"),
    "register_figure_is_a_per_cent": figure(per_cent=101),
    "register_figure_kind_is_known": figure(statistic="mode"),
    "register_row_once": row(body="body"),
    "register_row_has_its_place": row(position=0),
    "register_row_visit_is_known": row(visit="picnic"),
    "register_result_version_once": result(version=1),
    "register_result_is_a_per_cent": result(per_cent=101),
    "register_result_has_one_to_four_stars": result(stars=5),
    "register_result_says_something": result(per_cent=None),
    "register_result_version_from_one": result(version=0),
    "register_result_withdrawn_before_its_minute": result(withdrawn_at=AT),
}
MODELS = [
    Body,
    DrawnChart,
    LocalDeliveryUnit,
    PublishedFigure,
    PublishedMeasure,
    PublishedProgrammeYear,
    PublishedResult,
    PublishedRow,
    PublishedTable,
    Succession,
]
# SQLite names the columns of a broken uniqueness, PostgreSQL the constraint
UNIQUE = "UNIQUE constraint failed"


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses(facts, name):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        VIOLATIONS[name](facts).save()
    assert name in str(refusal.value) or str(refusal.value).startswith(UNIQUE)


@pytest.mark.parametrize("make", [body(), unit(), step(), measure(), table(), figure(), row(), result()])
def test_and_lets_the_same_rows_through_without_the_fault(facts, make):
    make(facts).save()


def test_every_named_constraint_has_its_violation_here():
    named = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    assert set(VIOLATIONS) == named


def test_a_name_may_be_used_again_once_its_bearer_has_ended(facts):
    facts["body"].ended_on = EARLY
    facts["body"].save()
    body(name="Northmoor")(facts).save()


def test_an_invented_body_may_have_the_name_of_a_real_one(facts):
    body(name="Northmoor", invented=True)(facts).save()
