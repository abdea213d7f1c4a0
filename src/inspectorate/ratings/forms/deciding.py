"""The forms on which people rate, propose a move, decide on one, and give a reason."""

from typing import Any

from django import forms

from inspectorate.methodology.bands import Bands, Level
from inspectorate.ui.words import in_language


def _reason(label: str, missing: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": missing, "max_length": "Keep it under 5,000 characters."},
    )


class Judge(forms.Form):
    """A rating of a standard by judgement, with the reasons."""

    rating = forms.ChoiceField(
        label="Rating",
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose one of the ratings."},
    )
    reason = _reason("Reasons", "Write the reasons for this rating.", "They are printed with the rating.")

    def __init__(self, data: Any = None, *, bands: Bands, rated: bool, **given: Any) -> None:
        super().__init__(data, **given)
        choices = [(level.code, in_language(level.title)) for level in reversed(bands.levels)]
        self.fields["rating"].choices = [*choices, *([("", "No rating: take back the one given")] if rated else [])]
        self.rated = rated

    def clean_rating(self) -> str:
        """Ask for a rating where there is none to take back."""
        rating: str = self.cleaned_data["rating"]
        if not rating and not (self.rated and "rating" in self.data):
            raise forms.ValidationError("Choose a rating.")
        return rating


class Propose(forms.Form):
    """To which rating the panel is to move one, and why."""

    to = forms.ChoiceField(
        label="Move it to",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the rating to which it is moved.", "invalid_choice": "Choose a rating."},
    )
    reason = _reason(
        "Reasons", "Write why the panel should move it.", "A second person reads them and decides. They are published."
    )

    def __init__(self, data: Any = None, *, levels: list[Level], **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["to"].choices = [(level.code, in_language(level.title)) for level in reversed(levels)]


class Decide(forms.Form):
    """Whether a move is confirmed or declined, and why."""

    verdict = forms.ChoiceField(
        label="Decision",
        widget=forms.RadioSelect,
        choices=[("confirmed", "Confirm the move"), ("declined", "Decline it: the result of the rule stands")],
        error_messages={
            "required": "Choose whether to confirm or to decline.",
            "invalid_choice": "Choose one of them.",
        },
    )
    reason = _reason("Reasons", "Write why you confirm or decline it.")


class Reason(forms.Form):
    """Why something is taken back or reopened."""

    reason = _reason("Reason", "Write why, for whoever reads this later.")
