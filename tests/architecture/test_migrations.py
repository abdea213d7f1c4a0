"""No change of a model without its migration, and no migration that is not in one transaction."""

from django.apps import apps
from django.db import migrations
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test import override_settings


@override_settings(MIGRATION_MODULES={})  # tests with a database make their tables from the models
def missing(models):
    loader = MigrationLoader(None)
    return MigrationAutodetector(loader.project_state(), models).changes(graph=loader.graph)


def test_no_migration_is_missing():
    assert missing(ProjectState.from_apps(apps)) == {}


def test_a_field_without_a_migration_is_caught():
    changed = ProjectState.from_apps(apps)
    changed.remove_field("people", "user", "public_id")
    assert list(missing(changed)) == ["people"]


@override_settings(MIGRATION_MODULES={})
def disk_migrations():
    return MigrationLoader(None).disk_migrations.values()


def apart(found):
    """Name the migrations that a kill could leave half applied."""
    return [str(migration) for migration in found if not migration.atomic]


def test_every_migration_is_in_one_transaction():
    """F70: ``config/upkeep/whole_migrations.py`` applies no other."""
    assert len(disk_migrations()) > 50
    assert apart(disk_migrations()) == []


def test_a_migration_that_is_not_is_caught():
    class Migration(migrations.Migration):
        atomic = False

    assert apart([Migration("0099_apart", "people")]) == ["people.0099_apart"]
