"""What every page of one case needs: who asks, the case if they may know of it, and what ties the one to the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from inspectorate.fieldwork.actions import note_reading
from inspectorate.fieldwork.queries import relations_to_case, visible_cases
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.people.access import may, require
from inspectorate.sampling.models import Case

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class CaseAsked:
    """One request to a page of a case."""

    asked: Asked
    case: Case
    relations: frozenset[str]

    def may(self, action: str) -> bool:
        """Say whether this person may do something with this case."""
        return may(self.asked.person, action, self.relations)

    def href(self, page: str = "case") -> str:
        """Return the address of a page of this case."""
        return reverse(f"fieldwork:{page}", args=[self.asked.inspection.public_id, self.case.public_id])

    def page(self, template: str, given: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
        """Render a page of the case in the frame of its inspection."""
        about = {
            "case": self.case,
            "case_href": self.href(),
            "cases_href": reverse("fieldwork:cases", args=[self.asked.inspection.public_id]),
        }
        last = f"Case {self.case.reference}"
        return self.asked.page(template, {**about, **(given or {})}, last=last, status=status)


def case_page(action: str, *, reads: bool = True) -> Callable[[View], View]:
    """Let a view answer only those who may do ``action`` with the case, and hand it a ``CaseAsked``.

    A case that the person may not know of, as where they have an interest in it: exactly as one that does not exist.
    Every page that comes of it is written down as a reading of the case; not so where ``reads`` is false, for a door
    that takes in and shows nothing.
    """

    def decorate(view: View) -> View:
        @inspection_page("inspection.read")
        @wraps(view)
        def answered(asked: Asked, case: str, **named: Any) -> HttpResponse:
            if not asked.may("assessment.list"):
                require(asked.person, "assessment.list", asked.relations)
            found = visible_cases(asked.person, asked.inspection).filter(public_id=case).first()
            if found is None:
                raise Http404
            found.case_list.inspection = asked.inspection
            ties = relations_to_case(asked.person, found, asked.relations)
            require(asked.person, action, ties)
            response = view(CaseAsked(asked, found, ties), **named)
            if reads and not 300 <= response.status_code < 400:
                note_reading(case=found, relations=ties, by=asked.person)
            return response

        answered.rule = action  # type: ignore[attr-defined]
        return answered

    return decorate
