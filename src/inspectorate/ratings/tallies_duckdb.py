"""Scores from columns on disk: answers as Parquet files of small integers, summed by DuckDB.

For what is larger than one inspectorate's year. The files are written from answers that were read and checked, so that
a case answers each question once and every number is an option of its question.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.answers import Answers
from inspectorate.methodology.cases import CaseList
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import ABSENT
from inspectorate.methodology.packing import Packing, pack
from inspectorate.methodology.plans import Plan, Step
from inspectorate.methodology.tallies import Evidence, Tally
from inspectorate.ratings import packed_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ANSWERS_FILE, CASES_FILE = "answers.parquet", "cases.parquet"
COLUMNS = ("case_id", "question", "answer")


def write_columns(answers: Answers, case_list: CaseList | None, folder: Path, connection: "DuckDBPyConnection") -> None:
    """Write ``answers.parquet`` and ``cases.parquet``.

    ``answers`` has case_id, question (its place in the form, all kinds in order) and answer (the number of the option),
    sorted by case. ``cases`` has case_id, kind, inspection, stratum and assessed (1 or 0): every case on the list, or
    those assessed where there is no list.
    """
    keys = case_list.keys if case_list else tuple(key for part in answers.kinds for key in part.keys)
    place = {key: number for number, key in enumerate(keys)} if case_list is None else case_list.place
    kind_of = {key: part.kind.code for part in answers.kinds for key in part.keys}
    kinds = case_list.kinds if case_list else tuple(kind_of[key] for key in keys)
    strata = case_list.strata if case_list else kinds
    columns = {
        "case_id": np.arange(len(keys), dtype=np.int32),
        "kind": np.array(kinds, dtype=object),
        "inspection": np.array([inspection if case_list else "" for inspection, _ in keys], dtype=object),
        "stratum": np.array(strata, dtype=object),
        "assessed": np.array([key in kind_of for key in keys], dtype=np.int32),
    }
    _write(connection, columns, folder / CASES_FILE)
    _write(connection, _coded(answers, place), folder / ANSWERS_FILE)


def _coded(answers: Answers, place: dict[tuple[str, str], int]) -> dict[str, NDArray[Any]]:
    parts: list[list[NDArray[Any]]] = [[], [], []]
    start = 0
    for part in answers.kinds:
        rows, columns = np.nonzero(part.values != ABSENT)
        at = np.array([place[key] for key in part.keys], dtype=np.int32)
        parts[0].append(at[rows])
        parts[1].append((columns + start).astype(np.int16))
        parts[2].append(part.values[rows, columns])
        start += len(part.kind.questions)
    return dict(zip(COLUMNS, map(np.concatenate, parts), strict=True))


def _write(connection: "DuckDBPyConnection", columns: dict[str, NDArray[Any]], path: Path) -> None:
    connection.register("columns_to_write", columns)
    words = ", ".join(
        f"CAST({name} AS VARCHAR) AS {name}" if values.dtype == object else name for name, values in columns.items()
    )
    query = f"SELECT {words} FROM columns_to_write"  # noqa: S608 - the names of our own columns
    connection.execute(f"COPY ({query}) TO '{_quoted(path)}' (FORMAT parquet)")
    connection.unregister("columns_to_write")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


class ColumnEvidence:
    """The evidence of any step of a plan, from a pair of files that ``write_columns`` wrote."""

    def __init__(
        self, edition: Edition, plan: Plan, folder: Path, connection: "DuckDBPyConnection", *, listed: bool = True
    ) -> None:
        """Read from ``folder``; ``listed`` is False where the files were written without a case list."""
        self.form = edition.form
        self.packing: Packing = pack(plan.steps)
        self.connection = connection
        self.listed = listed
        self.sources = {name: f"'{_quoted(folder / name)}'" for name in (CASES_FILE, ANSWERS_FILE)}

    def __call__(self, step: Step) -> Evidence:
        """Return the evidence of one step."""

        def by_case() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
            kinds = [kind.code for kind in self.form.kinds if not kind.place.keys().isdisjoint(step.questions)]
            named, words = self._words
            return self.packing.unpack(step.code, words[:, np.isin(named, kinds)])

        return Evidence(self.tallies.get(step.code, Tally(())), by_case)

    @cached_property
    def tallies(self) -> dict[str, Tally]:
        """The tally of each step, by its code."""
        rows = self._run(packed_sql.tally_query(self.packing)).fetchall() if self.packing.words else []
        return packed_sql.tallies_from(self.form, self.packing, rows, listed=self.listed)

    @cached_property
    def _words(self) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """The kind of each assessed case, and its packed words, shape (words, cases)."""
        found = list(self._run(packed_sql.words_query(self.packing)).fetchnumpy().values())
        return np.asarray(found[0], dtype=np.str_), np.stack([np.asarray(word, dtype=np.int64) for word in found[1:]])

    @cached_property
    def _weights(self) -> str:
        """The rows of the relation of weights, questions and answers as the numbers that the files hold."""
        questions = [question for kind in self.form.kinds for question in kind.questions]
        codes = {
            (question.code, option.code): f"{place}::SMALLINT, {number}::TINYINT"
            for place, question in enumerate(questions)
            for number, option in enumerate(question.options)
        }
        return ", ".join(
            f"({codes[code, option]}{''.join(f', {word}::BIGINT' for word in words)})"
            for code, option, words in self.packing.rows(self.form)
        )

    def _run(self, query: str) -> "DuckDBPyConnection":
        cases, answers = self.sources[CASES_FILE], self.sources[ANSWERS_FILE]
        return self.connection.execute(
            f"WITH {packed_sql.weights_head(self.packing)} AS (VALUES {self._weights}), "  # noqa: S608 - our own numbers
            f"{packed_sql.LISTED} AS (SELECT case_id, kind, inspection, stratum, assessed FROM {cases}), "
            f"{packed_sql.ANSWERS} AS (SELECT case_id, question, answer FROM {answers}), {query}"
        )
