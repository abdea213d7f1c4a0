# ruff: noqa: PLC0415 - each process loads only what it needs, or its memory would not be its own
"""Those who take turns. Each has a process of its own, so that its peak memory is its own.

A contender gets ready once, then does its work whenever it is told to, and says how long it took.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

YEAR, NATION = 250_000, 10_000_000
STRATA = {YEAR: 3, NATION: 160}
Work = Callable[[], object]


def arrays(size: int, _: Path) -> Work:
    """Score coded arrays in this process: sums, intervals, accounts."""
    from benchmarks.scoring.made import make
    from inspectorate.methodology.rating import score

    made = make(size, STRATA[size])
    return lambda: score(made.edition, made.answers, case_list=made.case_list)


def adapter(size: int, folder: Path) -> Work:
    """Score Parquet files with DuckDB: sums there, intervals and accounts here."""
    import duckdb

    from benchmarks.scoring.made import EDITION
    from inspectorate.methodology import editions
    from inspectorate.methodology.rating import run
    from inspectorate.ratings.tallies_duckdb import ColumnEvidence

    edition, connection = editions.load(EDITION), duckdb.connect()
    return lambda: run(edition.plan, ColumnEvidence(edition, edition.plan, folder / str(size), connection))


def bare_tables(size: int, folder: Path) -> Work:
    """Join answers to cases and questions, and sum per body and score, in DuckDB's own tables: no more than that."""
    import duckdb

    connection = duckdb.connect()
    for name in ("answers", "cases"):
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM '{folder / str(size) / name}.parquet'")  # noqa: S608
    return _bare(connection, "answers", "cases")


def bare_parquet(size: int, folder: Path) -> Work:
    """Do the same from the Parquet files."""
    import duckdb

    sources = (f"'{folder / str(size) / name}.parquet'" for name in ("answers", "cases"))
    return _bare(duckdb.connect(), *sources)


def _bare(connection, answers: str, cases: str) -> Work:
    """Each question is mapped to its stage alone, which is less than the ten scores that we make."""
    from benchmarks.scoring.made import EDITION
    from inspectorate.methodology import editions

    edition = editions.load(EDITION)
    place = edition.form.kinds[0].place
    stages = [step for step in edition.plan.steps if step.code.startswith("stage_")]
    rows = ", ".join(f"({place[code]}::SMALLINT, '{step.code}')" for step in stages for code in step.questions)
    connection.execute(f"CREATE TABLE questions AS SELECT * FROM (VALUES {rows}) AS q(question, score)")  # noqa: S608
    query = (
        "SELECT stratum, score, count(*) FILTER (answer = 0), count(*) FILTER (answer < 2) "  # noqa: S608
        f"FROM {answers} JOIN {cases} USING (case_id) JOIN questions USING (question) GROUP BY ALL"
    )
    return lambda: connection.execute(query).fetchall()


def command(size: int, folder: Path) -> Work:
    """Run the whole command as a process of its own, reading CSV and printing a table."""
    files = folder / str(size)
    words = ["score", "--edition", "iaow/2013", "--answers", str(files / "answers.csv")]
    program = [sys.executable, "-m", "inspectorate.config.cli", *words, "--case-list", str(files / "cases.csv")]
    return lambda: subprocess.run(program, check=True, stdout=subprocess.DEVNULL)


def floor(size: int, folder: Path) -> Work:
    """Start Python, load numpy and scipy.special, read the same two files with the csv module, and do nothing."""
    lines = (
        "import csv, sys, numpy, scipy.special\n"
        "for name in sys.argv[1:]:\n"
        "    with open(name, newline='') as file:\n"
        "        list(csv.reader(file))\n"
    )
    files = [str(folder / str(size) / name) for name in ("answers.csv", "cases.csv")]
    return lambda: subprocess.run([sys.executable, "-c", lines, *files], check=True)


WAYS = {way.__name__: way for way in (arrays, adapter, bare_tables, bare_parquet, command, floor)}


class Contender:
    """A contender in a process of its own."""

    def __init__(self, way: str, size: int, folder: Path) -> None:
        words = [sys.executable, "-m", "benchmarks.scoring.contenders", way, str(size), str(folder)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ask("ready?")

    def ask(self, words: str) -> float:
        """Say something and return the number that comes back: seconds, or mebibytes for ``memory?``."""
        assert self.process.stdin
        assert self.process.stdout
        print(words, file=self.process.stdin, flush=True)
        return float(json.loads(self.process.stdout.readline()))

    def leave(self) -> float:
        """Stop the process and return its peak memory in mebibytes, that of what it started included."""
        peak = self.ask("memory?")
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()
        return peak


def main() -> None:
    """Get ready, then work as often as told."""
    way, size, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    out = os.fdopen(os.dup(1), "w")
    work = WAYS[way](size, folder)
    for line in sys.stdin:
        began = time.perf_counter()
        if line.strip() == "go":
            with redirect_stdout(StringIO()):
                work()
        answer = time.perf_counter() - began
        if line.strip() == "memory?":
            whose = resource.RUSAGE_CHILDREN if way in ("command", "floor") else resource.RUSAGE_SELF
            answer = resource.getrusage(whose).ru_maxrss / 1024
        print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
