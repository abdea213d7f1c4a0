"""The invented people of a demonstration, and the one password that they share."""

import os
import secrets
import unicodedata
from pathlib import Path

from django.conf import settings

from inspectorate.people.models import Role

PEOPLE: tuple[tuple[str, str], ...] = (
    ("Carys Vaughan", Role.CHIEF_INSPECTOR),
    ("Rhian Prosser", Role.LEAD_INSPECTOR),
    ("Martin Ashdown", Role.LEAD_INSPECTOR),
    ("Dafydd Llewelyn", Role.INSPECTOR),
    ("Priya Raman", Role.INSPECTOR),
    ("Eleanor Whitlock", Role.INSPECTOR),
    ("Owain Tudur", Role.LOCAL_ASSESSOR),
    ("Joan Farrow", Role.LOCAL_ASSESSOR),
    ("Siân Cadwaladr", Role.BODY_CONTACT),
    ("Peter Holloway", Role.BODY_CONTACT),
    ("Margaret Ellwood", Role.OVERSEER),
    ("Tomos Griffiths", Role.PUBLICATIONS),
    ("Anita Desai", Role.AUDITOR),
    ("Gareth Pell", Role.ADMINISTRATOR),
)
"""Each with the role; all are invented, and their addresses are under example.org, where no mail arrives."""
ENDS = {("Priya Raman", "record_check"): 45, ("Owain Tudur", "local_assessor_training"): -12}
"""Whose clearance or training ends soon, or has ended, in days from when the demonstration was made."""


def file_of_password() -> Path:
    """Return where the password is kept, readable by the owner of this installation alone."""
    return Path(settings.VAR) / "demonstration-password"


def password_of_demonstration() -> str:
    """Return the password of the invented people; empty where none was made."""
    try:
        return file_of_password().read_text(encoding="ascii").strip()
    except OSError:
        return ""


def password_made() -> str:
    """Return the password of the invented people, made first where there is none (96 random bits, mode 600)."""
    if not password_of_demonstration():
        path = file_of_password()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(12) + "\n")
    return password_of_demonstration()


def address_of(name: str) -> str:
    """Return the e-mail address of an invented person: small letters without accents."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{'.'.join(plain.lower().split())}@example.org"
