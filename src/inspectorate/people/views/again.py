"""Saying once more who one is, before a grave act: by password, code or passkey. What was sent goes on afterwards."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.internal import flows
from allauth.mfa.base import views as code_views
from allauth.mfa.webauthn import views as passkey_views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from inspectorate.people.factors import is_exempt
from inspectorate.people.sessions import note_proof, take_up_again

WAYS = {
    "reauthenticate": ("account_reauthenticate", "With your password"),
    "mfa_reauthenticate": ("mfa_reauthenticate", "With a code"),
    "mfa_reauthenticate:webauthn": ("mfa_reauthenticate_webauthn", "With a passkey"),
}


class Proves:
    """What the three ways have in common."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Note it first: what was asked for goes on inside, and looks for it."""
        note_proof(self.request)
        take_up_again(self.request)
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc] - allauth's view comes after
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the page again, with what was wrong."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]
        return answer


class AgainView(Proves, allauth_views.ReauthenticateView):  # type: ignore[misc] - allauth has no types
    """By password. The invented people of a demonstration have none that anybody knows: they press a button."""

    template_name = "account/again.html"

    def post(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        """Take the button for the password where it is an invented person."""
        if is_exempt(request.user):
            note_proof(request)
            take_up_again(request)
            answer = flows.reauthentication.resume_request(request)
            return answer or HttpResponseRedirect(reverse("account"))
        return super().post(request, *args, **named)  # type: ignore[no-any-return]

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Say whether a button is enough."""
        return super().get_context_data(**named) | {"exempt": is_exempt(self.request.user)}  # type: ignore[no-any-return]


class AgainByCodeView(Proves, code_views.ReauthenticateView):  # type: ignore[misc] - the same
    """By a code of the app, or a recovery code."""

    template_name = "account/again.html"


class AgainByPasskeyView(Proves, passkey_views.ReauthenticateWebAuthnView):  # type: ignore[misc] - the same
    """By a passkey."""

    template_name = "account/again_passkey.html"

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Keep the form that was wrong, and say what the browser is to be asked."""
        told = super().get_context_data(**named)
        return told | {"form": named.get("form") or told["form"], "asked": told["js_data"]["request_options"]}


def _with_rule(view: Any) -> Any:
    view.rule = "account.own"
    return view


again = _with_rule(AgainView.as_view())
again_by_code = _with_rule(AgainByCodeView.as_view())
again_by_passkey = _with_rule(AgainByPasskeyView.as_view())
