# ruff: noqa: PLC0415 - Django can be loaded only once the database is chosen
"""An installation in which many assessors each have a case of their own; and answers by the million, if wanted."""

import itertools
import json
import logging
import secrets
from datetime import UTC, datetime, timedelta

from benchmarks.load.asking import Person

EDITION = "iaow/2013"
IN_AN_INSPECTION = 20  # assessors; each inspection has a record of its own, which its savings wait for
BEGAN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ANSWERS_OF_A_CASE = 120
STORED = {
    "postgresql": (
        "INSERT INTO fieldwork_entry (public_id, assessment_id, device, counter, question, part, value, text,"
        " device_time, received_at, batch, hash)"
        " SELECT lpad(to_hex(n * %(apart)s), 16, '0') || left(md5(n::text), 16), a.pks[1 + n / %(of)s], 'stored',"
        " n + 1, 'S' || (n %% %(of)s), 'answer', 'sufficient', '', now(), now(), 'stored', md5(n::text) || md5(n::text)"
        " FROM generate_series(%(first)s::bigint, %(last)s - 1) n, (SELECT %(pks)s::bigint[] AS pks) a"
    ),
    "sqlite": (
        "WITH RECURSIVE number(n) AS (SELECT %(first)s UNION ALL SELECT n + 1 FROM number WHERE n + 1 < %(last)s)"
        " INSERT INTO fieldwork_entry (public_id, assessment_id, device, counter, question, part, value, text,"
        " device_time, received_at, batch, hash)"
        " SELECT printf('%%016x', n * %(apart)s) || lower(hex(randomblob(8))), %(base)s + n / %(of)s, 'stored',"
        " n + 1, 'S' || (n %% %(of)s), 'answer', 'sufficient', '', '2026-11-02 09:00:00', '2026-11-02 09:00:00',"
        " 'stored', lower(hex(randomblob(32))) FROM number"
    ),
}

QUICKLY = {"postgresql": "SET session_replication_role = replica", "sqlite": "PRAGMA synchronous = OFF"}


def make(number: int) -> list[Person]:
    """Return so many assessors, each with a case and an assessment begun."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    # Tables straight from the models: the same as by the migrations, and made in a fifth of the time.
    settings.MIGRATION_MODULES = dict.fromkeys((app.label for app in apps.get_app_configs()), None)
    call_command("migrate", verbosity=0, run_syncdb=True)
    logging.disable(logging.INFO)  # two hundred who sign in
    with transaction.atomic():
        return people(number)


def people(number: int) -> list[Person]:
    """Return so many assessors, in a database whose tables are there."""
    return [
        person
        for first in range(0, number, IN_AN_INSPECTION)
        for person in _inspection(first, min(IN_AN_INSPECTION, number - first))
    ]


def _inspection(first: int, number: int) -> list[Person]:
    from django.test import Client

    from inspectorate.fieldwork.models import Allocation, Assessment
    from inspectorate.inspections.models import InspectedProvider, Inspection, Module, TeamMember
    from inspectorate.methodology import editions
    from inspectorate.people.factors import Authenticator
    from inspectorate.people.models import Role, User
    from inspectorate.register.models import Body
    from inspectorate.sampling.models import Case, CaseList, DrawnCase, Sample

    edition = editions.load(EDITION)
    body = Body.objects.create(name=f"Body {first}", kind="probation_trust", nation="england", invented=True)
    made = Inspection.objects.create(
        title=f"Inspection {first}",
        body=body,
        state="fieldwork",
        announced_at=BEGAN,
        fieldwork_on=BEGAN.date(),
        invented=True,
    )
    InspectedProvider.objects.create(inspection=made, body=body)
    Module.objects.create(inspection=made, edition=EDITION, edition_digest=edition.digest)
    frozen = {"frozen_at": BEGAN, "digest": edition.digest, "seed": "0" * 32}
    cases = CaseList.objects.create(inspection=made, kind="case", **frozen)
    sample = Sample.objects.create(case_list=cases, size=number, by_rule=number, drawn_at=BEGAN)
    people = []
    for index in range(first, first + number):
        name = f"assessor-{index}"
        user = User.objects.create(username=name, first_name=name, email=f"{name}@example.org", role=Role.INSPECTOR)
        TeamMember.objects.create(inspection=made, user=user, role="inspector", joined_at=BEGAN)
        case = Case.objects.create(case_list=cases, reference=f"C{index:04d}")
        DrawnCase.objects.create(sample=sample, case=case, role="drawn", order=index - first + 1)
        Allocation.objects.create(case=case, assessor=user, allocated_at=BEGAN)
        digest = {"edition": EDITION, "edition_digest": edition.digest}
        assessment = Assessment.objects.create(
            case=case, assessor_kind="user", assessor_id=user.public_id, begun_at=BEGAN, **digest
        )
        client = Client()
        Authenticator.objects.create(user=user, type="totp", data={})  # nobody sees a case without a second factor
        client.force_login(user)
        door = f"/inspections/{made.public_id}/cases/{case.public_id}/entries/?assessment={assessment.public_id}"
        questions = [question.code for question in edition.form.kind("case").questions]
        people.append(Person(door, client.cookies["sessionid"].value, _answers(questions)))
    return people


def _answers(questions: list[str]):
    """Return what makes the next answer of one device: question after question, and then each anew."""
    device, counter, last = f"tab-{secrets.token_hex(8)}", itertools.count(1), dict[str, str]()

    def make() -> tuple[str, bytes]:
        number, id_ = next(counter), secrets.token_hex(16)
        question = questions[number % len(questions)]
        entry = {
            "id": id_,
            "device": device,
            "counter": number,
            "question": question,
            "part": "answer",
            "value": "sufficient",
            "text": "",
            "supersedes": last.get(question),
            "decides": None,
            "device_time": datetime.now(UTC).isoformat(),
        }
        last[question] = id_
        return id_, json.dumps({"entries": [entry]}).encode()

    return make


def held() -> set[str]:
    """Return the ids of the answers that were sent and are there."""
    from inspectorate.fieldwork.models import Entry

    return set(Entry.objects.exclude(device="stored").values_list("public_id", flat=True))


def store(answers: int) -> None:
    """Put so many answers into the database at once, of cases of an older inspection."""
    from django.db import connection

    from inspectorate.fieldwork.models import Assessment
    from inspectorate.sampling.models import Case, CaseList

    cases_needed = -(-answers // ANSWERS_OF_A_CASE)
    like, cases = Assessment.objects.first(), CaseList.objects.first()
    Case.objects.bulk_create(
        (Case(case_list=cases, reference=f"OLD{number:07d}") for number in range(cases_needed)), batch_size=5000
    )
    old = Case.objects.filter(reference__startswith="OLD").order_by("pk")
    at = BEGAN - timedelta(days=300)
    rows = (
        Assessment(
            case=case,
            assessor_kind="user",
            assessor_id="old",
            begun_at=at,
            edition=like.edition,
            edition_digest=like.edition_digest,
        )
        for case in old.iterator(5000)
    )
    Assessment.objects.bulk_create(rows, batch_size=5000)
    pks = list(Assessment.objects.filter(assessor_id="old").order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:  # none of this has to outlive a power cut, or to be checked
        cursor.execute(QUICKLY[connection.vendor])
    step = 50_000 * ANSWERS_OF_A_CASE // 10
    for first in range(0, answers, step):
        given = {
            "first": first,
            "last": min(first + step, answers),
            "of": ANSWERS_OF_A_CASE,
            "base": pks[0],
            "pks": pks,
            "apart": 2**62 // answers,  # ids in order, so that they are put in quickly, and as far apart as by chance
        }
        with connection.cursor() as cursor:
            sentence = STORED[connection.vendor]
            if connection.vendor == "sqlite":
                whole = {name: value for name, value in given.items() if name != "pks"}
                cursor.execute(sentence % whole)
            else:
                cursor.execute(sentence, given)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
