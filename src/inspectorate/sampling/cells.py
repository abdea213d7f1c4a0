"""What one cell of a case list may hold, column by column: never a name, a day of birth, an address or a number."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inspectorate.register.models import Body
from inspectorate.sampling.wrong import RowFault, Wrong
from inspectorate.ui.neutral import DANGEROUS

LONGEST_REFERENCE = 40
LONGEST_VALUE = 60
LONGEST_BODY = 200
MOST_INITIALS = 5
SHOWN = 40
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DAY = re.compile(
    r"\b(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2})"
    rf"|\d{{1,2}}(st|nd|rd|th)? ?({MONTHS})[a-z]*,? ?\d{{2,4}})(?!\d)",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b", re.IGNORECASE)
PHONE = re.compile(r"(?:\+44|\b0)[\d ()-]{9,}\d")
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: its head, and whether the list is divided by it."""

    head: str
    required: bool = False


def looks_like_a_name(reference: str) -> bool:
    """Say whether a reference looks like somebody's name: words and no digit, or two words in letters."""
    words = WORD.findall(reference)
    has_digit = any(sign.isdigit() for sign in reference)
    return (bool(words) and not has_digit) or sum(len(word) > 2 and word.istitle() for word in words) > 1


def looks_personal(cell: str) -> str:
    """Return what personal detail a cell looks like, in words; nothing where it looks like none."""
    for pattern, words in (
        (EMAIL, "an e-mail address"),
        (DAY, "a day, such as a date of birth"),
        (PHONE, "a number to call"),
    ):
        if pattern.search(cell):
            return words
    return "a postcode" if POSTCODE.search(cell) else ""


def unfit(cell: str) -> str:
    """Return why a cell cannot stand in a spreadsheet as it is; nothing where it can."""
    if DANGEROUS.match(cell):
        return f"it begins with '{cell.lstrip()[:1]}', which a spreadsheet would take for a formula."
    return "" if cell.isprintable() else "it holds a line break or a sign that cannot be printed."


class Cells:
    """Looks at cells; knows the providers of the inspection and the bodies of the register by name."""

    def __init__(self, providers: Sequence[Body], bodies: Iterable[Body]) -> None:
        self.providers = list(providers)
        self._providers = _by_name(self.providers)
        self._bodies = _by_name([*bodies, *self.providers])

    def provider(self, name: str) -> Body | None:
        """Return the inspected provider of that name; the only one there is where the cell is empty."""
        if not name and len(self.providers) == 1:
            return self.providers[0]
        return self._providers.get(_key(name))

    def body(self, name: str) -> Body | None:
        """Return the body of that name; None for an empty cell, or where two bodies share the name."""
        return self._bodies.get(_key(name)) if name else None

    def fault(self, column: Column, cell: str, row: int) -> RowFault | None:
        """Return what is wrong with one cell by itself."""
        if column.head == "case":
            return _reference_fault(cell, row)
        if not cell:
            return _missing(column, row) if column.required else None
        personal = "" if column.head in ("provider", "home", "host") else looks_personal(cell)
        if personal:
            remedy = "Take it out: no personal details on a list; an age group instead of a day."
            return RowFault(Wrong.PERSONAL, f"the cell looks like {personal}.", remedy, row, column.head)
        if column.head == "practitioner":
            return _initials_fault(cell, row)
        if column.head in ("provider", "home", "host"):
            return self._body_fault(column.head, cell, row)
        return _text_fault(column.head, cell, row, LONGEST_VALUE)

    def row_faults(self, values: Mapping[str, str], kind: str, row: int) -> list[RowFault]:
        """Return what is wrong with a row where cells are looked at together."""
        faults = []
        if values.get("kind") and values["kind"] != kind:
            why = f"it is a case of the kind '{values['kind'][:SHOWN]}', and this list is of '{kind}'."
            faults.append(RowFault(Wrong.OTHER_KIND, why, "Put it on the list of its own kind.", row, "kind"))
        if not values.get("provider") and len(self.providers) > 1:
            why, remedy = "the provider that holds the case is missing.", f"Write one of: {self._names()}."
            faults.append(RowFault(Wrong.PROVIDER_MISSING, why, remedy, row, "provider"))
        return faults

    def _names(self) -> str:
        return ", ".join(body.full_name for body in self.providers)

    def _body_fault(self, head: str, cell: str, row: int) -> RowFault | None:
        if len(cell) > LONGEST_BODY:
            return _text_fault(head, cell, row, LONGEST_BODY)
        shown = cell[:SHOWN]
        if head == "provider" and self.provider(cell) is None:
            why, remedy = (
                f"'{shown}' is no provider of this inspection that you hand in cases of.",
                f"Write one of: {self._names()}.",
            )
            return RowFault(Wrong.PROVIDER_UNKNOWN, why, remedy, row, head)
        if head != "provider" and self.body(cell) is None:
            why = f"the register has no body '{shown}', or has several."
            remedy = (
                "Write its whole name as on the page Bodies, or leave the cell empty where it is the provider itself."
            )
            return RowFault(Wrong.BODY_UNKNOWN, why, remedy, row, head)
        return None


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _by_name(bodies: Sequence[Body]) -> dict[str, Body]:
    """Return bodies by short and whole name; a short name that two share names neither."""
    short: dict[str, set[int]] = {}
    for body in bodies:
        short.setdefault(_key(body.name), set()).add(body.pk)
    found = {_key(body.name): body for body in bodies if len(short[_key(body.name)]) == 1}
    return found | {_key(body.full_name): body for body in bodies}


def _reference_fault(cell: str, row: int) -> RowFault | None:
    if not cell:
        remedy = "Give the case the reference that your own system knows it by."
        return RowFault(Wrong.REFERENCE_MISSING, "there is no case reference.", remedy, row, "case")
    if looks_like_a_name(cell) or EMAIL.search(cell):
        why = "the reference looks like a name: it has words, and no number that your system gave."
        return RowFault(Wrong.REFERENCE_A_NAME, why, "Give the reference number; never a name.", row, "case")
    return _text_fault("case", cell, row, LONGEST_REFERENCE)


def _missing(column: Column, row: int) -> RowFault:
    why = f"there is no {column.head.replace('_', ' ')}, by which the list is divided before the draw."
    remedy = "Fill it in; where it is not known, write 'not recorded'."
    return RowFault(Wrong.STRATUM_MISSING, why, remedy, row, column.head)


def _initials_fault(cell: str, row: int) -> RowFault | None:
    letters = re.sub(r"[\s.]", "", cell)
    if letters.isalpha() and len(letters) <= MOST_INITIALS:
        return None
    why = f"this is more than the initials of the practitioner: {MOST_INITIALS} letters at most."
    return RowFault(Wrong.NOT_INITIALS, why, "Give initials, such as JS.", row, "practitioner")


def _text_fault(head: str, cell: str, row: int, longest: int) -> RowFault | None:
    why = unfit(cell)
    if why:
        return RowFault(
            Wrong.UNFIT_SIGNS, why, "Write it without that sign; leave the cell empty for nothing.", row, head
        )
    if len(cell) > longest:
        why = f"the cell has {len(cell)} signs."
        return RowFault(Wrong.TOO_LONG, why, f"Use at most {longest}.", row, head)
    return None
