"""Scores straight from the database: the tallies of all steps in one query, in SQLite and PostgreSQL alike.

The database sums; what comes out is one row for each stratum. Cases are fetched only when an account asks for them.
"""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from numpy.typing import NDArray

from inspectorate.fieldwork.queries import current_answers
from inspectorate.methodology.packing import Packing, pack
from inspectorate.methodology.plans import Plan, Step
from inspectorate.methodology.rating import NO_JUDGEMENTS, Judgements, evidence_from, run
from inspectorate.methodology.results import Result
from inspectorate.methodology.tallies import Evidence, Tally
from inspectorate.ratings import packed_sql
from inspectorate.ratings.in_database import Scope, answers_of


def score_from_database(
    scope: Scope,
    *,
    judgements: Judgements = NO_JUDGEMENTS,
    confidence: float = 0.95,
    modules: Collection[str] = (),
    checked: bool = False,
) -> tuple[Result, ...]:
    """Return the result of every step of the scope's edition, as ``rating.score`` returns it from a file.

    Raises Refused with every fault in the answers: nothing is half scored. To find them every answer is read, once;
    where all have been ``checked`` since they last changed, the database sums them and none is read.
    """
    plan = scope.edition.plan.of_modules({*scope.edition.modules, *modules})
    if checked:
        return run(plan, DatabaseEvidence(scope, plan), judgements=judgements, confidence=confidence)
    evidence = evidence_from(answers_of(scope), scope.case_list(), plan.steps)
    return run(plan, evidence, judgements=judgements, confidence=confidence)


class DatabaseEvidence:
    """The evidence of any step of a plan, from answers that were checked (``in_database.answers_of``)."""

    def __init__(self, scope: Scope, plan: Plan) -> None:
        self.scope = scope
        self.packing: Packing = pack(plan.steps)

    def __call__(self, step: Step) -> Evidence:
        """Return the evidence of one step."""

        def by_case() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
            kinds = [
                kind.code for kind in self.scope.edition.form.kinds if not kind.place.keys().isdisjoint(step.questions)
            ]
            words = self.words[:, np.isin(self.kinds, kinds)]
            return self.packing.unpack(step.code, words)

        return Evidence(self.tallies.get(step.code, Tally(())), by_case)

    @cached_property
    def tallies(self) -> dict[str, Tally]:
        """The tally of each step, by its code."""
        several = any(self.scope.names().values())
        rows = (
            (row[0], row[1] if several else "", *row[2:]) for row in self._rows(packed_sql.tally_query(self.packing))
        )
        return packed_sql.tallies_from(self.scope.edition.form, self.packing, rows)

    @cached_property
    def _cases(self) -> list[tuple[Any, ...]]:
        return self._rows(packed_sql.words_query(self.packing))

    @property
    def kinds(self) -> NDArray[np.str_]:
        """The kind of each assessed case."""
        return np.array([row[0] for row in self._cases], dtype=np.str_)

    @property
    def words(self) -> NDArray[np.int64]:
        """The packed words of each assessed case, shape (words, cases)."""
        return np.array([row[1:] for row in self._cases], dtype=np.int64).reshape(-1, self.packing.words).T

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query behind the three relations that it reads."""
        if not self.packing.words:
            return []
        try:
            listed, of_listed = self._listed().query.sql_with_params()
            answers, of_answers = self._answers().query.sql_with_params()
        except EmptyResultSet:
            return []
        rows = self.packing.rows(self.scope.edition.form)
        weights = ", ".join([f"(%s, %s{', %s' * self.packing.words})"] * len(rows))
        sql = (
            f"WITH {packed_sql.weights_head(self.packing)} AS (VALUES {weights}), {packed_sql.LISTED} AS ({listed}), "
            f"{packed_sql.ANSWERS} AS ({answers}), {query}"
        )
        given: Sequence[Any] = [cell for code, option, words in rows for cell in (code, option, *words)]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*given, *of_listed, *of_answers])
            return list(cursor.fetchall())

    def _listed(self) -> "QuerySet[Any, Any]":
        assessed = Exists(self.scope.assessments().filter(case=OuterRef("pk")))
        flag = Case(When(assessed, then=Value(1)), default=Value(0), output_field=IntegerField())
        cases = self.scope.cases().annotate(is_assessed=flag).order_by()
        return cases.values_list("pk", "case_list__kind", "case_list__inspection__public_id", "stratum", "is_assessed")

    def _answers(self) -> "QuerySet[Any, Any]":
        return current_answers(self.scope.assessments()).order_by().values_list("assessment__case", "question", "value")
