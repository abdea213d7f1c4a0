# ruff: noqa: PLC0415 - Django can be loaded only once the database is chosen
"""``python -m benchmarks.load``: saving by many at once, beside a plain Django view that takes turns with it.

Both are served by two application processes with the words of ``inspectorate demo``, from databases of the same kind
that sync alike: new SQLite files, or those of ``script/postgres --sync``. Printed: savings, errors, those acknowledged
and lost, and milliseconds from the first byte sent to the last received: first with each assessor saving every three
seconds, in an empty database and in one with many answers; then 8 and 32 who never pause (savings a second).
"""

import argparse
import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from benchmarks.load.asking import Person, Told, load

PRODUCT, PLAIN = "Inspectorate", "plain Django"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--assessors", type=int, default=200, help="how many save (%(default)s)")
    parser.add_argument("--every", type=float, default=3.0, help="seconds between two savings of one (%(default)s)")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each turn lasts (%(default)s)")
    parser.add_argument("--rounds", type=int, default=2, help="turns of each (%(default)s)")
    parser.add_argument(
        "--stored", type=int, default=200_000, help="answers stored before the second half (%(default)s)"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        _choose(Path(folder))
        import django

        django.setup()
        from django.db import connection

        from benchmarks.load import world

        began = time.perf_counter()
        people = {PRODUCT: world.make(given.assessors), PLAIN: _plain_people(given.assessors)}
        print(f"made in {time.perf_counter() - began:.0f} s: {given.assessors} assessors, {connection.vendor}\n")
        print("| load | of | savings | a second | errors | lost | median ms | p95 ms | p99 ms | p95 to plain |")
        print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|")
        connection.close()
        with _served(PRODUCT) as product, _served(PLAIN) as plain:
            ports = {PRODUCT: product, PLAIN: plain}
            said = f"{given.assessors} every {given.every:g} s"
            _turns(f"{said}, empty", people, ports, given, every=given.every, rounds=given.rounds)
            for clients in (8, 32):
                few = {name: some[:clients] for name, some in people.items()}
                _turns(f"{clients} without pause", few, ports, given, every=0.0, rounds=1)
            began = time.perf_counter()
            world.store(given.stored)
            connection.close()
            stored = f"{given.stored:,} stored"
            took = time.perf_counter() - began
            _turns(f"{said}, {stored}", people, ports, given, every=given.every, rounds=given.rounds)
    print(f"\n{stored} in {took:.0f} s; load of the machine {Path('/proc/loadavg').read_text().split()[0]}")


def _choose(folder: Path) -> None:
    """Choose a folder and two databases, for this process and those it starts."""
    given = os.environ.get("INSPECTORATE_DATABASE_URL", "")
    os.environ |= {
        "INSPECTORATE_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "inspectorate.config.settings",
        "PLAIN_SECRET_KEY": secrets.token_hex(32),
        "PLAIN_DATABASE_URL": f"sqlite:///{folder / 'plain.sqlite3'}",
        "PYTHONWARNINGS": "ignore",
    }
    if given.startswith("postgres"):
        import psycopg

        with psycopg.connect(given, autocommit=True) as asked:
            asked.execute("CREATE DATABASE plain")
        os.environ["PLAIN_DATABASE_URL"] = given.rpartition("/")[0] + "/plain"


def _plain(word: str) -> list:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.load.plain.settings"}
    words = [sys.executable, "-m", "benchmarks.load.plain.make", word]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True, timeout=600)
    return list(json.loads(done.stdout))


def _plain_people(number: int) -> list[Person]:
    def make() -> tuple[str, bytes]:
        id_ = secrets.token_hex(16)
        return id_, json.dumps({"id": id_, "value": "sufficient"}).encode()

    return [Person(one["path"], one["session"], make) for one in _plain(str(number))]


@contextmanager
def _served(name: str):
    """Serve one of the two by the words of the demonstration, until the end."""
    from inspectorate.config.server import server_words

    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    words, environment = server_words(port), dict(os.environ)
    if name == PLAIN:
        words = [*words[:-1], "benchmarks.load.plain.wsgi:application"]
        environment["DJANGO_SETTINGS_MODULE"] = "benchmarks.load.plain.settings"
    server = subprocess.Popen([sys.executable, "-m", "granian", *words], env=environment)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(5)


def _turns(
    said: str,
    people: dict[str, list[Person]],
    ports: dict[str, int],
    given: argparse.Namespace,
    *,
    every: float,
    rounds: int,
) -> None:
    """Let both save in turn, and print a row for each."""
    told: dict[str, list[Told]] = {name: [] for name in people}
    for name, some in people.items():  # what is loaded at the first request is no part of it
        load(some[:16], ports[name], seconds=1.0, every=0.0)
    for _ in range(rounds):
        for name, some in people.items():
            told[name].append(load(some, ports[name], seconds=given.seconds, every=every))
    from benchmarks.load import world

    there = {PRODUCT: world.held(), PLAIN: set(_plain("held"))}
    base = _quantile([second for one in told[PLAIN] for second in one.seconds], 95)
    for name, turns in told.items():
        _row(said, name, turns, there[name], base)


def _row(said: str, name: str, turns: list[Told], there: set[str], base: float) -> None:
    seconds = [second for one in turns for second in one.seconds]
    errors = [error for one in turns for error in one.errors]
    lost = len({id_ for one in turns for id_ in one.acknowledged} - there)
    rate = len(seconds) / sum(one.lasted for one in turns)
    high = _quantile(seconds, 95)
    figures = f"{1000 * statistics.median(seconds):.1f} | {1000 * high:.1f} | {1000 * _quantile(seconds, 99):.1f}"
    counts = f"{len(seconds)} | {rate:.0f} | {len(errors)} | {lost}"
    print(f"| {said} | {name} | {counts} | {figures} | {high / base:.2f} |", flush=True)
    for error in sorted(set(errors))[:3]:
        print(f"    {error}", file=sys.stderr)


def _quantile(seconds: list[float], percent: int) -> float:
    return statistics.quantiles(seconds, n=100)[percent - 1]


if __name__ == "__main__":
    main()
