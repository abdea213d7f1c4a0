"""One thing that is somebody's to do: what each stage hands to the page "my work"."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Task:
    """A verb first, what it is about, where to do it, and by which day; ``late`` is worked out by who shows it."""

    title: str
    about: str
    href: str
    due: date | None = None
    note: str = ""
