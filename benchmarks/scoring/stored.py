# ruff: noqa: PLC0415 - Django is loaded once the database is chosen
"""A year of answers in a database: stored as entries, then scored from there.

On SQLite in a new file of its own; on PostgreSQL in the database that ``INSPECTORATE_DATABASE_URL`` names, which must
have no tables yet, as in ``script/postgres``. Rows are inserted in bulk, without the actions that people use.
"""

import os
import statistics
import tempfile
import time
from datetime import UTC, datetime

from benchmarks.scoring.contenders import STRATA, YEAR

AT = datetime(2026, 11, 21, tzinfo=UTC)
AT_ONCE = 5000


def measure(rounds: int) -> None:
    """Store a year of answers and print how long scoring it takes, part by part."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        os.environ.setdefault("INSPECTORATE_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ["INSPECTORATE_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "inspectorate.config.settings"
        import django

        django.setup()
        scope = _stored()
        _print(rounds, scope)


def _stored():
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.scoring.made import make
    from inspectorate.inspections.models import Inspection, Module
    from inspectorate.ratings.in_database import Scope

    if connection.introspection.table_names():
        raise SystemExit("This database has tables already: measure in a new one, as with script/postgres.")
    call_command("migrate", verbosity=0)
    made = make(YEAR, STRATA[YEAR])
    edition = made.edition
    inspection = Inspection.objects.create(title="Made up", area="Made up")
    Module.objects.create(inspection=inspection, edition=edition.code, edition_digest=edition.digest)
    _store(inspection, made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}, {made.count:,} answers of {len(made.answers.kinds[0].keys):,} cases\n")
    return Scope(edition, Inspection.objects.all())


def _store(inspection, made) -> None:
    from inspectorate.fieldwork.models import Assessment, Entry
    from inspectorate.sampling.models import Case, CaseList

    part, listed, edition = made.answers.kinds[0], made.case_list, made.edition
    case_list = CaseList.objects.create(inspection=inspection, kind=part.kind.code)
    rows = zip(listed.keys, listed.strata, strict=True)
    cases = Case.objects.bulk_create(
        (Case(case_list=case_list, reference=case, stratum=stratum) for (_, case), stratum in rows), AT_ONCE
    )
    facts = {"edition": edition.code, "edition_digest": edition.digest, "begun_at": AT, "state": "accepted"}
    held = Assessment.objects.bulk_create(
        (
            Assessment(case=case, assessor_kind="user", assessor_id="made-up", **facts)
            for case in cases[: len(part.keys)]
        ),
        AT_ONCE,
    )
    Entry.objects.bulk_create(_entries(Entry, part, held), AT_ONCE)


def _entries(entry, part, assessments):
    number = 0
    for assessment, values in zip(assessments, part.values.tolist(), strict=True):
        for question, value in zip(part.kind.questions, values, strict=True):
            if value < 0:
                continue
            number += 1
            yield entry(
                public_id=f"{number:032x}",
                assessment=assessment,
                device="made-up",
                counter=number,
                question=question.code,
                value=question.options[value].code,
                device_time=AT,
                received_at=AT,
                batch="0" * 32,
                hash="0" * 64,
            )


def _print(rounds: int, scope) -> None:
    from inspectorate.ratings.in_database import answers_of
    from inspectorate.ratings.tallies_sql import DatabaseEvidence, score_from_database

    plan = scope.edition.plan
    works = {
        "read and check every answer": lambda: answers_of(scope),
        "the tallies of all steps, one query": lambda: DatabaseEvidence(scope, plan).tallies,
        "the whole: read, checked, scored": lambda: score_from_database(scope),
        "the whole, checked before: summed there, scored": lambda: score_from_database(scope, checked=True),
    }
    seconds = {name: [] for name in works}
    for _ in range(rounds + 1):
        for name, work in works.items():
            began = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - began)
    print(f"Medians of {rounds} rounds, taking turns.\n\n| | seconds | least | most |\n|---|--:|--:|--:|")
    for name, found in seconds.items():
        print(f"| {name} | {statistics.median(found[1:]):.3f} | {min(found[1:]):.3f} | {max(found[1:]):.3f} |")
