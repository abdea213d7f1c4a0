# ruff: noqa: PLC0415 - Django can be loaded only once the database is chosen
"""``python -m benchmarks.pages``: what each kind of page costs at the server, on the data of the demonstration.

As each role of the demonstration the links are followed, and of each kind of page one is asked for again and again in
turn. Printed for each kind: the median and the 95th of a hundred of the time at the server, in milliseconds, the ratio
of its median to the reference (the page on accessibility, which asks nothing but who reads it), queries, and bytes as
they are sent, compressed. The database is a new SQLite file, or that of ``script/postgres``.
"""

import argparse
import gzip
import os
import statistics
import tempfile
import time
from pathlib import Path

REFERENCE = "desk:accessibility"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=20, help="how often each page is asked for")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        os.environ |= {"INSPECTORATE_VAR": folder, "DJANGO_SETTINGS_MODULE": "inspectorate.config.settings"}
        import django

        django.setup()
        from inspectorate.config import demo

        began = time.perf_counter()
        demo.prepare()
        print(f"the demonstration is made in {time.perf_counter() - began:.1f} s\n")
        _print(_measured(rounds))


def _measured(rounds: int) -> list[tuple[str, str, list[float], int, int]]:
    """Return role, kind, times in milliseconds, queries and bytes of every kind of page."""
    from django.conf import settings
    from django.test import Client

    from benchmarks.pages.crawling import crawl, look
    from inspectorate.people.models import User

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    found: dict[str, tuple[str, Client, str]] = {}
    for user in (None, *User.objects.filter(demonstration=True).order_by("pk")):
        client = Client()
        if user:
            client.force_login(user)
        role = user.get_role_display() if user else "Visitor"
        for page in crawl(client, of_a_kind=1):
            if page.status == 200:
                found.setdefault(page.kind, (role, client, page.path))
    times: dict[str, list[float]] = {kind: [] for kind in found}
    facts = {}
    for _ in range(rounds):
        for kind, (_, client, path) in found.items():
            began = time.perf_counter()
            client.get(path)
            times[kind].append(1000 * (time.perf_counter() - began))
    for kind, (_, client, path) in found.items():
        page = look(client, path, kind)
        facts[kind] = (page.queries, len(gzip.compress(page.content, 6)))
    return [(found[kind][0], kind, times[kind], *facts[kind]) for kind in found]


def _print(rows: list[tuple[str, str, list[float], int, int]]) -> None:
    base = next((statistics.median(times) for _, kind, times, *_ in rows if kind == REFERENCE), None)
    print("| page | as | median ms | p95 ms | ratio | queries | bytes |\n|---|---|--:|--:|--:|--:|--:|")
    for role, kind, times, queries, size in sorted(rows, key=lambda row: -statistics.median(row[2])):
        middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        ratio = f"{middle / base:.1f}" if base else "–"
        print(f"| {kind} | {role} | {middle:.1f} | {high:.1f} | {ratio} | {queries} | {size:,} |")
    print(f"\n{len(rows)} kinds of page; load {Path('/proc/loadavg').read_text().split()[0]}")


if __name__ == "__main__":
    main()
