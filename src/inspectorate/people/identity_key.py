"""By what a link to an identity provider is found."""

import hashlib


def bare(issuer: str) -> str:
    """Return an issuer as it is compared: without the slash at its end, or the path of its own description."""
    return issuer.partition("/.well-known/")[0].rstrip("/")


def identity_key(issuer: str, subject: str) -> str:
    """Return who somebody is at which provider, as one word: two providers may use the same subjects."""
    return hashlib.sha256(f"{bare(issuer)}\n{subject}".encode()).hexdigest()
