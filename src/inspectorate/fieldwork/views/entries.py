"""The door for what a script sends: entries in batches, each answered with a receipt or a refusal by name."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods

from inspectorate.fieldwork.actions import Delivery, Door, append_entries, append_entries_at
from inspectorate.fieldwork.forms import NotReadError, read_entries
from inspectorate.fieldwork.models import Assessment
from inspectorate.fieldwork.refusals import RefusedError
from inspectorate.fieldwork.views.asking import CaseAsked, case_page
from inspectorate.people.access import NotAllowedError, Person
from inspectorate.people.asking import person_page


@require_http_methods(["GET", "POST"])
@person_page
def entries_view(request: HttpRequest, person: Person, public_id: str, case: str) -> HttpResponse:
    """Store a batch. A GET gives a fresh token, for a page whose person has signed in again elsewhere.

    Most of what is sent comes from whoever has the case, and leads there straight; what does not goes the way of every
    page of a case, where it is found out why.
    """
    delivery = None
    if request.method == "POST":
        door = Door(public_id, case, request.GET.get("assessment", ""))
        with suppress(RefusedError, NotReadError):  # said below
            delivery = append_entries_at(door=door, entries=read_entries(request.body), by=person)
    return _by_pages(request, public_id=public_id, case=case) if delivery is None else _told(delivery)


@case_page("assessment.write", reads=False)
def _by_pages(asked: CaseAsked) -> HttpResponse:
    if asked.asked.request.method == "GET":
        return JsonResponse({"token": get_token(asked.asked.request)})
    named = asked.asked.request.GET.get("assessment", "")
    assessment = Assessment.objects.filter(case=asked.case, public_id=named).first()
    if assessment is None:
        return _no(
            "not-there", "This assessment is not there any more: copy what is unsent, and open the case again.", 410
        )
    try:
        delivery = append_entries(
            assessment=assessment, entries=read_entries(asked.asked.request.body), by=asked.asked.person
        )
    except NotAllowedError as error:
        return _no(error.code, error.sentence, 403)
    except RefusedError as error:
        return _no(error.code, error.sentence, 409)
    except NotReadError as error:
        return _no("not-read", str(error), 400)
    return _told(delivery)


entries_view.rule = "assessment.write"  # type: ignore[attr-defined]


def _told(delivery: Delivery) -> JsonResponse:
    return JsonResponse(
        {
            "receipts": [{"id": one.id, "sequence": one.sequence, "hash": one.hash} for one in delivery.receipts],
            "refused": [{"id": one.id, "code": one.code, "sentence": one.sentence} for one in delivery.refused],
            "conflicts": [f"{part}:{question}" for question, part in delivery.conflicts],
        }
    )


def _no(code: str, sentence: str, status: int) -> JsonResponse:
    refusal: dict[str, Any] = {"code": code, "sentence": sentence}
    return JsonResponse(refusal, status=status)
