"""The process of the duties can be killed at any moment: what it was doing is seen as such, and done again."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.faults.installed import ROOT, installed

pytestmark = pytest.mark.nightly

RUNS = """
from inspectorate.config.upkeep.models import DutyRun
print(*DutyRun.objects.filter(duty="drill").order_by("pk").values_list("outcome", flat=True))
"""
ASK = 'from inspectorate.config.upkeep.actions import ask_again\nask_again(duty="drill", by=("system", "test"))'
COMMAND = [sys.executable, "-m", "inspectorate.config.cli", "duties", "run"]


def until(says, made, seconds=120):
    end = time.monotonic() + seconds
    while says(made.python(RUNS)) is False:
        assert time.monotonic() < end, made.python(RUNS)


def test_a_drill_that_is_killed_half_way_is_found_and_run_again(tmp_path):
    with installed(tmp_path / "one") as made:
        made.do("manage", "migrate", "-v0")
        made.do("backup", "key")
        made.do("backup", "make")
        made.python(ASK)
        first = subprocess.Popen(COMMAND, cwd=ROOT, env=made.environment)
        try:
            until(lambda said: "running" in said, made)
            second = made.run("duties", "run")
            assert (second.returncode, "Another process runs the duties" in second.stderr) == (2, True)
            os.kill(first.pid, signal.SIGKILL)
        finally:
            first.kill()
            first.wait(60)
        assert made.python(RUNS) == "running"
        again = subprocess.Popen(COMMAND, cwd=ROOT, env=made.environment)
        try:
            until(lambda said: said == "died done", made)
            again.terminate()
            assert again.wait(60) == 0
        finally:
            again.kill()
            again.wait(60)
