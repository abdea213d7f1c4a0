"""Public ids: how anything is named outside its own table."""

import secrets


def new_public_id() -> str:
    """Return 128 random bits as 32 hexadecimal digits; nothing can be inferred from one, not even a count."""
    return secrets.token_hex(16)
