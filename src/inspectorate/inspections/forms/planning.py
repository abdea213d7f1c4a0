"""Forms of the team, the week, single dates, and of setting aside."""

from collections.abc import Sequence
from typing import Any

from django import forms

from inspectorate.methodology.timetable import MOST_WEEKS

LONGEST_REASON = 300
GONE = "This person can no longer be chosen: look at the team as it is now."


def _reason(label: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the record. Write no name of a person under supervision.",
        error_messages={"required": "Write why, for whoever reads this later."},
    )


class ReasonForm(forms.Form):
    """A reason, and a tick that it is meant."""

    why = _reason("Why")
    sure = forms.BooleanField(
        label="I have read what happens and want to do it",
        error_messages={"required": "Tick that you have read what happens."},
    )


class EndForm(forms.Form):
    """Why somebody's part in the team ends."""

    why = _reason("Why their part ends")


class WeekForm(forms.Form):
    """The Monday and the length of the fieldwork; after the announcement with the reason of the change."""

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
    why = _reason("Why it changes", required=False)

    def __init__(self, *given: Any, announced: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if not announced:
            del self.fields["why"]


class MoveForm(forms.Form):
    """The day to which a date moves, and why."""

    on = forms.DateField(
        label="New day",
        error_messages={"required": "Give the new day.", "invalid": "Give a day, such as 2 March 2026."},
    )
    why = _reason("Why it moves")


class JoinForm(forms.Form):
    """Who joins the team."""

    person = forms.ChoiceField(label="Person", error_messages={"required": "Choose who joins.", "invalid_choice": GONE})

    def __init__(self, *given: Any, people: Sequence[tuple[str, Any]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["person"].choices = [("", "Choose a person"), *people]  # type: ignore[attr-defined]


class LeadForm(forms.Form):
    """Who leads from now on, why, and whether the lead until now stays."""

    person = forms.ChoiceField(
        label="New lead inspector", error_messages={"required": "Choose who leads.", "invalid_choice": GONE}
    )
    why = _reason("Why the lead changes")
    stays = forms.BooleanField(label="The lead until now stays in the team as an inspector", required=False)

    def __init__(self, *given: Any, people: Sequence[tuple[str, Any]], has_lead: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["person"].choices = [("", "Choose a person"), *people]  # type: ignore[attr-defined]
        if not has_lead:
            del self.fields["stays"]
