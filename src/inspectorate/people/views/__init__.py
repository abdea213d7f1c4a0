"""Signing in and out, second factors, and sessions: allauth's views with our rules around them, and our own."""

from inspectorate.people.views.account import account_page, end_other, end_session
from inspectorate.people.views.again import again, again_by_code, again_by_passkey
from inspectorate.people.views.factors import (
    add_app_page,
    add_passkey_page,
    codes_page,
    enrol_page,
    make_codes,
    remove_page,
    reset_page,
)
from inspectorate.people.views.signing_in import (
    change_password,
    forgotten_password,
    inactive,
    link_sent,
    new_password,
    password_set,
    second_step,
    sign_in,
    sign_in_by_passkey,
    sign_out,
)

__all__ = [
    "account_page",
    "add_app_page",
    "add_passkey_page",
    "again",
    "again_by_code",
    "again_by_passkey",
    "change_password",
    "codes_page",
    "end_other",
    "end_session",
    "enrol_page",
    "forgotten_password",
    "inactive",
    "link_sent",
    "make_codes",
    "new_password",
    "password_set",
    "remove_page",
    "reset_page",
    "second_step",
    "sign_in",
    "sign_in_by_passkey",
    "sign_out",
]
