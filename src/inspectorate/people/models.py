"""Accounts."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from inspectorate.record.ids import new_public_id


class User(AbstractUser):
    """A person with an account. Named elsewhere by ``("user", public_id)``, never by a foreign key of a stage."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
