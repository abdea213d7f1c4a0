"""No change of a model without its migration."""

from django.apps import apps
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
