# ruff: noqa: E402, PLC0415 - Django is set up first
"""``python -m benchmarks.load.plain.make N``: tables, people and rows; prints how to ask as each of them.

``python -m benchmarks.load.plain.make held`` prints the ids that are in the history.
"""

import json
import sys

import django

django.setup()

from django.core.management import call_command
from django.test import Client

from benchmarks.load.plain.models import History, Permit, Row


def made(number):
    """Return the address and the session of each of so many people, with a row that they may change."""
    from django.contrib.auth.models import User

    call_command("migrate", verbosity=0, run_syncdb=True)
    people = []
    for index in range(number):
        user = User.objects.create(username=f"user-{index}")
        row = Row.objects.create()
        Permit.objects.create(user=user, row=row)
        client = Client()
        client.force_login(user)
        people.append({"path": f"/rows/{row.pk}/", "session": client.cookies["sessionid"].value})
    return people


word = sys.argv[1]
print(json.dumps(list(History.objects.values_list("pk", flat=True)) if word == "held" else made(int(word))))
