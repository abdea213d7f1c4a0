"""F70: whatever sentence of a migration is the last one before a kill, it is there whole or not at all."""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.earlier import KEPT
from tests.faults.installed import ROOT, installed

pytestmark = pytest.mark.release
SCRIPT = Path(__file__).with_name("migrating.py")
PAGES = """
from django.test import Client
from django.utils import timezone
from inspectorate.publication.models import Release
shown = [release.get_absolute_url() for release in Release.objects.public(timezone.now())]
assert shown
print(*{Client(SERVER_NAME="localhost").get(page).status_code for page in ["/", "/results/", "/bodies/", *shown]})
"""
OURS = sorted(path.parents[1].name for path in (ROOT / "src").rglob("migrations/0001_*.py"))


class Migrating:
    """Gives orders to the process that applies migrations."""

    def __init__(self, process):
        self.process = process

    def ended(self, *order):
        """Give an order; return how it ended and what it said."""
        self.process.stdin.write(" ".join(map(str, order)) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return answer["ended"], answer.get("said")

    def do(self, *order):
        """Give an order that must come to its end; return what it said."""
        ended, said = self.ended(*order)
        assert ended == "done", order
        return said

    def steps(self):
        """Apply what is left one by one; return each with its number of sentences, and what stood there after it."""
        found = []
        while step := self.do("step"):
            found.append((*step, self.do("look")))
        return found


@contextmanager
def migrating(made):
    """Start that process for an installation; end it whatever happens."""
    process = subprocess.Popen(
        [sys.executable, SCRIPT],
        cwd=ROOT,
        env=made.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Migrating(process)
    finally:
        process.kill()
        process.wait(30)
        process.stdin.close()
        process.stdout.close()


def assert_whole_at_every_kill(killed, before, steps, points):
    """Kill at some sentences of each migration in turn; what stands there is exactly what stood there before it."""
    assert killed.do("look") == before
    last = kills = 0
    for name, sentences, after in steps:
        for point in points(sentences):
            assert killed.ended("kill", last + point) == ("killed", None), (name, point)
            assert killed.do("look") == before, f"{name} was killed before its sentence {point} of {sentences}"
            last, kills = 0, kills + 1  # what was before it has been applied by now
        last, before = last + sentences, after
    return kills


def half_way_and_last(sentences):
    """Return the sentence in the middle, and the last: all is made then, and only not written down."""
    return sorted({(sentences + 1) // 2, sentences})


def the_last(sentences):
    return [sentences]


def test_the_demonstration_of_the_last_release_is_brought_here_whole_whenever_it_is_killed(tmp_path):
    with installed(tmp_path / "one") as one, installed(tmp_path / "two") as two:
        with migrating(one) as whole, migrating(two) as killed:
            whole.do("put", KEPT)
            killed.do("put", KEPT)
            before, steps = whole.do("look"), whole.steps()
            assert assert_whole_at_every_kill(killed, before, steps, half_way_and_last) >= len(steps) > 0
            whole.do("all")
            killed.do("all")
            assert killed.do("look") == whole.do("look")
        two.do("record", "verify")
        assert two.python(PAGES) == "200"


def test_every_migration_from_the_first_is_there_whole_or_not_at_all_whenever_it_is_killed(tmp_path):
    folders = [installed(tmp_path / name) for name in ("one", "two")]
    with folders[0] as one, folders[1] as two, migrating(one) as whole, migrating(two) as killed:
        first = whole.do("step")
        before, steps = whole.do("look"), whole.steps()
        assert {name.split(".")[0] for name, *_ in steps} >= set(OURS) - {first[0].split(".")[0]}
        assert killed.do("step") == first
        assert_whole_at_every_kill(killed, before, steps, the_last)
        killed.do("all")
        whole.do("all")
        assert killed.do("look") == whole.do("look")
