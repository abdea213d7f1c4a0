"""One case as it is handed in, and the file that it came in."""

from dataclasses import dataclass, field

from inspectorate.register.models import Body


@dataclass(frozen=True)
class ListedCase:
    """One case as it is handed in; ``characteristics`` by column, as text."""

    reference: str
    stratum: str = "all"
    characteristics: dict[str, str] = field(default_factory=dict)
    holder: Body | None = None
    home: Body | None = None
    host: Body | None = None
    practitioner: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came: its name and its bytes."""

    name: str
    content: bytes
