"""Accounts."""

import secrets

from django.contrib.auth.models import AbstractUser
from django.db import models


def public_id() -> str:
    """A new public id: 128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


class User(AbstractUser):
    """A person with an account. Named elsewhere by ``("user", public_id)``, never by a foreign key of a stage."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id, editable=False)
