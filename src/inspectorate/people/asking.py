"""Who asks for a page: the person behind a request, and pages that are for people who signed in."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from inspectorate.people.access import VISITOR, NotAllowedError, Person, is_here, person_of_user, require

View = Callable[..., HttpResponse]


def person_asking(request: HttpRequest) -> Person:
    """Return the person behind a request, with their ties; somebody who has not signed in is a visitor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not is_here(user):
        return VISITOR
    if not hasattr(request, "person"):
        request.person = person_of_user(user)  # type: ignore[attr-defined]
    found: Person = request.person  # type: ignore[attr-defined]
    return found


def who_asks(request: HttpRequest) -> tuple[str, str]:
    """Return the actor of a request as the record names it."""
    return person_asking(request).name


def person_page(view: View) -> View:
    """Send somebody who has not signed in to the sign-in page, whatever the address; nobody stores the answer.

    Where the view finds that the person may not (NotAllowedError), a page says why (403).
    """

    @wraps(view)
    def answered(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        person = person_asking(request)
        if person is VISITOR:
            return redirect_to_login(request.get_full_path())
        try:
            response = view(request, person, *arguments, **named)
        except NotAllowedError as error:
            response = render(request, "403.html", {"exception": error.sentence}, status=403)
        add_never_cache_headers(response)
        return response

    return answered


def rule_page(action: str, relations: Collection[str] = ()) -> Callable[[View], View]:
    """Let a view that is not about one inspection answer only those who may do ``action``, and hand it the person.

    ``relations`` hold for everybody on such a page: on that of one's own account it is about oneself. Nobody signed in:
    to the sign-in page. Somebody who may not: a page that says why (403). The rule and the relations stay on the
    view, for the test of the access matrix.
    """

    def decorate(view: View) -> View:
        @person_page
        @wraps(view)
        def answered(request: HttpRequest, person: Person, *arguments: Any, **named: Any) -> HttpResponse:
            require(person, action, relations)
            return view(request, person, *arguments, **named)

        answered.rule, answered.relations = action, relations  # type: ignore[attr-defined]
        return answered

    return decorate
