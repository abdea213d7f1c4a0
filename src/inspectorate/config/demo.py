"""Make an installation ready, serve it, and look at it: what ``inspectorate demo`` does."""

import gc
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command

from inspectorate.config.server import server_words
from inspectorate.config.story import editions_told, tell_story
from inspectorate.config.upkeep.backup.key import make_key
from inspectorate.people.actions import load_demonstration, load_demonstration_clearances
from inspectorate.people.queries import demonstration_people
from inspectorate.ratings.actions import load_invented
from inspectorate.register.actions import load_published_record
from inspectorate.standards.actions import load_invented_consultation
from inspectorate.ui.static_files import collect_when_changed

# One page of each kind, for ``--check``: kind -> an address, then the beginnings of the links to follow from there
# ("./" is the page on which the link stands). A test fails when a page that has an address is not shown here.
PAGES: dict[str, tuple[str, ...]] = {
    "start": ("/",),
    "accessibility": ("/accessibility/",),
    "components": ("/components/",),
    "sign in": ("/sign-in/",),
    "sign out": ("/sign-out/",),
    "closed account": ("/sign-in/inactive/",),
    "second step": ("/sign-in/second-step/",),
    "passkey": ("/sign-in/passkey/",),
    "begin anew": ("/sign-in/reset/used/",),
    "forgotten": ("/password/reset/",),
    "link sent": ("/password/reset/sent/",),
    "new password": ("/password/reset/1-used/",),
    "password set": ("/password/reset/set/",),
    "record": ("/record/",),
    "results": ("/results/",),
    "result": ("/results/", "/results/"),
    "result findings": ("/results/", "/results/", "./findings/"),
    "result account": ("/results/", "/results/", "./account/"),
    "result report": ("/results/", "/results/", "./report/"),
    "bodies": ("/bodies/",),
    "body": ("/bodies/", "/bodies/"),
    "programmes": ("/programmes/",),
    "programme year": ("/programmes/", "/programmes/"),
    "years": ("/years/",),
    "year": ("/years/", "/years/"),
    "reports": ("/reports/",),
    "editions": ("/editions/",),
    "edition": ("/editions/", "/editions/iaow/"),
    "criteria": ("/editions/iaow/2013/criteria/",),
    "questions": ("/editions/iaow/2013/questions/",),
    "question": ("/editions/iaow/2013/questions/", "/editions/iaow/2013/questions/"),
    "consultation": ("/editions/iaow/2013/consultation/",),
    "examples": ("/editions/iaow/2013/examples/",),
    "comparison": ("/editions/iaow/2013/compare/",),
    "score a file": ("/score/",),
    "scores": ("/score/", "/score/"),
    "findings": ("/score/", "/score/", "./findings/"),
    "account": ("/score/", "/score/", "./account/"),
    "held file": ("/score/", "/score/", "./held/"),
    "faults": ("/score/", "/score/refused/"),
    "hand in": ("/score/new/iaow/2013/",),
}

# Seconds that the server may take to answer at first, and to stop.
START_WITHIN, STOP_WITHIN = 30, 10
USUAL_PORT = 8000
# Seconds between two looks at the process that runs the duties: one that has ended is started again.
LOOK_AFTER_DUTIES = 5
DUTIES = [sys.executable, "-m", "inspectorate.config.cli", "duties", "run", "--beside"]


class CannotStartError(Exception):
    """The demo cannot start; the sentence says why and what to do."""


def prepare() -> None:
    """Make the tables, load the published record, collect the static files; each step may run again and again.

    Millions of small things are made and kept meanwhile: to look for rubbish among them as often as usual takes a
    seventh of the time.
    """
    gc.set_threshold(100_000)
    Path(settings.VAR).mkdir(mode=0o700, parents=True, exist_ok=True)
    for load in LOADERS:
        load()


def migrate() -> None:
    """Apply the migrations that are not applied."""
    call_command("migrate", verbosity=0, interactive=False)


def load_published() -> None:
    """Load the real bodies and the results that the documents print; what is there already stays as it is."""
    load_published_record(by=("system", "demo"))


def load_invented_people() -> None:
    """Make the invented people of the demonstration, where the installation is one."""
    if settings.DEMONSTRATION:
        load_demonstration(by=("system", "demo"))


def load_invented_story() -> None:
    """Tell the invented story: bodies, and one inspection at each stage; a scene that is there stays as it is."""
    if settings.DEMONSTRATION:
        tell_story(by=("system", "demo"))


def load_clearances() -> None:
    """Give the invented people their clearances and training, once the story is told, and ask for them from then on."""
    if settings.DEMONSTRATION:
        load_demonstration_clearances(editions=editions_told(), by=("system", "demo"))


def load_consultation() -> None:
    """Put a draft edition out for comment, with invented comments, where the installation is a demonstration."""
    if settings.DEMONSTRATION:
        load_invented_consultation(by=("system", "demo"))


def load_invented_files() -> None:
    """Make the invented files that show how a file is scored, one for each edition."""
    load_invented(by=("system", "demo"))


def make_backup_key() -> None:
    """Make the key of the backups, where the installation is a demonstration: else it is an operator's to make."""
    if settings.DEMONSTRATION and not Path(settings.BACKUP_KEY).exists():
        make_key(Path(settings.BACKUP_KEY))


# In this order; each is idempotent.
LOADERS = (
    migrate,
    load_published,
    load_invented_people,
    load_invented_story,
    load_clearances,
    load_consultation,
    load_invented_files,
    make_backup_key,
    collect_when_changed,
)


def people() -> list[str]:
    """Return the invented people whom one may sign in as, a line each: none where the installation is real."""
    return [f"{user.get_role_display():<18} {user.full_name}" for user in demonstration_people()]


def choose_port(wanted: int | None) -> int:
    """Return the port to serve on: the wanted one, else the usual one, else any that is free."""
    for port in (wanted,) if wanted else (USUAL_PORT, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except PermissionError as error:
                raise CannotStartError(f"Port {port} is not for this account: give one above 1023.") from error
            except OverflowError as error:
                raise CannotStartError(f"There is no port {port}: the highest is 65535.") from error
            except OSError:
                continue
            chosen: int = trial.getsockname()[1]
            return chosen
    raise CannotStartError(f"Port {wanted} is taken: give another with --port, or none and a free one is chosen.")


@contextmanager
def reserved(wanted: int | None) -> Iterator[int]:
    """Choose a port and keep it from every other demo until the end.

    The server lets several processes listen on one port, so two demos that start in the same seconds would both take
    it, and answer in turn from two databases. A socket that is bound and does not listen keeps the second one away.
    """
    port = choose_port(wanted)
    with socket.socket() as keeper:
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        try:
            keeper.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotStartError(f"Port {port} was taken this moment: start again.") from error
        yield port


@contextmanager
def serving(port: int) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Start the server and wait until it answers; yield its process and address; stop it at the end."""
    command = [sys.executable, "-m", "granian", *server_words(port)]
    # A group of its own: Ctrl-C reaches this process alone, which then stops the server in order.
    server = subprocess.Popen(command, process_group=0)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(server, port)
        yield server, address
    finally:
        server.terminate()
        try:
            server.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def serve_until_stopped(server: subprocess.Popen[bytes]) -> int:
    """Wait for the server to end, with the duties run beside it; return its exit code."""
    duties = _run_duties()
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                return server.wait(LOOK_AFTER_DUTIES)
            if duties.poll() is not None:
                duties = _run_duties()
    finally:
        duties.terminate()
        try:
            duties.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:  # in the middle of a long one, which runs again next time
            duties.kill()
            duties.wait()


def _run_duties() -> subprocess.Popen[bytes]:
    """Start the process that runs the duties, in a group of its own: Ctrl-C reaches this process alone."""
    return subprocess.Popen([*DUTIES, str(os.getpid())], process_group=0)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            raise CannotStartError("The server stopped at once: its own words stand above.")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise CannotStartError(f"The server did not answer within {START_WITHIN} seconds.")


def look(address: str) -> Iterator[tuple[str, str, float]]:
    """Fetch one page of each kind; yield kind, address and seconds.

    A page that does not answer 200, or a list without the link to follow, is a ``CannotStartError``.
    """
    for kind, (path, *follow) in PAGES.items():
        began = time.perf_counter()
        text = _fetch(address + path)
        for beginning in follow:
            path = _link(text, path, beginning)  # noqa: PLW2901 - the walk goes on from there
            began = time.perf_counter()
            text = _fetch(address + path)
        yield kind, path, time.perf_counter() - began


def _link(text: str, path: str, beginning: str) -> str:
    """Return the first link of the page ``path`` to another page with that beginning; "./" is the page itself."""
    beginning = path + beginning[2:] if beginning.startswith("./") else beginning
    for link in re.findall(r'href="([^"#?]+/)"', text):
        if link.startswith(beginning) and link != path:
            return str(link)
    raise CannotStartError(f"The page {path} has no link that begins with {beginning}.")


def _fetch(address: str) -> str:
    try:
        with urlopen(address, timeout=START_WITHIN) as answer:  # noqa: S310 - our own server
            return str(answer.read().decode())
    except (URLError, TimeoutError) as error:
        raise CannotStartError(f"The page {address} could not be fetched: {error}.") from error
