"""The identity provider, held to its word: what it says is signed, by it, for us, just now, in answer to our question.

allauth trusts what it fetched itself without looking at the signature. Here every token is verified, whatever way it
came, and the person is the one of the token, whom no other answer can change.
"""

import hmac
import secrets
from typing import Any

import jwt
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse

from inspectorate.people.identity_key import bare, identity_key

NONCE = "identity_nonce"
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Signatures that only the provider can make: not "none", and none made with a secret that we share."""


class CheckedAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] - allauth has no types
    """What is asked of the provider, and how its answer is looked at."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return how the provider describes itself; one that calls itself otherwise than it is set is not believed."""
        config: dict[str, Any] = super().openid_config
        set_to = self.get_provider().app.settings["server_url"]
        if bare(str(config.get("issuer"))) != bare(set_to):
            raise OAuth2Error("The provider is another than the one that is set.")
        return config

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **given: Any) -> Any:
        """Return who it is: by a token in answer to this browser's own question, and its address by the same person."""
        asked = request.session.pop(NONCE, "")
        signed = given["response"].get("id_token")
        if not isinstance(signed, str):
            raise OAuth2Error("There is no token.")
        claims = self._decode_id_token(app, signed)
        if not asked or not hmac.compare_digest(str(claims.get("nonce", "")), asked):
            raise OAuth2Error("The token answers another question.")
        about = self._fetch_user_info(token.token)
        if not claims.get("sub") or about.get("sub") != claims["sub"]:
            raise OAuth2Error("The token and the answer are about two people.")
        return self.get_provider().sociallogin_from_response(request, {"userinfo": about, "id_token": claims})

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """Verify signature, issuer, audience and time, always."""
        try:
            header = jwt.get_unverified_header(id_token)
            if header.get("alg") not in ALGORITHMS:
                raise OAuth2Error("The token is not signed in a way that only the provider could.")
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key(header.get("kid")),
                algorithms=[header["alg"]],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, TypeError, ValueError) as error:
            raise OAuth2Error("The token does not hold.") from error
        parties = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if len(parties) > 1 and claims.get("azp") != app.client_id:
            raise OAuth2Error("The token was made for another.")
        return claims

    def _key(self, kid: str | None) -> Any:
        """Return the key that a token names, or the only one that there is."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        fitting = [one for one in keys if kid is None or one.key_id == kid]
        if len(fitting) != 1:
            raise OAuth2Error("The token is signed by a key that the provider does not name.")
        return fitting[0].key


class OrganisationProvider(OpenIDConnectProvider):  # type: ignore[misc] - the same
    """The one identity provider of an installation."""

    oauth2_adapter_class = CheckedAdapter

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:  # noqa: ARG002 - allauth's words
        """Ask with a number used once, which the token has to bear; nothing of the address of the page goes along."""
        nonce = request.session.setdefault(NONCE, secrets.token_urlsafe(24))
        request.session.modified = True
        return self.get_auth_params() | {"nonce": nonce}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Return who it is at which provider: the same name at another provider is another person."""
        return identity_key(data["id_token"]["iss"], str(data["id_token"]["sub"]))

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, str]:
        """Keep of all that is told only who it is, and where."""
        return {"issuer": data["id_token"]["iss"], "subject": str(data["id_token"]["sub"])}


def _answered(view: Any) -> Any:
    @login_not_required
    def asked(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            answer: HttpResponse = view.adapter_view(CheckedAdapter(request, provider_id))(request)
        except SocialApp.DoesNotExist:
            raise Http404 from None
        except (OAuth2Error, OSError) as error:  # on the way there: it is away, or is another than is set
            return render_authentication_error(request, None, exception=error)
        return answer

    return asked


login = _answered(OAuth2LoginView)
callback = _answered(OAuth2CallbackView)
