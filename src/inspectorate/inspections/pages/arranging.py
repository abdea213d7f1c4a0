"""What the page on which an inspection is arranged asks for and shows."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from inspectorate.inspections.actions import NewInspection
from inspectorate.inspections.asking import Asked
from inspectorate.inspections.dates import dates_for, read, refuse_week, reinspection_monday
from inspectorate.inspections.forms import DetailsForm, WhomForm
from inspectorate.inspections.forms.arranging import AREA, narrowed
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.pages import dates as shown_dates
from inspectorate.inspections.pages.listing import edition_title
from inspectorate.inspections.queries import may_in, newest_edition, visible_to
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import Person
from inspectorate.record.ids import new_public_id
from inspectorate.register.models import Body, BodyKind, Nation
from inspectorate.register.queries import barred_bodies
from inspectorate.standards.queries import shelf
from inspectorate.ui.words import in_language, written_date

Choices = list[tuple[str, list[tuple[str, str]]]]


def edition_choices() -> Choices:
    """Return the editions by programme, the newest first; a draft says so and is there to be tried."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code in sorted(shelf.codes(), key=lambda code: (code.split("/")[0], -int(code.split("/")[1]))):
        edition = shelf.held(code).edition
        state = "" if edition.status == "adopted" else f" ({edition.status})"
        groups[code.split("/")[0]].append((code, f"{edition_title(code)}{state}"))
    named = [(in_language(shelf.held(group[0][0]).edition.title), group) for group in groups.values()]
    return sorted(named, key=lambda pair: pair[0])


def body_choices(person: Person) -> Choices:
    """Return the bodies that live today, by kind, without those in which the person has an interest."""
    today = timezone.localdate()
    living = Body.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today))
    fit = living.exclude(public_id__in=barred_bodies(person)).order_by("name")
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for body in fit:
        groups[body.kind].append((body.public_id, f"{body.name}{' (invented)' if body.invented else ''}"))
    return [(str(kind.label), groups[kind.value]) for kind in BodyKind if groups[kind.value]]


def asked_of(request: HttpRequest, person: Person) -> "Arranging":
    """Return what was asked for so far: in the address, or, for the deed itself, in the form that was sent."""
    given = request.POST if request.method == "POST" else request.GET
    return Arranging(given, person, sending=request.method == "POST")


@dataclass
class Arranging:
    """One inspection on the way to being arranged."""

    given: QueryDict
    person: Person
    sending: bool
    bodies: Choices = field(init=False)

    def __post_init__(self) -> None:
        self.bodies = body_choices(self.person)

    @cached_property
    def whom(self) -> WhomForm:
        """The first step; bound once an edition is named."""
        bodies = narrowed(self.bodies, self.words, self.given.get("body", ""))
        if self.finding or "edition" not in self.given:
            typed = {name: self.given[name] for name in WhomForm.base_fields if name in self.given}
            return WhomForm(editions=edition_choices(), bodies=bodies, initial=typed)
        return WhomForm(self.given, editions=edition_choices(), bodies=bodies)

    @property
    def words(self) -> str:
        """The words by which a body is looked for."""
        return str(self.given.get("q", "")).strip()[:100]

    @property
    def finding(self) -> bool:
        """Whether a body is being looked for; the same key leads on where there is nothing to look for."""
        return "find" in self.given and bool(self.words) and self.given.get("visits") != AREA

    def _found(self) -> str:
        """Say how many bodies fit what is looked for; nothing where nothing is."""
        if not self.words:
            return ""
        number = sum(len(group) for _, group in narrowed(self.bodies, self.words, ""))
        of = sum(len(group) for _, group in self.bodies)
        if not number:
            return f"No body has “{self.words}” in its name: try a part of it."
        return f"{number} of {of} bodies {'fits' if number == 1 else 'fit'} “{self.words}”: choose below."

    @cached_property
    def settled(self) -> bool:
        """Whether the first step is done, and not to be changed."""
        return self.whom.is_bound and self.whom.is_valid() and "change" not in self.given

    @cached_property
    def body(self) -> Body | None:
        """The body that is visited; None for an area."""
        return Body.objects.filter(public_id=self.whom.cleaned_data["body"]).first() if self.settled else None

    @cached_property
    def parent(self) -> Inspection | None:
        """The inspection of which this will be a part, where one is named that the person may plan."""
        wanted = self.given.get("parent", "")
        found = visible_to(self.person).filter(public_id=wanted).first() if wanted else None
        return found if found and may_in(self.person, "inspection.plan", found) else None

    @cached_property
    def details(self) -> DetailsForm:
        """The second step; bound once it was sent."""
        edition = shelf.held(self.whom.cleaned_data["edition"]).edition
        bound = self.given if self.sending or "show" in self.given else None
        area = self.whom.cleaned_data["area"].strip()
        return DetailsForm(bound, edition=edition, bodies=self.bodies, area=area, initial=self._initial())

    def _initial(self) -> dict[str, Any]:
        today = timezone.localdate()
        name = self.body.full_name if self.body else self.whom.cleaned_data["area"].strip()
        nation = self.body.nation if self.body else ""
        edition = shelf.held(self.whom.cleaned_data["edition"]).edition
        earliest = today + timedelta(7 * (_notice(edition.timetable) + 1))
        return {
            "title": f"{name} {earliest.year}"[:200],
            "nation": nation if nation in (Nation.ENGLAND, Nation.WALES) else Nation.ENGLAND,
            "weeks": 0,
        }

    @cached_property
    def there(self) -> Inspection | None:
        """What was arranged from this very form already: the back button leads here, and a second press."""
        sent = self.given.get("sent_id", "")[:32]
        return visible_to(self.person).filter(sent_id=sent).first() if sent else None

    @cached_property
    def sent_id(self) -> str:
        """The id of this form: made when it is first shown, and in the address from then on."""
        given = self.given.get("sent_id", "")[:32]
        return given if given and not self.there else new_public_id()

    @cached_property
    def ready(self) -> bool:
        """Whether all is given that an inspection needs."""
        return self.settled and self.details.is_bound and self.details.is_valid()

    def new_inspection(self) -> NewInspection:
        """Return the inspection that would be arranged."""
        return self.details.new_inspection(self.body, parent=self.parent, sent_id=self.given.get("sent_id", "")[:32])

    def page(self, *, refusal: RefusedError | None = None) -> dict[str, Any]:
        """Return what the template needs at this step."""
        home = [{"text": "Start", "href": "/"}, {"text": "Inspections", "href": "/inspections/"}]
        shown: dict[str, Any] = {
            "crumbs": [*home, {"text": "Arrange an inspection"}],
            "whom": self.whom,
            "settled": self.settled,
            "refusal": refusal,
            "parent": self.parent,
            "barred": bool(barred_bodies(self.person)),
            "found": "" if self.settled else self._found(),
        }
        if not self.settled:
            return shown
        shown |= self._details_page()
        return shown | self._preview(shown["details"]) if self.ready and not refusal else shown

    def _details_page(self) -> dict[str, Any]:
        weeks, why = self.details.suggestion()
        self.details.initial["weeks"] = weeks
        asked = self.whom.cleaned_data
        chosen = {name: asked[name] for name in ("edition", "visits", "body", "area") if asked.get(name)}
        chosen |= {"parent": self.parent.public_id} if self.parent else {}
        ticked = set(self.details["providers"].value() or ())
        return {
            "details": self.details,
            "sent_id": self.sent_id,
            "there": self.there,
            "chosen": list(chosen.items()),
            "facts": [
                {"key": "Judged by", "value": edition_title(asked["edition"])},
                {"key": "Body" if self.body else "Area", "value": self.body.full_name if self.body else asked["area"]},
                *([{"key": "Part of", "value": self.parent.title}] if self.parent else []),
            ],
            "change": f"?{urlencode({**chosen, 'change': 'whom'})}",
            "suggested": {"weeks": weeks, "why": why},
            "notice": _notice(self.details.edition.timetable),
            "optional": [
                (self.details[f"module_{module['code']}"], self.details[f"reason_{module['code']}"])
                for module in self.details.optional
            ],
            "providers": [
                {
                    "title": title,
                    "open": any(key in ticked for key, _ in group),
                    "options": [{"value": key, "text": text, "selected": key in ticked} for key, text in group],
                }
                for title, group in self.bodies
            ],
        }

    def _preview(self, details: DetailsForm) -> dict[str, Any]:
        """Return every date before anything is done; where the week cannot be, why."""
        asked = details.cleaned_data
        try:
            refuse_week(asked["monday"], asked["weeks"], free=self.new_inspection().invented)
        except RefusedError as error:
            return {"refusal": error}
        planned = Inspection(fieldwork_on=asked["monday"], fieldwork_weeks=asked["weeks"], nation=asked["nation"])
        dates = read(dates_for(planned, [details.edition]))
        sent = [(name, value) for name, values in self.given.lists() for value in values]
        kept = [pair for pair in sent if pair[0] not in ("csrfmiddlewaretoken", "sent_id", "show")]
        today = timezone.localdate()
        return {
            "preview": shown_dates.table(dates),
            "gone": [in_language(one.title) for one in dates if one.until < today],
            "kept": kept,
            "why_weeks": details.suggestion()[1],
        }


def _notice(timetable: Any) -> int:
    """Return how many weeks before the fieldwork an edition announces; 0 where it does not say."""
    weeks = [-int(event["weeks"]) for event in timetable if event["code"] == "announcement" and "weeks" in event]
    return weeks[0] if weeks else 0


def reinspection(asked: Asked) -> dict[str, Any]:
    """Return what the reinspection of an inspection would be."""
    inspection = asked.inspection
    now = inspection.modules.order_by("pk").values_list("edition", flat=True)[0]
    monday = reinspection_monday(inspection)
    week = written_date(monday) if monday else "not set: a year after publication has passed, or is not known"
    return {
        "facts": [
            {"key": "Title", "value": f"Reinspection of {inspection.title}"},
            {"key": "Judged by", "value": edition_title(newest_edition(now)), "note": f"first: {edition_title(now)}"},
            {"key": "Body or area", "value": inspection.body.full_name if inspection.body else inspection.area},
            {"key": "Fieldwork", "value": week},
        ]
    }
