"""F50: the server is given addresses in every field, and fetches none: nothing it does leaves this machine."""

import ast
import ipaddress
import sys
from pathlib import Path

import pytest

from tests.faults.fuzzing import Fuzzer
from tests.faults.test_f49_rubbish import _own_folder, fuzzer_of_every_route

__all__ = ["_own_folder"]
ADDRESSES = (
    "http://192.0.2.1/",
    "https://198.51.100.7/x.png",
    "http://example.invalid/hook",
    "file:///etc/passwd",
    "ftp://192.0.2.1/x",
    "//192.0.2.1/x",
    '<img src="http://192.0.2.1/x.png">',
    "url(http://192.0.2.1/x.css)",
    '=WEBSERVICE("http://192.0.2.1/")',
    '#image("http://192.0.2.1/x.png")',
)
FETCHES = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib", "socket"}
# The demonstration looks at itself, by its own address, and looks for a free port; a command that an operator gives
# asks the feed of known flaws that they name, and follows it nowhere else; a file is handed to the scanner that the
# operator has set, and to nobody whom a file or a form names.
MAY = {"config/demo.py", "config/supply/audit.py", "ui/uploads/scanning.py"}
listening = []


def hear(event, arguments):
    """Note whom this process speaks to; a hook cannot be taken out again, and notes only while somebody listens."""
    if listening and event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        listening[-1].append((event, arguments))


sys.addaudithook(hear)


def away(heard):
    """Return what went to another machine, or asked for the name of one."""
    return [(event, arguments) for event, arguments in heard if not _is_here(event, arguments)]


def _is_here(event, arguments):
    address = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    host = address[0] if isinstance(address, tuple) else address
    if not isinstance(address, tuple) and event != "socket.getaddrinfo":
        return True  # a socket in a file
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class GivesAddresses(Fuzzer):
    """Puts an address into every field."""

    def _value(self):
        return self.chance.choice(ADDRESSES)


@pytest.mark.django_db
def test_no_address_that_somebody_gives_is_fetched():
    fuzzer = fuzzer_of_every_route(5)
    fuzzer.__class__ = GivesAddresses
    heard = []
    listening.append(heard)
    try:
        fuzzer.run(150)
    finally:
        listening.pop()
    assert away(heard) == []
    assert fuzzer.broken == []


def test_a_fetching_would_be_heard():
    heard = [("socket.connect", (None, ("192.0.2.1", 80))), ("socket.getaddrinfo", ("example.invalid", 80, 0, 0, 0))]
    assert away(heard) == heard
    assert away([("socket.connect", (None, ("127.0.0.1", 80))), ("socket.connect", (None, "/tmp/x"))]) == []  # noqa: S108 - no file is made


def imported(path):
    """Yield the modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_nothing_that_can_fetch_is_imported():
    """A new one: let it fetch nothing that a person gave, and put it into MAY with its reason."""
    source = Path(__file__).resolve().parents[2] / "src/inspectorate"
    found = {path.relative_to(source).as_posix() for path in source.rglob("*.py") if FETCHES & set(imported(path))}
    assert found - MAY == set()
