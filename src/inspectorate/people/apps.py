"""People as an application of Django: how it learns that somebody signed in, by whichever way."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class PeopleConfig(AppConfig):
    """Accounts, and the ties of a person to a body or a case."""

    name = "inspectorate.people"

    def ready(self) -> None:
        """Listen to the signals of Django and allauth with which every way of signing in ends, well or not."""
        from allauth.mfa.signals import authentication_failed  # noqa: PLC0415 - applications are ready only now
        from django.contrib.auth import signals  # noqa: PLC0415 - the same

        signals.user_logged_in.connect(_signed_in)
        signals.user_login_failed.connect(_failed)
        signals.user_logged_out.connect(_signed_out)
        authentication_failed.connect(_factor_failed)


def _signed_in(request: HttpRequest | None, user: Any, **_: Any) -> None:
    from inspectorate.people.security import Kind, note, place_of  # noqa: PLC0415 - applications are ready only now
    from inspectorate.people.sessions import METHODS, end_oldest_sessions, note_sign_in  # noqa: PLC0415 - the same

    if request is not None:
        end_oldest_sessions(user)
        note_sign_in(request, place_of(request) or None)
        ways = [str(one.get("type") or one.get("method")) for one in request.session.get(METHODS, ())]
        note(Kind.SIGN_IN, request=request, user=user, detail="by " + " and ".join(ways) if ways else "")


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    from inspectorate.people.security import note_sign_in_failed  # noqa: PLC0415 - the same

    note_sign_in_failed(request, str(credentials.get("email") or credentials.get("username") or ""))


def _signed_out(request: HttpRequest | None, user: Any, **_: Any) -> None:
    from inspectorate.people.security import Kind, note  # noqa: PLC0415 - the same

    if user is not None:
        note(Kind.SIGN_OUT, request=request, user=user)


def _factor_failed(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    from inspectorate.people.security import Kind, note  # noqa: PLC0415 - the same

    note(Kind.FACTOR_FAILED, request=request, user=user, detail=f"wrong {authenticator.type}")
