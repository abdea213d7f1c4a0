"""How dates, numbers and texts in two languages are written for readers."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.functional import Promise
from django.utils.html import format_html


def written_date(value: date | datetime | str | None) -> str:
    """Write a date as 21 November 2026, in the reader's language; nothing where there is none.

    A string is read as an ISO date, because editions hold dates as quoted text.
    """
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return formats.date_format(value, "j F Y")


def written_number(value: float | None, places: int | str = 0) -> str:
    """Write a number in groups of three (12,461), rounded half up to so many places; an en dash for nothing."""
    if value is None or value == "":
        return "\N{EN DASH}"
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)
    return f"{rounded:,f}".replace("-", "\N{EN DASH}", 1)


def in_language(text: Any, language: str | None = None) -> Any:
    """Return the text in the reader's language; where only English exists, English marked as such.

    Takes ``{en, cy}``, anything with the attributes ``en`` and ``cy``, or a plain string, which is returned as it is.
    """
    if text is None or isinstance(text, str | Promise):
        return text or ""
    read = text.get if isinstance(text, Mapping) else lambda key: getattr(text, key, None)
    wanted = (language or translation.get_language() or "en")[:2]
    english = read("en") or ""
    if wanted == "en":
        return english
    return read(wanted) or format_html('<span lang="en">{}</span>', english)
