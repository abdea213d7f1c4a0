"""Signing in and out, second factors, sessions and passwords; the names are allauth's where it looks for them."""

from django.conf import settings
from django.urls import path, re_path

from inspectorate.people import provider, views

by_organisation = [
    path("sign-in/with/<str:provider_id>/", provider.login, name="openid_connect_login"),
    path("sign-in/with/<str:provider_id>/back/", provider.callback, name="openid_connect_callback"),
]
"""Only where an identity provider is set."""
urlpatterns = [
    *(by_organisation if settings.OIDC_SERVER else ()),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/inactive/", views.inactive, name="account_inactive"),
    path("sign-in/second-step/", views.second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", views.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("account/again/", views.again, name="account_reauthenticate"),
    path("account/again/code/", views.again_by_code, name="mfa_reauthenticate"),
    path("account/again/passkey/", views.again_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("sign-in/reset/<str:token>/", views.reset_page, name="factor_reset"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("account/", views.account_page, name="account"),
    path("account/second-factor/", views.enrol_page, name="second_factor"),
    path("account/app/", views.add_app_page, name="add_app"),
    path("account/passkey/", views.add_passkey_page, name="add_passkey"),
    path("account/recovery-codes/", views.codes_page, name="recovery_codes"),
    path("account/recovery-codes/new/", views.make_codes, name="make_codes"),
    path("account/factors/<str:key>/remove/", views.remove_page, name="remove_factor"),
    path("account/sessions/end-others/", views.end_other, name="end_other_sessions"),
    path("account/sessions/<str:session>/end/", views.end_session, name="end_session"),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/reset/", views.forgotten_password, name="account_reset_password"),
    path("password/reset/sent/", views.link_sent, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
    path("password/reset/set/", views.password_set, name="account_reset_password_from_key_done"),
]
