# ruff: noqa: PLC0415 - Django can be loaded only once the database is chosen
"""What the record costs writers, and how long verifying takes: ``python -m benchmarks.record``.

Prints, for SQLite and PostgreSQL, saves a second at 1, 8 and 32 writers, each a process of its own that inserts one
fact through the ORM and commits: without any record, with entry and payload but no chain, with a chain for each
writer's stream, and with one chain for all (which is also what writers within one inspection have). The four take turns
in short rounds, so that what else the machine does hits all alike; the medians are printed. Then a million entries are
verified. Every database is new, on disk, syncs as in production, and is gone afterwards. PostgreSQL is started by hand
here; as root it runs as the account ``postgres``.
"""

import argparse
import multiprocessing
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

WRITERS = (1, 8, 32)
WAYS = ("no record", "no chain", "chain a stream", "one chain")
STREAM_LENGTH = 10_000  # entries a stream when verifying


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        yield f"sqlite:///{folder}/bench.sqlite3"


@contextmanager
def postgresql() -> Iterator[str]:
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
    folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
    root = os.geteuid() == 0
    if root:
        shutil.chown(folder, "postgres")

    def call(program: str, *words: str) -> None:
        prefix = ["runuser", "-u", "postgres", "--"] if root else []
        subprocess.run([*prefix, str(programs / program), *words], check=True, stdout=subprocess.DEVNULL, cwd="/")

    data = str(folder / "data")
    call("initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=60"
    call("pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start")
    try:
        yield f"postgresql://bench@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        call("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def set_up(url: str) -> type:
    """Point Django at a database, make its tables and return the model of a fact."""
    os.environ["INSPECTORATE_DATABASE_URL"] = url
    os.environ.setdefault("INSPECTORATE_SECRET_KEY", secrets.token_hex(40))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django

    django.setup()
    from django.db import connection, models

    from inspectorate.record.models import Entry, Payload, Seal, Stream

    class Fact(models.Model):
        inspection = models.IntegerField(db_index=True)
        text = models.TextField()

        class Meta:
            app_label = "record"

        def __str__(self) -> str:
            return self.text

    with connection.schema_editor() as editor:
        for model in (Stream, Entry, Payload, Seal, Fact):
            editor.create_model(model)
    return Fact


def record_without_chain(number: int, payload: dict[str, str]) -> None:
    """Write the rows that an entry has, linked to nothing: what the rows cost by themselves."""
    from inspectorate.record import chain
    from inspectorate.record.models import Entry, Payload, Stream

    salt, text = secrets.token_bytes(32), chain.committed_text(payload, "")
    link = chain.EntryLink(
        stream=("inspection", str(number)),
        sequence=secrets.randbits(60) + 1,
        at=chain.instant(datetime.now(UTC)),
        actor=("user", "u1"),
        verb="save",
        subject=("case", "c1"),
        commitment=chain.commitment(salt, text),
        previous=chain.GENESIS,
    )
    stream = Stream.objects.get(kind="inspection", public_id=str(number))
    entry = Entry(
        stream=stream,
        sequence=link.sequence,
        at=datetime.now(UTC),
        actor_kind="user",
        actor_id="u1",
        verb="save",
        subject_kind="case",
        subject_id="c1",
        commitment=link.commitment,
        previous=link.previous,
        hash=chain.hash_of(link),
        format=1,
    )
    entry.save()
    Payload(entry=entry, salt=salt.hex(), text=text).save()


def save(fact: type, way: str, number: int) -> None:
    from django.db import transaction

    from inspectorate.record.actions import append

    text = "The plan names who does what, but the dates of two reviews have passed. " * 2
    with transaction.atomic():
        fact.objects.create(inspection=number, text=text)
        if way == "no chain":
            record_without_chain(number, {"text": text})
        elif way != "no record":
            stream = ("inspection", "all" if way == "one chain" else str(number))
            append(stream=stream, by=("user", "u1"), verb="save", subject=("case", "c1"), payload={"text": text})


def write(fact: type, way: str, number: int, start: "multiprocessing.Barrier", seconds: float, told) -> None:
    save(fact, way, number)
    start.wait()
    end, times = time.perf_counter() + seconds, []
    while (before := time.perf_counter()) < end:
        save(fact, way, number)
        times.append(time.perf_counter() - before)
    told.put(times)


def measure(fact: type, way: str, writers: int, seconds: float) -> tuple[float, float]:
    """Return saves a second and the 95th percentile of one save in milliseconds."""
    from django.db import connections

    connections.close_all()
    fork = multiprocessing.get_context("fork")
    start, told = fork.Barrier(writers), fork.Queue()
    started = [
        fork.Process(target=write, args=(fact, way, number, start, seconds, told)) for number in range(1, writers + 1)
    ]
    for process in started:
        process.start()
    times = [one for _ in started for one in told.get(timeout=seconds + 60)]
    for process in started:
        process.join()
    return len(times) / seconds, statistics.quantiles(times, n=20)[-1] * 1000


def fill(count: int) -> None:
    """Write ``count`` chained entries in bulk, in streams of ``STREAM_LENGTH``, and seal them."""
    from django.db import transaction

    from inspectorate.record import chain
    from inspectorate.record.actions import _row_of, seal
    from inspectorate.record.models import Entry, Payload, Stream
    from inspectorate.record.names import Name

    began, actor = datetime(2026, 1, 1, tzinfo=UTC), Name("user", "fedcba9876543210fedcba9876543210")
    text = chain.committed_text({"question": "2.1.4", "judgement": "not sufficient", "evidence": "x" * 120}, "")
    for first in range(0, count, STREAM_LENGTH):
        name = Name("inspection", f"{first:032x}")
        stream = Stream(kind=name.kind, public_id=name.id, head=chain.GENESIS)
        point, entries, salts = chain.Point(), [], []
        for sequence in range(1, min(STREAM_LENGTH, count - first) + 1):
            salt = secrets.token_bytes(32)
            at = chain.instant(began + timedelta(seconds=first + sequence))
            sealed = chain.commitment(salt, text)
            subject = Name("case", f"{sequence:032x}")
            link = chain.EntryLink(name, sequence, at, actor, "judge", subject, sealed, point.hash)
            entries.append(_row_of(link, stream))
            salts.append(salt.hex())
            point = chain.Point(sequence, entries[-1].hash)
        with transaction.atomic():
            stream.count, stream.head = point.sequence, point.hash
            stream.save()
            for entry in entries:
                entry.stream_id = stream.pk
            Entry.objects.bulk_create(entries, batch_size=1000)
            pairs = zip(entries, salts, strict=True)
            Payload.objects.bulk_create([Payload(entry=e, salt=s, text=text) for e, s in pairs], batch_size=1000)
    seal()


def verifying(count: int) -> str:
    import resource

    from inspectorate.record.actions import export_head
    from inspectorate.record.queries import verify

    before = time.perf_counter()
    fill(count)
    filled, before = time.perf_counter() - before, time.perf_counter()
    verdict = verify(export_head())
    took = time.perf_counter() - before
    assert verdict.ok, verdict
    assert verdict.entries == count
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"verified {count:,} entries in {took:.1f} s (written in {filled:.0f} s; peak memory {peak} MB)"


def row(fact: type, writers: int, seconds: float, rounds: int) -> Iterator[str]:
    """Yield the cells of one line: median rate, median of the ratios within a round, median 95th percentile."""
    found = [{way: measure(fact, way, writers, seconds) for way in WAYS} for _ in range(rounds)]
    for way in WAYS:
        rate = statistics.median(each[way][0] for each in found)
        ratio = statistics.median(each[way][0] / each[WAYS[0]][0] for each in found)
        p95 = statistics.median(each[way][1] for each in found)
        yield f"{rate:,.0f} ({ratio:.2f}; {p95:.1f})"


def bench(kind: str, seconds: float, rounds: int, count: int) -> None:
    """Print the table of one kind of database."""
    with {"sqlite": sqlite, "postgresql": postgresql}[kind]() as url:
        fact = set_up(url)
        from inspectorate.record.models import Stream

        for number in range(1, max(WRITERS) + 1):
            Stream(kind="inspection", public_id=str(number), head="0" * 64).save()
        print(f"\n{kind}: saves a second (ratio to no record; 95th percentile in ms)")
        print(f"{'writers':>8}" + "".join(f"{way:>26}" for way in WAYS))
        for writers in WRITERS:
            print(f"{writers:>8}" + "".join(f"{cell:>26}" for cell in row(fact, writers, seconds, rounds)), flush=True)
    if count:
        with {"sqlite": sqlite, "postgresql": postgresql}[kind]() as url:
            subprocess.run([sys.executable, "-m", "benchmarks.record", "--verify-only", url, str(count)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=1.0, help="for each way in each round")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--entries", type=int, default=1_000_000, help="how many to verify; 0 leaves it out")
    parser.add_argument("--on", choices=["sqlite", "postgresql"], help="one kind of database alone")
    parser.add_argument("--verify-only", nargs=2, metavar=("URL", "COUNT"), help="fill and verify an empty database")
    arguments = parser.parse_args()
    if arguments.verify_only:
        url, count = arguments.verify_only
        set_up(url)
        print(verifying(int(count)), flush=True)
        return
    for kind in [arguments.on] if arguments.on else ["sqlite", "postgresql"]:
        command = [sys.executable, "-m", "benchmarks.record", "--on", kind]
        if arguments.on:
            bench(kind, arguments.seconds, arguments.rounds, arguments.entries)
        else:  # a process for each, because Django's settings are read once
            numbers = {"--seconds": arguments.seconds, "--rounds": arguments.rounds, "--entries": arguments.entries}
            subprocess.run([*command, *(str(word) for pair in numbers.items() for word in pair)], check=True)


if __name__ == "__main__":
    main()
