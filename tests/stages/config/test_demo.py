"""The demo starts, shows itself and stops; where it cannot start, it says why in a sentence."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.urls import URLPattern, get_resolver, resolve

from inspectorate.config import demo


def test_a_taken_port_is_refused_with_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(demo.CannotStartError, match=f"Port {port} is taken"):
            demo.choose_port(port)


def test_a_port_that_cannot_be_is_refused_with_a_sentence():
    with pytest.raises(demo.CannotStartError, match="highest is 65535"):
        demo.choose_port(70_000)


def test_where_the_usual_port_is_taken_a_free_one_is_chosen(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(demo, "USUAL_PORT", taken.getsockname()[1])
        assert demo.choose_port(None) not in {0, demo.USUAL_PORT}


def test_a_port_that_one_demo_has_chosen_is_taken_for_the_next():
    with demo.reserved(None) as port, pytest.raises(demo.CannotStartError, match=f"Port {port} is taken"):
        demo.choose_port(port)


def test_the_duties_run_beside_the_server_and_are_started_again_where_they_end(tmp_path, monkeypatch):
    began = tmp_path / "began"
    ends = [sys.executable, "-c", f"open({str(began)!r}, 'a').write('once ')"]
    monkeypatch.setattr(demo, "DUTIES", ends)
    monkeypatch.setattr(demo, "LOOK_AFTER_DUTIES", 0.1)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1.5)"]) as server:
        assert demo.serve_until_stopped(server) == 0
    assert began.read_text().count("once") > 1


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INSPECTORATE_")}
    return {**kept, "INSPECTORATE_VAR": str(tmp_path / "var")}


def kinds(patterns, namespace=""):
    """Yield the name of every page that needs no signing in; what ends in .csv or the like is a file."""
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from kinds(pattern.url_patterns, inner)
        elif not re.search(r"\.[a-z]+$", str(pattern.pattern)) and not hasattr(pattern.callback, "rule"):
            yield f"{namespace}{pattern.name}"


@contextmanager
def served(environment):
    """Start the demo and wait until it serves; yield its process and address. It never outlives the test."""
    command = [sys.executable, "-u", "-m", "inspectorate.config.cli", "demo"]
    run = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = []
    try:
        while not said or "Ctrl-C" not in said[-1]:
            said.append(run.stdout.readline())
            assert said[-1], f"it ended with {run.wait(20)}: {said}"
        yield run, re.search(r"^started .*(http://\S+)$", "".join(said), re.MULTILINE)[1]
    finally:
        run.kill()
        run.wait(20)
        run.stdout.close()


@pytest.mark.begins_first
@pytest.mark.database("sqlite")
def test_a_new_demo_shows_one_page_of_each_kind_and_then_serves_until_it_is_told_to_stop(environment):
    """Both in one installation, which takes a while to make: the second start finds everything there."""
    command = [sys.executable, "-m", "inspectorate.config.cli", "demo", "--check"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    seen = [resolve(path).view_name for path in re.findall(r" s  (/\S*)$", done.stdout, re.MULTILINE)]
    assert sorted(seen) == sorted(set(kinds(get_resolver().url_patterns)))
    with served(environment) as (run, address):
        assert "<h1" in demo._fetch(f"{address}/")
        run.send_signal(signal.SIGINT)
        assert (run.wait(20), run.stdout.read()) == (0, "stopped\n")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=5)


@pytest.mark.database("sqlite")
def test_a_setting_that_cannot_be_read_is_refused_with_a_sentence(environment):
    command = [sys.executable, "-m", "inspectorate.config.cli", "demo"]
    done = subprocess.run(
        command, env=environment | {"INSPECTORATE_HTTPS": "maybe"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "INSPECTORATE_HTTPS" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
