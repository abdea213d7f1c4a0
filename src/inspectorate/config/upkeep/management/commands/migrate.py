"""``migrate``, forwards only, and each migration whole: going back would drop what was written since.

Django's command offers no place to name another executor, so it finds ours under the name that it uses.
"""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import AmbiguityError

from inspectorate.config.upkeep.whole_migrations import WholeExecutor

migrate.MigrationExecutor = WholeExecutor  # type: ignore[attr-defined]


class Command(migrate.Command):
    """Applies migrations; refuses to take any back from a database."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Look first where the plan leads."""
        if options.get("app_label") and options.get("migration_name"):
            self._refuse_going_back(options)
        super().handle(*args, **options)

    def _refuse_going_back(self, options: dict[str, Any]) -> None:
        executor = MigrationExecutor(connections[options["database"]])
        label, name = options["app_label"], options["migration_name"]
        try:
            target = None if name == "zero" else executor.loader.get_migration_by_prefix(label, name).name
        except (AmbiguityError, KeyError):
            return  # Django says what is wrong with the name
        back = [migration for migration, backwards in executor.migration_plan([(label, target)]) if backwards]
        if back:
            raise CommandError(
                f"This would take back {back[0].app_label}.{back[0].name} and drop what was written since. A migration "
                "is not taken back: mend forwards by another one, or restore a backup into a new installation."
            )
