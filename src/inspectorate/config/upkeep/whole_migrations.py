"""Migrations that are there whole or not at all, whenever the process that applies one is killed.

Django writes a migration down as applied inside its transaction only where no sentence was put off to its end (an
index, a foreign key); else just after it. A kill between the two leaves tables of the new form that count as those of
the old one, and every later start fails on them. Here both are one.
"""

from typing import Any

from django.core.management.base import CommandError
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class WholeExecutor(MigrationExecutor):
    """Applies each migration with all that it puts off, and its being written down, in one transaction."""

    def migrate(self, targets: Any, plan: Any = None, **more: Any) -> ProjectState:
        """Look through the plan first: nothing is applied where one migration of it cannot be whole."""
        planned = self.migration_plan(targets) if plan is None else plan
        apart = [migration for migration, _ in planned if not migration.atomic]
        if apart:
            raise CommandError(
                f"{apart[0].app_label}.{apart[0].name} is not in one transaction (atomic = False): killed half way it "
                "would leave tables that fit no version. Nothing was applied. Write it as one that is, or as several."
            )
        return super().migrate(targets, planned, **more)

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        """Apply one migration forwards; what is only to be written down goes Django's own way, in one writing."""
        if fake or fake_initial:
            return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        self._say("apply_start", migration)
        with self.connection.schema_editor(atomic=True) as editor:
            state = migration.apply(state, editor)
            for sentence in editor.deferred_sql:
                editor.execute(sentence, None)
            editor.deferred_sql.clear()
            self.record_migration(migration)
        self._say("apply_success", migration)
        return state

    def _say(self, what: str, migration: Migration) -> None:
        if self.progress_callback:
            self.progress_callback(what, migration, False)
