"""What a person may type: the minute of publication, a reason, and what to look for among the results."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from inspectorate.publication.queries import ResultSearch

USUAL = time(9, 30)
"""The usual time of day for statistics and reports to be released."""


class MinuteForm(forms.Form):
    """Day and time of publication, by the clock in London."""

    day = forms.DateField(
        label="Day",
        help_text="For example 21 January 2027.",
        input_formats=["%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y"],
        error_messages={"required": "Give the day.", "invalid": "That is no day: write it like 21 January 2027."},
    )
    minute = forms.TimeField(
        label="Time",
        initial=f"{USUAL:%H:%M}",  # as it is typed: a time would be shown in words that are not taken back
        input_formats=["%H:%M", "%H.%M"],
        help_text="Hours and minutes, such as 09:30.",
        error_messages={"required": "Give the time.", "invalid": "That is no time: write it like 09:30."},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a minute that the clock in London does not show, or shows twice, in the nights when it is changed."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("day") and given.get("minute") and not _is_shown_once(given["day"], given["minute"]):
            self.add_error(
                "minute", "That night the clock is changed, and this minute comes twice or never: give another."
            )
        return given

    def visible_from(self) -> datetime:
        """Return the moment; call it once the form is valid."""
        day: date = self.cleaned_data["day"]
        return timezone.make_aware(datetime.combine(day, self.cleaned_data["minute"]))


def _is_shown_once(day: date, minute: time) -> bool:
    """Say whether the clock in London shows a minute of a day once, neither twice nor never."""
    first = datetime.combine(day, minute, tzinfo=timezone.get_current_timezone())
    return first.utcoffset() == first.replace(fold=1).utcoffset()


class WhyForm(forms.Form):
    """Why a release is taken back or down, or put up again."""

    why = forms.CharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say why, for whoever reads this later."},
    )


class SearchForm(forms.Form):
    """What to look for among the public results; whatever cannot be read is left out."""

    q = forms.CharField(required=False, max_length=100)
    programme = forms.SlugField(required=False, max_length=60)

    def search(self) -> ResultSearch:
        """Return the search."""
        self.is_valid()
        given: dict[str, Any] = self.cleaned_data
        return ResultSearch((given.get("q") or "").strip(), given.get("programme") or "")
