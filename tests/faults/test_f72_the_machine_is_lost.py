"""From an empty machine to a working one, with counts, hashes and record verified."""

import json

import pytest

from tests.faults.installed import installed

pytestmark = pytest.mark.nightly

COUNT = """
from inspectorate.config.upkeep.backup.database import held_here
import json
print(json.dumps(held_here()["tables"]))
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """An installation with the whole invented story in it, a file beside its database, a key and a backup."""
    with installed(tmp_path_factory.mktemp("filled")) as made:
        made.do("manage", "migrate", "-v0")
        made.python("from inspectorate.config import demo\nfor load in demo.LOADERS[1:-1]: load()")
        (made.folder / "letters").mkdir()
        (made.folder / "letters" / "one.txt").write_text("kept beside the database\n")
        made.do("backup", "key")
        made.do("backup", "make")
        yield made


def the_backup(filled):
    return min((filled.folder / "backups").glob("*.age"))


def test_a_backup_restored_on_an_empty_machine_is_the_same_to_the_last_row_and_file(filled, tmp_path):
    before = json.loads(filled.python(COUNT))
    with installed(tmp_path / "empty") as empty:
        said = empty.do("restore", the_backup(filled), "--key", filled.folder / "backup-key")
        assert "counts, hashes and record hold" in said
        assert (empty.folder / "letters" / "one.txt").read_text() == "kept beside the database\n"
        assert (empty.folder / "secret-key").read_bytes() == (filled.folder / "secret-key").read_bytes()
        assert "The record is whole" in empty.do("record", "verify")
        opened = json.loads(empty.do("backup", "look", "--json"))
        assert opened == {"opened": 10, "wrong": []}
        after = json.loads(empty.python(COUNT))
        changed = {name for name in before if before[name] != after[name]}
        own_lines = {"record_entry", "record_payload", "record_stream", "record_seal", "upkeep_epoch"}
        assert changed <= {*own_lines, "people_session"}


def test_each_restore_raises_the_epoch_and_no_two_are_alike(filled, tmp_path):
    ask = "from inspectorate.config.upkeep.models import Epoch\ne = Epoch.objects.order_by('-number')[0]\n"
    ask += "print(e.number, e.public_id)"
    before, found = filled.python(ask).split(), []
    for name in ("one", "two"):
        with installed(tmp_path / name) as empty:
            empty.do("restore", the_backup(filled), "--key", filled.folder / "backup-key")
            found.append(empty.python(ask).split())
    assert [int(number) for number, _ in found] == [int(before[0]) + 1] * 2
    assert len({before[1], found[0][1], found[1][1]}) == 3


def test_a_restore_never_writes_over_an_installation(filled):
    before = filled.python(COUNT)
    done = filled.run("restore", the_backup(filled))
    assert (done.returncode, "is not empty" in done.stderr) == (2, True)
    assert filled.python(COUNT) == before


def test_the_drill_restores_the_newest_backup_opens_ten_records_and_leaves_nothing(filled):
    found = json.loads(filled.do("backup", "drill", "--json"))
    assert (found["backup"], found["opened"], found["wrong"]) == (the_backup(filled).name, 10, [])
    assert [path.name for path in (filled.folder / "backups").iterdir()] == [the_backup(filled).name]
    assert "drill.done" in filled.python(
        "from inspectorate.record.models import Entry\nprint(*Entry.objects.values_list('verb', flat=True))"
    )
