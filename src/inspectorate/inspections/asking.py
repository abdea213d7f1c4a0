"""What every page of an inspection needs: who asks, the inspection if they may see it, and the frame around the page.

A view of any stage is decorated with ``@inspection_page("case_list.read")`` and gets an ``Asked``; the name of the rule
stays on the view as ``rule``, so that the test of the access matrix finds every route and every route has one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from inspectorate.inspections import queries
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.strip import later_parts, parts_of, strip_of
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import NotAllowedError, Person, may, require
from inspectorate.people.asking import ask_again, ask_again_if_grave, person_page, words_sent

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Asked:
    """One request to a page of an inspection: who asks, for which inspection, and what ties the one to the other."""

    request: HttpRequest
    person: Person
    inspection: Inspection
    relations: frozenset[str]

    @property
    def by(self) -> tuple[str, str]:
        """Who acts, as actions take it."""
        return self.person.name

    def may(self, action: str) -> bool:
        """Say whether this person may do something here."""
        return may(self.person, action, self.relations)

    def ask_again(self) -> None:
        """Have them say once more who they are before a grave act that this page offers beside others."""
        ask_again(self.request)

    def page(
        self, template: str, given: Mapping[str, Any] | None = None, *, last: str = "", status: int = 200
    ) -> HttpResponse:
        """Render a page of the inspection in its frame; ``last`` names the page in the breadcrumbs."""
        home = [{"text": "Start", "href": "/"}, {"text": "Inspections", "href": "/inspections/"}]
        own = {"text": self.inspection.title}
        trail = [*home, own | {"href": self.inspection.get_absolute_url()}, {"text": last}] if last else [*home, own]
        frame = {
            "asked": self,
            "inspection": self.inspection,
            "crumbs": trail,
            "strip": strip_of(self.inspection, self.person),
            "parts": parts_of(self.inspection, self.may, self.request.path),
            "later": later_parts(self.inspection, self.may, self.request.path),
        }
        return render(self.request, template, {**frame, **(given or {})}, status=status)

    def refused(self, error: RefusedError, *, status: int = 409) -> HttpResponse:
        """Say no on a page of its own, with the sentence, the way back, and what was written, to be copied."""
        given = {"refusal": error, "written": words_sent(self.request)}
        return self.page("inspections/refused.html", given, last="It was not done", status=status)


def inspection_page(action: str) -> Callable[[View], View]:
    """Let a view answer only those who may do ``action``, and hand it an ``Asked`` in place of the request.

    Nobody signed in: to the sign-in page, whatever the address. An inspection that the person may not see: exactly as
    one that does not exist. One that they may see, but not this page: a page that says why (403). A refusal of an
    action: a page with its sentence (409), unless the view catches it to show it beside the form.
    """

    def decorate(view: View) -> View:
        @person_page
        @wraps(view)
        def answered(request: HttpRequest, person: Person, public_id: str, **named: Any) -> HttpResponse:
            asked = _asked(request, person, public_id)
            try:
                require(person, action, asked.relations)
                ask_again_if_grave(request, action)
                response = view(asked, **named)
            except NotAllowedError as error:
                response = asked.refused(error, status=403)
            except RefusedError as error:
                response = asked.refused(error)
            add_never_cache_headers(response)
            return response

        answered.rule = action  # type: ignore[attr-defined]
        return answered

    return decorate


def _asked(request: HttpRequest, person: Person, public_id: str) -> Asked:
    found = queries.visible_to(person).select_related("body", "reinspects").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return Asked(request, person, found, queries.relations(person, found))
