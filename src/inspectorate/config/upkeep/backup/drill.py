"""The drill: the newest backup is restored into an installation of its own, verified, and ten records are opened.

It runs as other processes, as an operator would run it on an empty machine, and leaves nothing behind.
"""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import DatabaseError, connection

from inspectorate.config.upkeep.backup.making import newest, scratch, sweep
from inspectorate.config.upkeep.backup.ours import run_ours
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

OPENED = 10


def rehearse(folder: Path, key_file: Path) -> dict[str, Any]:
    """Restore the newest backup of ``folder`` elsewhere, look at it, and return what was found; refuse what fails."""
    found = newest(folder)
    if found is None:
        sentence = f"There is no backup in {folder}: make one with: inspectorate backup make."
        raise RefusedError(Refusal.NONE_THERE, sentence)
    began = time.monotonic()
    sweep(folder)
    with scratch(folder) as place, database_for(place) as address:
        environment = {
            "INSPECTORATE_VAR": str(place / "var"),
            "INSPECTORATE_DATABASE_URL": address,
            "INSPECTORATE_BACKUP_KEY": str(key_file),
            "INSPECTORATE_BACKUPS": str(place / "backups"),
        }
        try:
            run_ours(["restore", str(found)], environment)
            restored = time.monotonic() - began
            looked = json.loads(run_ours(["backup", "look", "--json"], environment).splitlines()[-1])
        except RefusedError as refusal:
            raise RefusedError(Refusal.DRILL_FAILED, f"The drill failed: {refusal.sentence}") from None
    return {"backup": found.name, "seconds": round(restored, 1), **looked}


@contextmanager
def database_for(place: Path) -> Iterator[str]:
    """Yield the address of an empty database that is gone at the end."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{place / 'var' / 'inspectorate.sqlite3'}"
        return
    name = f"inspectorate_drill_{secrets.token_hex(4)}"
    _outside(f'CREATE DATABASE "{name}"')
    try:
        given = connection.get_connection_params()
        user, password = quote(str(given.get("user", "")), safe=""), quote(str(given.get("password", "")), safe="")
        host, port = quote(str(given.get("host", "")), safe=""), given.get("port")
        account = f"{user}:{password}" if password else user
        yield f"postgresql://{account}@{host}{f':{port}' if port else ''}/{name}"
    finally:
        _outside(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _outside(sentence: str) -> None:
    """Say something to the server outside any transaction, on a connection of its own."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(sentence)
    except DatabaseError as error:
        why = " ".join(str(error).split())
        told = f"The drill needs a database of its own ({why}): let this account make one (ALTER ROLE … CREATEDB)."
        raise RefusedError(Refusal.DRILL_FAILED, told) from None
    finally:
        other.close()


def look() -> dict[str, Any]:
    """Open ten records of this installation as its pages show them; return how many there were and which fail."""
    from django.test import Client  # noqa: PLC0415 - a server never needs it

    from inspectorate.inspections.models import Inspection  # noqa: PLC0415 - the same
    from inspectorate.people.models import Role, User  # noqa: PLC0415 - the same
    from inspectorate.register.models import Body  # noqa: PLC0415 - the same

    client = Client(raise_request_exception=False, headers={"host": _host()})
    chief = User.objects.filter(role=Role.CHIEF_INSPECTOR, is_active=True).order_by("pk").first()
    addresses = [body.get_absolute_url() for body in Body.objects.order_by("-pk")[:OPENED]]
    if chief is not None:
        client.force_login(chief)
        inspections = Inspection.objects.order_by("-pk")[: OPENED // 2]
        addresses = [one.get_absolute_url() for one in inspections] + addresses
    answers = {address: client.get(address, secure=settings.HTTPS).status_code for address in addresses[:OPENED]}
    return {"opened": len(answers), "wrong": [f"{path}: {code}" for path, code in answers.items() if code != 200]}


def _host() -> str:
    first = next(iter(settings.ALLOWED_HOSTS), "localhost")
    return "localhost" if first == "*" else first.removeprefix(".")
