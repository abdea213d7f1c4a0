"""A really served installation on the database of the tests, and clients that write to it and keep what it said."""

import http.client
import json
import os
import resource
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from inspectorate.fieldwork.models import Entry
from inspectorate.record.models import Payload

SCRIPT = Path(__file__).with_name("serve.py")
START_WITHIN = 60
ANSWER_WITHIN = 30


def database_address(port=None):
    """Return the address of the database of this test, for another process; by a port here, if one is given."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    host = f"127.0.0.1:{port}" if port else str(given["HOST"]).replace("/", "%2F")
    return f"postgresql://{given['USER']}@{host}/{given['NAME']}"


class Starter:
    """The process that makes servers; started once and used by many tests."""

    def __init__(self, **more):
        environment = os.environ | {
            "INSPECTORATE_SECRET_KEY": settings.SECRET_KEY,
            "INSPECTORATE_VAR": str(settings.VAR),
            "PYTHONWARNINGS": "ignore",
        }
        self.process = subprocess.Popen(
            [sys.executable, SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment | {name: str(value) for name, value in more.items()},
            text=True,
        )

    def start(self, *words):
        """Start a server on a free port and return it as soon as it answers."""
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            port = trial.getsockname()[1]
        self.process.stdin.write(" ".join([str(port), *words]) + "\n")
        self.process.stdin.flush()
        server = Server(int(self.process.stdout.readline()), port)
        server.wait()
        return server

    @contextmanager
    def serving(self, *words):
        """Serve for a while; whatever happens, kill it at the end."""
        server = self.start(*words)
        try:
            yield server
        finally:
            server.kill()

    def stop(self):
        """End, with all that was started."""
        self.process.stdin.close()
        self.process.stdout.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


@dataclass(frozen=True)
class Server:
    """A server with its workers: the id of its group of processes, and its port."""

    group: int
    port: int

    def wait(self):
        until = time.monotonic() + START_WITHIN
        while time.monotonic() < until:
            try:
                if self.ask("GET", "/static/nothing")[0]:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
        raise TimeoutError("The server did not answer.")

    def kill(self, how=signal.SIGKILL):
        """Send a signal to the server and all its workers."""
        with suppress(ProcessLookupError):
            os.killpg(self.group, how)

    def limit(self, most):
        """Let no worker write a file beyond so many bytes: a full disk, for them; None takes that away."""
        for worker in self.workers():
            resource.prlimit(worker, resource.RLIMIT_FSIZE, (most or resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def workers(self):
        """Return the ids of the processes that answer requests."""
        return [int(word) for word in Path(f"/proc/{self.group}/task/{self.group}/children").read_text().split()]

    def ask(self, method, path, body=None, headers=None, within=ANSWER_WITHIN):
        """Ask once; return status, headers and body. A connection that breaks is an OSError or HTTPException."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=within)
        try:
            asking.request(method, path, body, headers or {})
            answer = asking.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            asking.close()


class SignedIn:
    """Somebody signed in, who can ask any server of the installation."""

    def __init__(self, user):
        client = Client()
        client.force_login(user)
        token = secrets.token_hex(16)
        self.headers = {
            "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}",
            "X-CSRFToken": token,
            "Accept": "text/html",
        }

    def get(self, server, path, **named):
        return server.ask("GET", path, None, self.headers, **named)

    def post(self, server, path, given, **named):
        """Send a form (a dictionary) or JSON (anything as bytes)."""
        kind = "application/json" if isinstance(given, bytes) else "application/x-www-form-urlencoded"
        if not isinstance(given, bytes):
            given = urlencode(given).encode()
        return server.ask("POST", path, given, {**self.headers, "Content-Type": kind}, **named)


@dataclass
class Writer:
    """A device that sends numbered answers to the door of entries, and keeps what was acknowledged."""

    person: SignedIn
    door: str
    device: str = field(default_factory=lambda: f"tab-{secrets.token_hex(8)}")
    counter: int = 0
    acknowledged: dict = field(default_factory=dict)
    batches: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    told: Event = field(default_factory=Event)

    def batch(self, size=3):
        """Return the next entries."""
        made = []
        for _ in range(size):
            self.counter += 1
            made.append(
                {
                    "id": secrets.token_hex(16),
                    "device": self.device,
                    "counter": self.counter,
                    "question": f"Q{self.counter % 50:02d}",
                    "part": "note",
                    "value": "",
                    "text": f"Answer {self.counter} of {self.device}",
                    "supersedes": None,
                    "decides": None,
                    "device_time": "2026-11-26T09:00:00Z",
                }
            )
        self.batches.append([entry["id"] for entry in made])
        return made

    def send(self, server, entries, **named):
        """Send a batch; keep the receipts; return the status."""
        body = json.dumps({"entries": entries}).encode()
        status, headers, content = self.person.post(server, self.door, body, **named)
        self.answers.append((status, headers, content))
        if status == 200:
            self.acknowledged |= {one["id"]: one["hash"] for one in json.loads(content)["receipts"]}
            self.told.set()
        return status

    def write_until(self, server, stopped, *, go_on=False):
        """Send batch after batch until told to stop, or until the connection breaks; or go on with the same batch."""
        waiting = []
        while not stopped.is_set():
            try:
                waiting = waiting or self.batch()
                if self.send(server, waiting) == 200:
                    waiting = []
            except (OSError, http.client.HTTPException):
                if not go_on:
                    return
                time.sleep(0.05)


@contextmanager
def writing(writers, server, *, go_on=False):
    """Let writers write, each in a thread of its own, while something happens to their server."""
    stopped = Event()
    given = {"args": (server, stopped), "kwargs": {"go_on": go_on}, "daemon": True}
    threads = [Thread(target=writer.write_until, **given) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        for thread in threads:
            thread.join(ANSWER_WITHIN + 5)
    assert not any(thread.is_alive() for thread in threads), "a writer waits for ever"


def assert_nothing_lost(writers):
    """Every acknowledged entry is there exactly once, every batch wholly or not at all, all of it in the record."""
    held = dict(Entry.objects.filter(device__in=[one.device for one in writers]).values_list("public_id", "hash"))
    assert len(held) == Entry.objects.filter(device__in=[one.device for one in writers]).count()
    for writer in writers:
        lost = {id_: hash_ for id_, hash_ in writer.acknowledged.items() if held.get(id_) != hash_}
        assert not lost, f"{len(lost)} acknowledged entries are not there"
        halves = [batch for batch in writer.batches if 0 < len(held.keys() & set(batch)) < len(batch)]
        assert halves == []
    noted = Payload.objects.filter(entry__verb="entries.received").values_list("text", flat=True)
    recorded = {id_ for text in noted for id_ in json.loads(text)["payload"]["entries"]}
    assert held.keys() <= recorded
    assert recorded == set(Entry.objects.values_list("public_id", flat=True))
