"""Signing in and out, in two steps, and passwords: allauth's views with our rules around them."""

import time
from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from inspectorate.people import actions, queries
from inspectorate.people.demonstration import password_of_demonstration


class SignInView(allauth_views.LoginView):  # type: ignore[misc] - allauth has no types
    """Sign in; in a demonstration one may choose as whom."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill in address and password of the invented person who was chosen; then all goes the ordinary way."""
        named = super().get_form_kwargs()
        chosen = self.request.POST.get("as")
        if self.request.method == "POST" and chosen is not None:
            person = queries.demonstration_people().filter(public_id=chosen.replace("\0", "")).first()
            named["data"] = {"login": person.email, "password": password_of_demonstration()} if person else {}
        return named  # type: ignore[no-any-return]

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Name the invented people, if any."""
        return super().get_context_data(**named) | {  # type: ignore[no-any-return]
            "demonstration": list(queries.demonstration_people()),
            "next": self.get_next_url() or "",
            "organisation": settings.OIDC_NAME if settings.OIDC_SERVER else "",
        }


class SignOutView(allauth_views.LogoutView):  # type: ignore[misc] - the same
    """Sign out, and have the browser forget what it kept of the pages; cookies of other services are left alone."""

    def post(self, *args: Any, **named: Any) -> HttpResponse:
        """Sign out."""
        answer: HttpResponse = super().post(*args, **named)
        answer["Clear-Site-Data"] = '"cache", "storage"'
        return answer


class ChangePasswordView(allauth_views.PasswordChangeView):  # type: ignore[misc] - the same
    """Change one's own password; other devices are signed out by it."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, and end the sessions elsewhere, which hold no longer, so that none is listed."""
        answer: HttpResponse = super().form_valid(form)
        user = self.request.user
        actions.end_other_sessions(user=user, but=self.request.session.session_key, by=user.name)
        return answer


class ForgottenPasswordView(allauth_views.PasswordResetView):  # type: ignore[misc] - the same
    """Send a link to set a new password; the answer is the same whether somebody has that address or not.

    Also in its time: where mail is handed to a server, which is done for addresses alone that somebody has, every
    answer waits for as long as that usually takes.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        """Send it, if it was not asked for too often from there for that address.

        By the address alone, as allauth counts, a stranger could keep somebody from asking.
        """
        where = get_adapter(self.request).get_client_ip(self.request)
        key = f"{where}:{form.cleaned_data['email']}"
        too_often = ratelimit.consume_or_429(self.request, action="reset_password", key=key)
        if too_often:
            return too_often
        begun = time.monotonic()
        form.save(self.request)
        time.sleep(max(0.0, begun + settings.RESET_ANSWER_SECONDS - time.monotonic()))
        return HttpResponseRedirect(self.get_success_url())


class NewPasswordView(allauth_views.PasswordResetFromKeyView):  # type: ignore[misc] - the same
    """Set a new password by the link that was sent; it works once."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Set it; wrong attempts from here count no more."""
        answer: HttpResponse = super().form_valid(form)
        get_adapter(self.request).forget_failed(self.request, self.reset_user.email)
        actions.end_other_sessions(user=self.reset_user, but=None, by=self.reset_user.name)
        return answer


class SecondStepView(AuthenticateView):  # type: ignore[misc] - the same
    """The second step of signing in: a code from an app, a recovery code, or a passkey."""

    template_name = "account/second_step.html"


class PasskeyView(LoginWebAuthnView):  # type: ignore[misc] - the same
    """Sign in by passkey alone: it is a device that somebody holds, opened by a finger, a face or a number."""

    template_name = "account/passkey.html"

    def get(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:  # noqa: ARG002 - allauth's words
        """Show the page, from which a small script asks the browser for the passkey."""
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Add what the browser is to be asked."""
        return super().get_context_data(**named) | {"asked": webauthn.begin_authentication(user=None)}  # type: ignore[no-any-return]

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the page again, with what was wrong."""
        return self.render_to_response(self.get_context_data(form=form))


def _with_rule(view: Any, rule: str) -> Any:
    view.rule = rule
    return view


sign_in = SignInView.as_view()
sign_out = SignOutView.as_view()
inactive = allauth_views.AccountInactiveView.as_view()
second_step = SecondStepView.as_view()
sign_in_by_passkey = PasskeyView.as_view()
change_password = _with_rule(ChangePasswordView.as_view(), "account.own")
forgotten_password = ForgottenPasswordView.as_view()
link_sent = allauth_views.PasswordResetDoneView.as_view()
new_password = NewPasswordView.as_view()
password_set = allauth_views.PasswordResetFromKeyDoneView.as_view()
