"""Second factors: everybody has one; who has which, and how their secrets are kept.

What allauth knows of a factor (an app with one-time codes, a passkey, recovery codes) stays allauth's; this module is
the one place where the product asks it.
"""

import base64
import hmac
import secrets
from functools import cache
from typing import TYPE_CHECKING

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from argon2.low_level import Type, hash_secret_raw
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import signing
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from inspectorate.people.hashing import Argon2
from inspectorate.people.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

APP, PASSKEY, CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
PROVES = (APP, PASSKEY)
"""What is a second factor; recovery codes only stand in for one that is lost."""
HASHES, SALT = "hashes", "salt"
"""What the row of recovery codes holds: one salt for the set, and what Argon2id makes of each code with it."""

NUMBER_OF_CODES, LONGEST_TYPED = 10, 40
RESET, RESET_WITHIN = "inspectorate.people.factor-reset", 24 * 3600
"""What signs the link of a reset, and the seconds for which it works."""


def is_exempt(user: User) -> bool:
    """Say whether this is an invented person in a demonstration, whom everybody may be: the only ones without one."""
    return bool(user.demonstration and settings.DEMONSTRATION)


def with_factor(people: "QuerySet[User]") -> "QuerySet[User]":
    """Return the people with ``has_factor``, read in the same query."""
    return people.annotate(has_factor=Exists(of_user("pk")))


def of_user(reference: str) -> "QuerySet[Authenticator]":
    """Return the second factors of whoever a field of an outer query refers to."""
    return Authenticator.objects.filter(user=OuterRef(reference), type__in=PROVES)


def has_factor(user: User) -> bool:
    """Say whether somebody has a second factor; asks the database only where the user was read without it."""
    held: bool | None = getattr(user, "has_factor", None)
    return Authenticator.objects.filter(user=user, type__in=PROVES).exists() if held is None else held


def must_enrol(user: User) -> bool:
    """Say whether somebody has to set up a second factor before they see anything, as everybody with an account has."""
    return not is_exempt(user) and not has_factor(user)


def factors_of(user: User) -> list[Authenticator]:
    """Return the second factors and recovery codes of somebody, the oldest first."""
    return list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))


def proofs_of(user: User) -> list[Authenticator]:
    """Return the second factors of somebody, without recovery codes, which only stand in for one."""
    return [one for one in factors_of(user) if one.type in PROVES]


def new_codes() -> list[str]:
    """Return new recovery codes: figures alone, which can be read out and typed on any keyboard."""
    return [
        "".join(secrets.choice("0123456789") for _ in range(settings.MFA_RECOVERY_CODE_DIGITS))
        for _ in range(NUMBER_OF_CODES)
    ]


def kept_codes(codes: list[str]) -> dict[str, object]:
    """Return what is kept of recovery codes: nothing by which they could be read again."""
    salt = secrets.token_hex(16)
    return {SALT: salt, HASHES: [_hashed(code, salt) for code in codes]}


def hash_of_code(kept: Authenticator, typed: str) -> str:
    """Return which of the kept hashes a code has that was typed, or nothing; all are compared, in the same time."""
    found = _hashed("".join(typed.split())[:LONGEST_TYPED], str(kept.data.get(SALT, "")))
    same = [one for one in kept.data.get(HASHES, ()) if hmac.compare_digest(one, found)]
    return same[0] if same else ""


def codes_left(kept: Authenticator) -> int:
    """Return how many recovery codes still work."""
    return len(kept.data.get(HASHES, ()))


def _hashed(code: str, salt: str) -> str:
    strength = {"time_cost": Argon2.time_cost, "memory_cost": Argon2.memory_cost, "parallelism": Argon2.parallelism}
    salted = salt.encode().ljust(16, b"0")
    return hash_secret_raw(code.encode(), salted, **strength, hash_len=32, type=Type.ID).hex()


def token_of_reset(user: User) -> str:
    """Return what the link of a reset holds; it is void when a factor has changed, or access has ended, since."""
    return signing.dumps({"user": user.public_id, "factors": _fingerprint(user)}, salt=RESET)


def whose_reset(token: str) -> User | None:
    """Return whose factors a link resets; None where it was used, is older than a day, or is no link of ours."""
    try:
        told = signing.loads(token, salt=RESET, max_age=RESET_WITHIN)
    except signing.BadSignature:
        return None
    user = User.objects.filter(public_id=told["user"], is_active=True).first()
    return user if user and proofs_of(user) and _fingerprint(user) == told["factors"] else None


def _fingerprint(user: User) -> list[int]:
    ended = int(user.access_ended_at.timestamp()) if user.access_ended_at else 0
    return [*sorted(one.pk for one in factors_of(user)), ended]


@cache
def _cipher(secret: str) -> Fernet:
    key = HKDF(SHA256(), 32, None, b"inspectorate second factors").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] - allauth has no types
    """What differs from allauth's own way: secrets are enciphered, and the words are ours."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code does not fit. Take the newest one, or a recovery code that was not used yet."),
    }

    def encrypt(self, text: str) -> str:
        """Encipher a secret by the secret key, so that a copy of the database alone opens nothing."""
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read it again."""
        return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return "Inspectorate"
