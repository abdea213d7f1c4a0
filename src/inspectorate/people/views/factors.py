"""Setting up a second factor: which, an app, a passkey, recovery codes; taking one away; and when all are lost."""

import base64
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.internal import auth as webauthn
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspectorate.methodology.refusals import RefusedError
from inspectorate.people import actions
from inspectorate.people.access import Person
from inspectorate.people.asking import ask_again, rule_page
from inspectorate.people.factors import APP, CODES, factors_of, is_exempt, whose_reset
from inspectorate.people.forms import AppForm, PasskeyForm, ResetForm
from inspectorate.people.views import account
from inspectorate.people.views.keys import factor_named, key_of

NEXT, SHOWN_ONCE = "after_enrolling", "recovery_codes"
GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@rule_page("account.own", while_enrolling=True)
def enrol_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Say that a second factor is needed, and let them choose which; where they go on to afterwards is kept."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        request.session[NEXT] = wanted
    if not person.must_enrol:
        return redirect("account")
    return render(request, "account/enrol.html", {"person": person})


@require_http_methods(GET_OR_POST)
@rule_page("account.own", while_enrolling=True)
def add_app_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the secret as a picture and as letters, and take the first code that the app makes of it."""
    user = person.user
    if is_exempt(user):
        return redirect("account")
    ask_again(request)
    form = AppForm(user=user, data=request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.add_app(user=user, secret=form.secret, by=person.name)
            made.wrap().validate_code(form.cleaned_data["code"])  # it was used by this, and opens nothing more
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            clear_totp_secret(request)
            return _added(request, person, "app", _("An app with one-time codes was set up."))
    adapter = get_factor_adapter()
    address = adapter.build_totp_url(user, form.secret)
    picture = base64.b64encode(adapter.build_totp_svg(address).encode()).decode()
    letters = " ".join(form.secret[start : start + 4] for start in range(0, len(form.secret), 4))
    told = {"form": form, "picture": f"data:image/svg+xml;base64,{picture}", "letters": letters, "address": address}
    return render(request, "account/add_app.html", told, status=422 if form.errors else 200)


@require_http_methods(GET_OR_POST)
@rule_page("account.own", while_enrolling=True)
def add_passkey_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask the browser to make a passkey, by a small script, and keep it."""
    user = person.user
    if is_exempt(user):
        return redirect("account")
    ask_again(request)
    form = PasskeyForm(user=user, data=request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        actions.add_passkey(user=user, name=given["name"], credential=given["credential"], by=person.name)
        return _added(request, person, "passkey", _("A passkey was set up."))
    told = {"form": form, "asked": webauthn.begin_registration(user, passwordless=True)}
    return render(request, "account/add_passkey.html", told, status=422 if form.errors else 200)


def _added(request: HttpRequest, person: Person, code: str, what: Any) -> HttpResponse:
    """Tell the person by mail, and show recovery codes where there are none yet."""
    get_adapter(request).send_factor_changed(request, person.user, what)
    if not any(one.type == CODES for one in factors_of(person.user)):
        _show_once(request, actions.make_codes(user=person.user, by=person.name))
        return redirect("recovery_codes")
    return redirect(_on(request) or f"/account/?done={code}")


def _on(request: HttpRequest) -> str:
    """Return where somebody wanted to go when they were asked for a second factor, once."""
    return str(request.session.pop(NEXT, ""))


@require_http_methods(GET_OR_POST)
@rule_page("account.own")
def codes_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the recovery codes until the person says that they are put away; after that nobody reads them again."""
    sealed = request.session.get(SHOWN_ONCE)
    if not sealed:
        return redirect("account")
    ask_again(request)
    if request.method == "POST":
        actions.keep_codes(user=person.user, by=person.name)
        del request.session[SHOWN_ONCE]
        return redirect(_on(request) or "/account/?done=kept")
    return render(request, "account/codes.html", {"codes": _in_groups(get_factor_adapter().decrypt(sealed).split())})


def _show_once(request: HttpRequest, codes: list[str]) -> None:
    """Hold new codes for the page that shows them, enciphered and in this session alone: the table has hashes."""
    request.session[SHOWN_ONCE] = get_factor_adapter().encrypt(" ".join(codes))


def _in_groups(codes: list[str]) -> list[str]:
    return [f"{code[:4]} {code[4:8]} {code[8:]}" for code in codes]


@require_POST
@rule_page("account.own")
def make_codes(request: HttpRequest, person: Person) -> HttpResponse:
    """Make new recovery codes in place of the old ones."""
    ask_again(request)
    try:
        _show_once(request, actions.make_codes(user=person.user, by=person.name))
    except RefusedError as error:
        return account.page(request, person, refusal=error.sentence, status=409)
    get_adapter(request).send_factor_changed(
        request, person.user, _("New recovery codes were made; the old ones are void.")
    )
    return redirect("recovery_codes")


@require_http_methods(GET_OR_POST)
@rule_page("account.own")
def remove_page(request: HttpRequest, person: Person, key: str) -> HttpResponse:
    """Ask whether a factor is to be taken away, and take it away."""
    found = factor_named(person.user, key)
    if found is None:
        return redirect("account")
    ask_again(request)
    if request.method == "POST":
        try:
            actions.remove_factor(user=person.user, factor=found.pk, by=person.name)
        except RefusedError as error:
            return account.page(request, person, refusal=error.sentence, status=409)
        what = _("An app with one-time codes was taken away.") if found.type == APP else _("A passkey was taken away.")
        get_adapter(request).send_factor_changed(request, person.user, what)
        return redirect("/account/?done=removed")
    told = {"factor": found, "app": found.type == APP, "key": key_of(found)}
    return render(request, "account/remove_factor.html", told)


@never_cache
@require_http_methods(GET_OR_POST)
def reset_page(request: HttpRequest, token: str) -> HttpResponse:
    """Take every factor away that somebody lost, by the link that was sent to them, and their password."""
    user = whose_reset(token)
    if user is None:
        return render(request, "account/reset.html", {"gone": True})
    form = ResetForm(user=user, data=request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.reset_factors(token=token, by=user.name)
        what = _(
            "Your second factors were taken away, as you asked for by the link. You set up a new one when you sign in."
        )
        get_adapter(request).send_factor_changed(request, user, what)
        return render(request, "account/reset.html", {"done": True})
    return render(request, "account/reset.html", {"form": form}, status=422 if form.errors else 200)
