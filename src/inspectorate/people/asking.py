"""Who asks for a page: the person behind a request, and pages that are for people who signed in."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from inspectorate.people.access import (
    GRAVE,
    NO_ROLE,
    VISITOR,
    NotAllowedError,
    Person,
    is_here,
    person_of_user,
    require,
)
from inspectorate.people.factors import must_enrol
from inspectorate.people.sessions import proved_lately

View = Callable[..., HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def person_asking(request: HttpRequest) -> Person:
    """Return the person behind a request, with their ties; somebody who has not signed in is a visitor.

    Whoever has yet to set up a second factor has neither role nor ties until then: this is the one place that gives
    them out to pages, so no page, export, file or door for programs lets them further.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not is_here(user):
        return VISITOR
    if not hasattr(request, "person"):
        person = person_of_user(user)
        if must_enrol(user):
            person = replace(person, role=NO_ROLE, ties=frozenset(), must_enrol=True)
        request.person = person  # type: ignore[attr-defined]
    found: Person = request.person  # type: ignore[attr-defined]
    return found


def who_asks(request: HttpRequest) -> tuple[str, str]:
    """Return the actor of a request as the record names it."""
    return person_asking(request).name


def ask_again(request: HttpRequest) -> None:
    """Have whoever asks say once more who they are, where they did not within ten minutes; then the request goes on.

    What was sent with it waits in the session meanwhile, and is not typed twice.
    """
    if not proved_lately(request):
        raise ReauthenticationRequired


def ask_again_if_grave(request: HttpRequest, action: str) -> None:
    """Do so for the gravest acts: everything that changes something, and what carries cases away."""
    if action in GRAVE and (request.method not in SAFE or GRAVE[action]):
        ask_again(request)


def person_page(view: View) -> View:
    """Send somebody who has not signed in to the sign-in page, whatever the address; nobody stores the answer.

    Whoever sent a form after the session was over is shown what they wrote, to be copied, and then signs in. Whoever
    has to set up a second factor is sent there, but for pages that are ``while_enrolling``.

    Where the view finds that the person may not (NotAllowedError), a page says why (403).
    """

    @wraps(view)
    def answered(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        person = person_asking(request)
        if person is VISITOR:
            return _signed_out(request)
        if person.must_enrol and not getattr(view, "while_enrolling", False):
            return _enrol(request)
        try:
            response = view(request, person, *arguments, **named)
        except NotAllowedError as error:
            response = render(request, "403.html", {"exception": error.sentence}, status=403)
        add_never_cache_headers(response)
        return response

    return answered


def words_sent(request: HttpRequest) -> list[str]:
    """Return the texts of the form that was sent: words, and not codes, numbers or passwords.

    No file is read for it: a form with files is looked at only where it was read already, to check its token.
    """
    if request.content_type != "application/x-www-form-urlencoded" and not hasattr(request, "_post"):
        return []
    sent = [text for name, texts in request.POST.lists() if "password" not in name for text in texts]
    return [text for text in sent if " " in text.strip()]


def _signed_out(request: HttpRequest) -> HttpResponse:
    """Send a visitor to sign in; where a form was sent, give its words back first, as the session is over meanwhile.

    They go to the browser that sent them and nowhere else: into no session, cookie, address or log.
    """
    to_sign_in = redirect_to_login(request.get_full_path())
    words = words_sent(request) if request.method == "POST" else []
    if not words:
        return to_sign_in
    told = {"written": words, "sign_in_href": to_sign_in.url}
    response = render(request, "account/signed_out.html", told, status=401)
    add_never_cache_headers(response)
    return response


def _enrol(request: HttpRequest) -> HttpResponse:
    wanted = f"?{urlencode({'next': request.get_full_path()})}" if request.method in SAFE else ""
    response = redirect(f"{reverse('second_factor')}{wanted}")
    add_never_cache_headers(response)
    return response


def rule_page(action: str, relations: Collection[str] = (), *, while_enrolling: bool = False) -> Callable[[View], View]:
    """Let a view that is not about one inspection answer only those who may do ``action``, and hand it the person.

    ``relations`` hold for everybody on such a page: on that of one's own account it is about oneself. Nobody signed in:
    to the sign-in page. Somebody who may not: a page that says why (403). The rule and the relations stay on the
    view, for the test of the access matrix. Pages ``while_enrolling`` are those on which a second factor is set up.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, person: Person, *arguments: Any, **named: Any) -> HttpResponse:
            require(person, action, relations)
            ask_again_if_grave(request, action)
            return view(request, person, *arguments, **named)

        asked.while_enrolling = while_enrolling  # type: ignore[attr-defined]
        answered = person_page(asked)
        answered.rule, answered.relations = action, relations  # type: ignore[attr-defined]
        return answered

    return decorate
