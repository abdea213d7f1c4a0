"""Signed heads: who exported a head can be told by anybody who has the public key; and the one line that is printed.

Ed25519 (RFC 8032): a secret shared with whoever verifies would let them forge, so an outsider needs a public key.
"""

import json
from functools import lru_cache
from typing import TypedDict

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from inspectorate.record.chain import canonical
from inspectorate.record.heads import Head
from inspectorate.record.names import RefusedError
from inspectorate.record.standalone import SIGNED

SIGNED_FORMAT = "signed-head@1"


class SignedHead(TypedDict):
    """A head, the public key (64 hexadecimal digits), and the signature of the head by its secret half (128)."""

    format: str
    head: Head
    key: str
    signature: str


@lru_cache(maxsize=4)
def _secret(text: str) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text))
    except ValueError:
        raise RefusedError(
            "signing-key",
            "There is no key to sign heads with: set INSPECTORATE_RECORD_SIGNING_KEY to 64 hexadecimal digits, or let "
            "the first start make the file record-signing-key.",
        ) from None


def public_key() -> str:
    """Return the public key of this installation as 64 hexadecimal digits; publish it where it cannot be swapped."""
    return _secret(settings.RECORD_SIGNING_KEY).public_key().public_bytes_raw().hex()


def sign(head: Head) -> SignedHead:
    """Return the head with a signature that ``verify_record.py`` checks without the product."""
    signature = _secret(settings.RECORD_SIGNING_KEY).sign(SIGNED + canonical(head).encode())
    return SignedHead(format=SIGNED_FORMAT, head=head, key=public_key(), signature=signature.hex())


def file_of(signed: SignedHead) -> str:
    """Return a signed head as the text of its file."""
    return json.dumps(signed, indent=2) + "\n"


def line_of(signed: SignedHead) -> str:
    """Return a signed head as one line of words, which can be printed and typed in again."""
    head = signed["head"]
    figures = " ".join(f"{name} {head[name]}" for name in ("entries", "streams", "seals", "head", "digest"))
    return f"inspectorate-head@1 {head['at']} {figures} key {signed['key']} signature {signed['signature']}"
