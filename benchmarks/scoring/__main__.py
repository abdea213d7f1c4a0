# ruff: noqa: PLC0415 - as in contenders
"""How long scoring takes: ``python -m benchmarks.scoring``.

Prints one table. All contenders take turns in each round, so that what else the machine does hits all alike; medians
and ratios of one run can be compared, seconds of two runs cannot. ``--database`` measures a database instead (see
``docs/reference/benchmarks.md``).
"""

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.scoring.contenders import NATION, STRATA, YEAR, Contender

# What is compared, in the order of the table: words, size, way, and the row of the same size that its ratio is to.
ROWS = (
    ("a year: bare DuckDB, sums alone, own tables", YEAR, "bare_tables", "bare_tables"),
    ("a year: coded arrays, intervals and accounts", YEAR, "arrays", "bare_tables"),
    ("a year: DuckDB adapter on Parquet, the same", YEAR, "adapter", "bare_tables"),
    ("a year: start Python and read the CSV, no more", YEAR, "floor", "floor"),
    ("a year: the whole command on the CSV", YEAR, "command", "floor"),
    ("10 million: bare DuckDB, sums alone, own tables", NATION, "bare_tables", "bare_tables"),
    ("10 million: bare DuckDB, sums alone, Parquet", NATION, "bare_parquet", "bare_tables"),
    ("10 million: coded arrays, intervals and accounts", NATION, "arrays", "bare_tables"),
    ("10 million: DuckDB adapter on Parquet, the same", NATION, "adapter", "bare_tables"),
)


def main() -> None:
    """Take the number of rounds, and what to measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scoring", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often each takes its turn (default 7)")
    parser.add_argument("--database", action="store_true", help="measure the database in force, which must be new")
    parser.add_argument("--make", nargs=2, metavar=("SIZE", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.make:
        write(int(arguments.make[0]), Path(arguments.make[1]))
    elif arguments.database:
        from benchmarks.scoring.stored import measure

        print(machine())
        measure(arguments.rounds)
    else:
        with tempfile.TemporaryDirectory() as folder:
            compare(arguments.rounds, Path(folder))


def write(size: int, folder: Path) -> None:
    """Write the files of one size; in a process of its own, so that its memory is nobody else's."""
    import duckdb

    from benchmarks.scoring.made import make, write_csv
    from inspectorate.ratings.tallies_duckdb import write_columns

    made = make(size, STRATA[size])
    folder.mkdir()
    write_columns(made.answers, made.case_list, folder, duckdb.connect())
    if size == YEAR:
        write_csv(made, folder)
    print(f"made {made.count:,} answers of {len(made.answers.kinds[0].keys):,} cases", file=sys.stderr)


def compare(rounds: int, folder: Path) -> None:
    """Let all take turns and print the table."""
    for size in (YEAR, NATION):
        words = [sys.executable, "-m", "benchmarks.scoring", "--make", str(size), str(folder / str(size))]
        subprocess.run(words, check=True)
    at = {(size, way): Contender(way, size, folder) for _, size, way, _ in ROWS}
    for contender in at.values():
        contender.ask("go")  # once for nothing: caches, imports
    seconds = {key: [] for key in at}
    for _ in range(rounds):
        for key, contender in at.items():
            seconds[key].append(contender.ask("go"))
    median = {key: statistics.median(found) for key, found in seconds.items()}
    peak = {key: contender.leave() for key, contender in at.items()}
    print(machine())
    print(f"Medians of {rounds} rounds, all taking turns.\n")
    print("| | seconds | least | most | ratio | to | peak MiB |")
    print("|---|--:|--:|--:|--:|---|--:|")
    for words, size, way, other in ROWS:
        key, found = (size, way), seconds[size, way]
        ratio = f"{median[key] / median[size, other]:.2f}"
        to = "itself" if way == other else "start and read" if other == "floor" else "bare, own tables"
        times = f"{median[key]:.4f} | {min(found):.4f} | {max(found):.4f}"
        print(f"| {words} | {times} | {ratio} | {to} | {peak[key]:.0f} |")


def machine() -> str:
    """Return one line that says what this was measured on."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if "model name" in line), "processor")
    total = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if "MemTotal" in line), 0)
    load = _lines("/proc/loadavg")[0].split()[0]
    cores = sum("processor" in line for line in _lines("/proc/cpuinfo"))
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "duckdb"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: {model}, {cores} cores, {total / 2**20:.0f} GiB, load {load}; "
        f"Python {platform.python_version()}, {packages}"
    )


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text().splitlines() if file.exists() else ["?"]


main()
