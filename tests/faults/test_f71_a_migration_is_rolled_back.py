"""A migration is not taken back: that would drop what was written since. It is refused, and nothing has changed."""

import json

import pytest

from tests.faults.installed import installed

pytestmark = pytest.mark.release

HELD = """
import json
from inspectorate.config.upkeep.backup.database import held_here
print(json.dumps(held_here()))
"""


@pytest.mark.parametrize("target", [("people", "0001"), ("record", "zero"), ("sampling", "0001_initial")])
def test_taking_a_migration_back_is_refused_and_what_was_written_stays(tmp_path, target):
    with installed(tmp_path / "one") as made:
        made.do("manage", "migrate", "-v0")
        made.do("people", "add", "--email", "ann@example.org", "--name", "Ann Price", "--role", "chief_inspector")
        before = json.loads(made.python(HELD))
        done = made.run("manage", "migrate", *target)
        assert done.returncode != 0
        assert "A migration is not taken back" in done.stderr
        assert json.loads(made.python(HELD)) == before
        made.do("manage", "migrate")
        assert json.loads(made.python(HELD)) == before
