"""How stars, months and extremes are written."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inspectorate.register.tables import STAR_WORDS, Extreme


def stars_in_words(stars: int | None) -> str:
    """Return stars with the word that the document gives them: 3 stars, satisfactory."""
    if stars is None:
        return ""
    number = ngettext("%(stars)s star", "%(stars)s stars", stars) % {"stars": stars}
    return f"{number}, {_(STAR_WORDS[stars])}"


def month(iso: str) -> str:
    """Turn 2011-07 into July 2011."""
    return formats.date_format(date.fromisoformat(f"{iso}-01"), "F Y")


def year_in_one(year: str) -> str:
    """Return 2011-12 with a hyphen at which no line breaks, for the narrow column of a table."""
    return year.replace("-", "\N{NON-BREAKING HYPHEN}")


def named(extreme: Extreme | None) -> str:
    """Return the lowest or highest with the bodies that have it, at most three by name: 42 (Greenwich, Lambeth)."""
    if extreme is None:
        return ""
    many = len(extreme.bodies) > 3
    bodies = _("%(number)s bodies") % {"number": len(extreme.bodies)} if many else ", ".join(extreme.bodies)
    return f"{extreme.value} ({bodies})"
