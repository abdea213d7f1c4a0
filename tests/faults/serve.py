"""Starts servers again and again, quickly: a process that has loaded the product and makes a copy of itself for each.

``python tests/faults/serve.py`` reads the number of a port on each line and answers with the id of the server that it
started: granian with the words of ``inspectorate demo``. Every server leads a group of processes of its own, which can
be killed with all its workers. At the end of the input all are killed.
"""

import os
import signal
import sys
from contextlib import suppress

from django.db import connections
from django.test import RequestFactory
from granian.cli import cli

from inspectorate.config.server import server_words
from inspectorate.config.wsgi import application

# What the first request loads is loaded once, before the copies are made.
assert application.get_response(RequestFactory().get("/accessibility/", SERVER_NAME="localhost")).status_code == 200
connections.close_all()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who was killed leaves nothing behind
servers = []
for line in sys.stdin:
    started = os.fork()
    if not started:
        os.setpgid(0, 0)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.close(0)
        os.dup2(2, 1)  # what the server says is no answer to whoever started it
        cli([*server_words(int(line.split()[0])), *line.split()[1:]])
    with suppress(OSError):
        os.setpgid(started, started)
    servers.append(started)
    print(started, flush=True)  # noqa: T201 - this is the answer
for server in servers:
    with suppress(OSError):
        os.killpg(server, signal.SIGKILL)
