"""Reading why an assessment is returned."""

from collections.abc import Sequence
from typing import Any

from django import forms

LONGEST_REASON = 4000


class ReturnAssessment(forms.Form):
    """The reason, and the line of guidance it rests on where a question is named."""

    reason = forms.CharField(
        label="What has to be looked at again, and why",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write the reason: the assessor reads it at the top of the form."},
    )
    guidance = forms.ChoiceField(
        label="The line of guidance it rests on", required=False, widget=forms.RadioSelect, initial=""
    )

    def __init__(self, data: Any = None, *, lines: Sequence[str] = ()) -> None:
        super().__init__(data)
        if lines:
            choices = [("", "None of these"), *((line, line) for line in lines)]
            self.fields["guidance"].choices = choices  # type: ignore[attr-defined] - it is a choice field
        else:
            del self.fields["guidance"]
