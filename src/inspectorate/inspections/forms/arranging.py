"""Arranging an inspection: what and whom, then when and how. Both stand in the address until it is arranged."""

from collections.abc import Sequence
from typing import Any

from django import forms

from inspectorate.inspections.actions import NewInspection, NewModule
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.timetable import MOST_WEEKS, suggested_weeks
from inspectorate.register.models import Body, Nation
from inspectorate.ui.words import in_language

BODY, AREA = "body", "area"
Choices = list[tuple[str, list[tuple[str, str]]]]


class WhomForm(forms.Form):
    """The edition, and whom the inspection visits: one body, or an area with several providers."""

    edition = forms.ChoiceField(label="What it is judged by", error_messages={"required": "Choose an edition."})
    visits = forms.ChoiceField(
        label="What it visits",
        choices=[(BODY, "One body"), (AREA, "An area in which several providers work")],
        widget=forms.RadioSelect,
        initial=BODY,
        error_messages={"required": "Choose whether it visits a body or an area."},
    )
    q = forms.CharField(
        label="Find the body by its name",
        required=False,
        max_length=100,
        help_text="Part of the name is enough; leave it empty to see every body.",
    )
    body = forms.ChoiceField(label="Body", required=False, help_text="For an inspection of one body.")
    area = forms.CharField(
        label="Area", required=False, max_length=200, help_text="For an inspection of an area: its name."
    )

    def __init__(self, *given: Any, editions: Choices, bodies: Choices, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["edition"].choices = [("", "Choose an edition"), *editions]  # type: ignore[attr-defined]
        self.fields["body"].choices = [("", "Choose a body"), *bodies]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Keep the one of body and area that was chosen, and ask for it where it is missing."""
        asked = self.cleaned_data
        visits = asked.get("visits")
        if visits == BODY and not asked.get("body") and "body" not in self.errors:
            self.add_error("body", "Choose the body that is visited.")
        if visits == AREA and not asked.get("area", "").strip():
            self.add_error("area", "Give the name of the area.")
        return (
            asked | {"body": asked.get("body", "") if visits == BODY else ""} | ({"area": ""} if visits == BODY else {})
        )


def narrowed(bodies: Choices, words: str, chosen: str) -> Choices:
    """Return the bodies whose name or kind has every word, and the one that was chosen already."""
    wanted = words.casefold().split()
    fit = [
        (title, [(key, text) for key, text in group if key == chosen or _has(f"{text} {title}", wanted)])
        for title, group in bodies
    ]
    return [(title, group) for title, group in fit if group]


def _has(text: str, wanted: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)


class DetailsForm(forms.Form):
    """When, for how long, where, with which focus and modules, and whose work is seen."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Give the title that people will know it by."}
    )
    nation = forms.ChoiceField(
        label="Nation",
        choices=[(Nation.ENGLAND, Nation.ENGLAND.label), (Nation.WALES, Nation.WALES.label)],
        widget=forms.RadioSelect,
        help_text="Bank holidays and partners follow it.",
    )
    caseload = forms.IntegerField(
        label="Cases expected on the list",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="If you know it roughly. The weeks of fieldwork are suggested by it.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    monday = forms.DateField(
        label="Monday of the first fieldwork week",
        error_messages={
            "required": "Give the Monday on which fieldwork begins.",
            "invalid": "Give a day, such as 2 March 2026.",
        },
    )
    weeks = forms.TypedChoiceField(
        label="Weeks of fieldwork",
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_WEEKS + 1)],
        widget=forms.RadioSelect,
    )
    focus = forms.ChoiceField(label="Focus", required=False)
    providers = forms.MultipleChoiceField(
        label="Providers whose work is seen", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *given: Any, edition: Edition, bodies: Choices, area: str = "", **named: Any) -> None:
        super().__init__(*given, **named)
        self.edition, self.area = edition, area
        focuses = [in_language(focus["title"], "en") for focus in edition.about.get("focuses", ())]
        if focuses:
            self.fields["focus"].choices = [("", "None in particular"), *((one, one) for one in focuses)]  # type: ignore[attr-defined]
        else:
            del self.fields["focus"]
        self.groups = bodies
        self.fields["providers"].choices = [one for _, group in bodies for one in group]  # type: ignore[attr-defined]
        for module in self.optional:
            self._add_module(module)

    @property
    def optional(self) -> list[dict[str, Any]]:
        """The modules that one may choose."""
        return [module for module in self.edition.about["modules"] if module["optional"]]

    def _add_module(self, module: dict[str, Any]) -> None:
        note = in_language(module.get("note") or {}, "en")
        self.fields[f"module_{module['code']}"] = forms.BooleanField(
            label=f"With the module: {in_language(module['title'], 'en')}", required=False, help_text=note
        )
        self.fields[f"reason_{module['code']}"] = forms.CharField(
            label=f"Why {in_language(module['title'], 'en')}",
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def clean_monday(self) -> Any:
        """Refuse a day that is no Monday beside its field; the action refuses it too."""
        monday = self.cleaned_data["monday"]
        if monday.isoweekday() != 1:
            raise forms.ValidationError("A fieldwork week begins on a Monday: give the day of that Monday.")
        return monday

    def clean(self) -> dict[str, Any]:
        """Ask for providers in an area, and for the reason of each module that was chosen."""
        asked = self.cleaned_data
        if self.area and not asked.get("providers"):
            self.add_error("providers", "Choose the providers whose work is seen in the area.")
        for module in self.optional:
            if asked.get(f"module_{module['code']}") and not asked.get(f"reason_{module['code']}", "").strip():
                self.add_error(f"reason_{module['code']}", "Write why this inspection has the module.")
        return asked

    def modules(self) -> Sequence[NewModule]:
        """Return the modules of the inspection: those that every one has, and those chosen with their reasons."""
        asked = self.cleaned_data
        chosen = [
            module
            for module in self.edition.about["modules"]
            if not module["optional"] or asked.get(f"module_{module['code']}")
        ]
        return [
            NewModule(
                self.edition.code,
                module["code"],
                module["led_by"] or "",
                asked.get(f"reason_{module['code']}", "") if module["optional"] else "",
            )
            for module in chosen
        ]

    def new_inspection(self, body: Body | None, *, parent: Inspection | None, sent_id: str) -> NewInspection:
        """Return the inspection that is to be arranged."""
        asked = self.cleaned_data
        providers = list(Body.objects.filter(public_id__in=asked.get("providers", ())).order_by("name"))
        return NewInspection(
            title=asked["title"],
            modules=self.modules(),
            body=body,
            area=self.area,
            providers=providers,
            parent=parent,
            focus=asked.get("focus", ""),
            nation=asked["nation"],
            fieldwork_on=asked["monday"],
            fieldwork_weeks=asked["weeks"],
            invented=body.invented if body else any(provider.invented for provider in providers),
            sent_id=sent_id,
        )

    def suggestion(self) -> tuple[int, str]:
        """Return how many weeks are suggested for the caseload that was given, and why."""
        raw = self.data.get("caseload", "") if self.is_bound else ""
        caseload = int(raw) if raw.isdecimal() and 0 < int(raw) <= 1_000_000 else None
        found = suggested_weeks(self.edition.timetable, self.edition.sampling, caseload)
        return found.weeks, found.why
