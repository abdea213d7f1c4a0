"""The query that makes the tallies of all steps at once, in words that SQLite, PostgreSQL and DuckDB all understand.

It reads three relations: ``listed`` (case_id, kind, inspection, stratum, assessed as 1 or 0), a row for each case on
the lists; ``answers`` (case_id, question, answer), the one answer of an assessed case to a question; ``weights``
(question, answer, w0, w1, …), what that answer adds to each packed word (``methodology.packing``).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from inspectorate.methodology.forms import Form
from inspectorate.methodology.packing import Packing
from inspectorate.methodology.tallies import Stratum, Tally

LISTED = "listed(case_id, kind, inspection, stratum, assessed)"
ANSWERS = "answers(case_id, question, answer)"
_SUMS = 6  # columns of a step in the answer: y, x, yy, xy, xx, touched


def weights_head(packing: Packing) -> str:
    """Return the name of the relation of weights with its columns."""
    return f"weights(question, answer{''.join(f', w{word}' for word in range(packing.words))})"


def summed_cases(packing: Packing) -> str:
    """Return the relation ``summed``: the packed words of each case that has answers, from one pass over these."""
    totals = "".join(f", CAST(SUM(w.w{word}) AS BIGINT) AS w{word}" for word in range(packing.words))
    return (
        f"summed AS (SELECT a.case_id{totals} FROM answers a "  # noqa: S608 - made of numbers alone
        "JOIN weights w ON w.question = a.question AND w.answer = a.answer GROUP BY a.case_id)"
    )


def tally_query(packing: Packing) -> str:
    """Return the query, to stand behind the three relations in a WITH: one row for each stratum of each kind."""
    unpacked = "".join(f", {expression}" for expression in _unpacked(packing))
    sums = "".join(
        f", SUM(y{n}), SUM(x{n}), SUM(y{n} * y{n}), SUM(x{n} * y{n}), SUM(x{n} * x{n}), "
        f"SUM(CASE WHEN x{n} > 0 THEN 1 ELSE 0 END)"
        for n in range(len(packing.steps))
    )
    return (
        f"{summed_cases(packing)}, fields AS (SELECT l.kind, l.inspection, l.stratum, l.assessed{unpacked} "  # noqa: S608
        "FROM listed l LEFT JOIN summed s ON s.case_id = l.case_id) "
        f"SELECT kind, inspection, stratum, COUNT(*), SUM(assessed){sums} FROM fields "
        "GROUP BY kind, inspection, stratum"
    )


def words_query(packing: Packing) -> str:
    """Return the query of the packed words of every assessed case, for accounts: kind, then the words."""
    words = "".join(f", COALESCE(s.w{word}, 0)" for word in range(packing.words))
    return (
        f"{summed_cases(packing)} SELECT l.kind{words} FROM listed l "  # noqa: S608 - made of numbers alone
        "LEFT JOIN summed s ON s.case_id = l.case_id WHERE l.assessed = 1"
    )


def _unpacked(packing: Packing) -> Iterable[str]:
    for n, step in enumerate(packing.steps):
        field = packing.fields[step.code]
        for name, shift in (("y", field.shift), ("x", field.shift + field.bits)):
            yield f"(COALESCE(s.w{field.word}, 0) >> {shift}) & {field.mask} AS {name}{n}"


def tallies_from(
    form: Form, packing: Packing, rows: Iterable[Sequence[Any]], *, listed: bool = True
) -> dict[str, Tally]:
    """Make the tally of each step, by its code, from the rows of the query, named and ordered as those of a file.

    ``listed`` is False where the cases are all there are but no list of the caseload was given.
    """
    several = len(form.kinds) > 1
    strata: dict[str, list[tuple[str, Sequence[Any]]]] = {kind.code: [] for kind in form.kinds}
    for row in rows:
        kind, inspection, stratum = row[:3]
        name = f"{inspection} / {stratum}" if inspection else stratum
        strata[kind].append((name, row[3:]))
    tallies = {step.code: Tally(()) for step in packing.steps}
    for kind in form.kinds:
        found = sorted(strata[kind.code], key=lambda part: part[0])
        for n, step in enumerate(packing.steps):
            if kind.place.keys().isdisjoint(step.questions):
                continue
            named = [(f"{kind.code} / {name}" if several and listed else name, sums) for name, sums in found]
            tallies[step.code] += Tally(tuple(_stratum(name, sums, n, listed=listed) for name, sums in named))
    return tallies


def _stratum(name: str, sums: Sequence[Any], n: int, *, listed: bool) -> Stratum:
    first = 2 + n * _SUMS
    y, x, yy, xy, xx, touched = (int(value) for value in sums[first : first + _SUMS])
    size, cases = int(sums[0]), int(sums[1])
    return Stratum(name, size if listed else None, cases, y, x, yy, xy, xx, touched)
