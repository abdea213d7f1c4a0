"""What the views of lists and samples share: the kind of case asked for, and addresses."""

from django.http import Http404
from django.urls import reverse

from inspectorate.inspections.asking import Asked
from inspectorate.people.actions import note_readings
from inspectorate.people.models import Reading
from inspectorate.people.queries import because_of
from inspectorate.sampling.models import CaseList
from inspectorate.sampling.plans import Planned, kind_of
from inspectorate.sampling.queries import current_list
from inspectorate.ui.words import in_language


def planned_or_404(asked: Asked, kind: str) -> Planned:
    """Return the kind of case that an address names; one that the inspection does not have is not there."""
    planned = kind_of(asked.inspection, kind)
    if planned is None:
        raise Http404
    return planned


def list_or_404(asked: Asked, kind: str) -> CaseList:
    """Return the list of a kind; nothing is there before anything was handed in."""
    case_list = current_list(asked.inspection, kind)
    if case_list is None:
        raise Http404
    return case_list


def note_list(asked: Asked, case_list: CaseList | None, way: str) -> None:
    """Write down that a person was shown a list of cases; not so the page of its list to the body that handed it in."""
    if case_list is not None and not (asked.person.is_contact and way == Reading.Way.LIST):
        because = because_of(asked.person, asked.relations)
        subjects = [("case_list", case_list.public_id)]
        note_readings(
            subjects=subjects, inspection=asked.inspection.public_id, way=way, because=because, by=asked.person
        )


def address(name: str, asked: Asked, kind: str = "", *more: str) -> str:
    """Return the address of a page of this inspection."""
    return reverse(f"sampling:{name}", args=[asked.inspection.public_id, *([kind] if kind else []), *more])


def title_of(planned: Planned) -> str:
    """Return what a kind of case is called."""
    return str(in_language(planned.kind.title))


def of_kind(planned: Planned) -> str:
    """Return what stands behind a heading: the kind of case, where the inspection has several."""
    return "" if planned.alone else f": {title_of(planned)}"
