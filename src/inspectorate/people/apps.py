"""People as an application of Django: how it learns that somebody signed in, by whichever way."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class PeopleConfig(AppConfig):
    """Accounts, and the ties of a person to a body or a case."""

    name = "inspectorate.people"

    def ready(self) -> None:
        """Listen to the one signal of the product: Django's own, which every way of signing in ends with."""
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 - applications are ready only now

        user_logged_in.connect(_signed_in)


def _signed_in(request: HttpRequest | None, **_: Any) -> None:
    from allauth.core.internal.httpkit import get_client_ip  # noqa: PLC0415 - the same

    from inspectorate.people.sessions import note_sign_in  # noqa: PLC0415 - the same

    if request is not None:
        note_sign_in(request, get_client_ip(request) if request.META else None)
