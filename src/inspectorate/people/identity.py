"""Signing in by the identity provider of the organisation: for people who have an account here, and for nobody else."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from inspectorate.people.actions import link_identity
from inspectorate.people.models import User
from inspectorate.people.provider import OrganisationProvider
from inspectorate.people.security import Kind, note


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] - allauth has no types
    """Who somebody is by the word of the identity provider: by a link that was set, or an address that it verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 - whoever asks
        """Nobody: people are invited by the chief inspector."""
        return False

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """Return the provider that is held to its word, in place of allauth's."""
        found = super().get_provider(request, provider, client_id)
        return OrganisationProvider(request, app=found.app) if isinstance(found, OpenIDConnectProvider) else found

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account; link it by the verified address where it has no link yet; refuse whoever has none."""
        if sociallogin.is_existing:
            return
        user = _owner(sociallogin)
        if user is None:
            self._refuse(request)
        link_identity(user=user, subject=sociallogin.account.extra_data["subject"], by=user.name)
        sociallogin.lookup()

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_: Any) -> None:  # noqa: ARG002 - allauth's words
        """Say that it came to nothing."""
        self._refuse(request)

    def _refuse(self, request: HttpRequest) -> None:
        note(
            Kind.SIGN_IN_FAILED, request=request, detail="by the identity provider: no account, or no answer that holds"
        )
        response = render(request, "account/no_account.html", status=403)
        add_never_cache_headers(response)
        raise ImmediateHttpResponse(response)


def _owner(sociallogin: Any) -> User | None:
    """Return whose the verified address is, where no identity is linked to them: an address may pass to another."""
    verified = [one.email.lower() for one in sociallogin.email_addresses if one.verified]
    if sociallogin.state.get("process") != "login" or not verified:
        return None
    found = User.objects.filter(email=verified[0], is_active=True, demonstration=False).first()
    return None if found is None or SocialAccount.objects.filter(user=found).exists() else found
