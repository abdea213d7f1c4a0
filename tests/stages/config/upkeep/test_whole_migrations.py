"""F70: a migration and its being written down are one: both are there, or neither."""

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.core.management.commands import migrate
from django.db import OperationalError, connection, migrations, models
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from inspectorate.config.upkeep.whole_migrations import WholeExecutor

pytestmark = pytest.mark.django_db(transaction=True)


class Stones(migrations.Migration):
    """Makes a table with an index, which is put off to the end of its transaction."""

    operations = [
        migrations.CreateModel(
            "stone",
            [("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=9, db_index=True))],
        )
    ]


STONES = Stones("0001_stones", "quarry")


def there():
    return "quarry_stone" in connection.introspection.table_names(), (STONES.app_label, STONES.name) in written_down()


def written_down():
    return MigrationRecorder(connection).applied_migrations()


@pytest.fixture
def executor():
    executor = WholeExecutor(connection)
    executor.recorder.ensure_schema()
    yield executor
    MigrationRecorder(connection).record_unapplied(STONES.app_label, STONES.name)
    if there()[0]:
        with connection.schema_editor() as editor:
            editor.execute("DROP TABLE quarry_stone")


def test_f70_a_migration_is_there_and_is_written_down(executor):
    executor.apply_migration(ProjectState(), STONES)
    assert there() == (True, True)
    with connection.cursor() as cursor:
        assert any(
            one["index"] and one["columns"] == ["name"]
            for one in connection.introspection.get_constraints(cursor, "quarry_stone").values()
        )


def test_f70_one_that_cannot_be_written_down_leaves_no_table(executor, monkeypatch):
    def fails(_):
        raise OperationalError

    monkeypatch.setattr(executor, "record_migration", fails)
    with pytest.raises(OperationalError):
        executor.apply_migration(ProjectState(), STONES)
    assert there() == (False, False)


def test_f70_one_outside_a_transaction_is_refused_before_anything_is_applied(executor):
    class Apart(migrations.Migration):
        atomic = False

    with pytest.raises(CommandError, match=r"quarry\.0002_apart is not in one transaction"):
        executor.migrate([], plan=[(STONES, False), (Apart("0002_apart", "quarry"), False)])
    assert there() == (False, False)


def test_f70_the_command_applies_migrations_so():
    assert get_commands()["migrate"] == "inspectorate.config.upkeep"
    call_command("migrate", "--check", verbosity=0)
    assert migrate.MigrationExecutor is WholeExecutor
