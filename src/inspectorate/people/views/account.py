"""How I sign in: password, second factors, recovery codes, and where I am signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from inspectorate.methodology.refusals import RefusedError
from inspectorate.people import actions
from inspectorate.people.access import Person
from inspectorate.people.asking import rule_page
from inspectorate.people.browsers import in_words
from inspectorate.people.factors import CODES, PROVES, codes_left, factors_of, is_exempt
from inspectorate.people.views.keys import key_of

DONE = {
    "app": _("The app is set up. From now on you are asked for its code when you sign in."),
    "passkey": _("The passkey is set up. From now on you may sign in with it."),
    "removed": _("It is taken away, and works no longer."),
    "kept": _("Good. Each recovery code works once."),
    "ended": _("That session is ended."),
    "others": _("You are signed in here alone."),
}


def page(request: HttpRequest, person: Person, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """Render the page; a refusal stands at its top."""
    user = person.user
    held = factors_of(user)
    sessions = user.sessions.filter(expire_date__gt=timezone.now()).order_by("-began_at")
    told = {
        "user": user,
        "exempt": is_exempt(user),
        "factors": [
            {"factor": one, "key": key_of(one), "app": one.type == PROVES[0]} for one in held if one.type in PROVES
        ],
        "has_app": any(one.type == PROVES[0] for one in held),
        "codes_left": sum(codes_left(one) for one in held if one.type == CODES),
        "sessions": [
            {
                "session": one,
                "here": one.session_key == request.session.session_key,
                "browser": in_words(one.browser),
            }
            for one in sessions
        ],
        "done": DONE.get(request.GET.get("done", "")),
        "refusal": refusal,
    }
    return render(request, "account/account.html", told, status=status)


@require_safe
@rule_page("account.own", while_enrolling=True)
def account_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show how I sign in."""
    return page(request, person)


@require_POST
@rule_page("account.own", while_enrolling=True)
def end_session(request: HttpRequest, person: Person, session: str) -> HttpResponse:
    """End one of my sessions."""
    try:
        actions.end_session(user=person.user, session=session, by=person.name)
    except RefusedError as error:
        return page(request, person, refusal=error.sentence, status=409)
    return redirect("/account/?done=ended")


@require_POST
@rule_page("account.own", while_enrolling=True)
def end_other(request: HttpRequest, person: Person) -> HttpResponse:
    """End all of my sessions but this one."""
    actions.end_other_sessions(user=person.user, but=request.session.session_key, by=person.name)
    return redirect("/account/?done=others")
