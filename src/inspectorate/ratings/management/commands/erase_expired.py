"""``inspectorate manage erase_expired``: erase every file that was held for its hour."""

from typing import Any

from django.core.management.base import BaseCommand

from inspectorate.ratings.actions import erase_expired


class Command(BaseCommand):
    """Erase what has run out; uploads do so as well, and until then it can no longer be seen."""

    help = "Erase every file that was handed in to be scored and has been held for its hour."

    def handle(self, *_: Any, **__: Any) -> None:
        """Erase, and say how many."""
        count = erase_expired(by=("system", "operator"))
        self.stdout.write(f"{count} erased.")
