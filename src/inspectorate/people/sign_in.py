"""How allauth signs people in here: nobody signs up, plain sentences, and limits that lock out nobody else."""

from contextvars import ContextVar
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from inspectorate.people.access import is_here
from inspectorate.people.factors import with_factor
from inspectorate.people.models import User
from inspectorate.people.security import Kind, fingerprint, note
from inspectorate.people.sessions import proved_lately

OWNER: ContextVar[User | None] = ContextVar("owner", default=None)
"""Whose session it is, while it is found out who is behind a request."""


class Recognise(AuthenticationMiddleware):
    """Find out who is behind a request as Django does, but ask for nobody who was read with the session just now."""

    def process_request(self, request: HttpRequest) -> None:
        """Put ``user`` to the request, found out where it is asked for."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _recognised(request))  # type: ignore[assignment]  # as Django does it


def _recognised(request: HttpRequest) -> Any:
    request.session.get(SESSION_KEY)  # reads it, and its owner
    held = OWNER.set(getattr(request.session, "owner", None))
    try:
        return get_user(request)
    finally:
        OWNER.reset(held)


class Backend(AuthenticationBackend):  # type: ignore[misc] - allauth has no types
    """Who is behind a session: read with whether they have a second factor, in one query with the session itself."""

    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session, where they may still be signed in."""
        user = OWNER.get()
        if user is None or user.pk != user_id:
            user = with_factor(User.objects.filter(pk=user_id)).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: User) -> bool:
        """Nobody whose account is closed, and nobody invented once the installation is real."""
        return bool(super().user_can_authenticate(user)) and not (user.demonstration and not settings.DEMONSTRATION)


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc] - allauth has no types
    """What differs from allauth's own way."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "That e-mail address and password do not belong together. Check both, or set a new password."
        ),
        "too_many_login_attempts": _(
            "Too many attempts with a wrong password. Wait five minutes, or set a new password by e-mail."
        ),
        "enter_current_password": _("That is not your password of today. Type it once more."),
        "incorrect_password": _("That is not your password. Type it once more."),
        "invalid_password_reset": _("This link was used, or is too old. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - whoever asks
        """Nobody: people are invited by the chief inspector."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords by address and by where they come from.

        By address alone, as allauth does, a stranger could keep somebody out by guessing for ever.
        """
        return f"{self.get_client_ip(request)}:{super()._get_login_attempts_cache_key(request, **credentials)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse more attempts than are allowed, and write that down."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note(Kind.THROTTLED, request=request, detail=f"sign-in as {fingerprint(credentials.get('email', ''))}")
            raise

    def pre_login(self, request: HttpRequest, user: User, **named: Any) -> HttpResponse | None:
        """Let in nobody whose account is closed, and nobody invented once the installation is real."""
        if not is_here(user) or (user.demonstration and not settings.DEMONSTRATION):
            note(Kind.SIGN_IN_FAILED, request=request, user=user, detail="the account is closed, or its last day over")
            answer: HttpResponse = self.respond_user_inactive(request, user)
            return answer
        return super().pre_login(request, user, **named)  # type: ignore[no-any-return]

    def forget_failed(self, request: HttpRequest, email: str) -> None:
        """Count from nought again: who set a new password may use it at once."""
        self._delete_login_attempts_cached_email(request, email=email)

    def is_reauthentication_required(self, *, app: str) -> bool:  # noqa: ARG002 - the same for all
        """Ask once more only whoever did not prove who they are within ten minutes, by signing in or since."""
        return not proved_lately(self.request)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Check the password of whoever is signed in; wrong ones count as at the sign-in page."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def send_invitation(self, request: HttpRequest, user: User, path: str) -> None:
        """Send somebody the link by which they set their password."""
        told = {"user": user, "link": request.build_absolute_uri(path)}
        self.send_mail("account/email/invitation", user.email, told)

    def send_factor_changed(self, request: HttpRequest, user: User, what: Any) -> None:
        """Tell somebody that their second factor was changed, so that they can object where it was not them."""
        told = {"user": user, "what": what, "place": self.get_client_ip(request)}
        self.send_mail("account/email/factor_changed", user.email, told)

    def send_reset(self, request: HttpRequest, user: User, path: str) -> None:
        """Send somebody the link by which they take every factor away that they have lost."""
        told = {"user": user, "link": request.build_absolute_uri(path)}
        self.send_mail("account/email/factor_reset", user.email, told)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - the same for all
        """Return where to go once the password is changed."""
        return "/people/me/?changed=password"
