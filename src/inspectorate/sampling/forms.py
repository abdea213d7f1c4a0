"""The forms on which a list is handed in and a sample is drawn, extended or changed."""

from typing import Any

from django import forms

from inspectorate.sampling.intake import MOST_BYTES
from inspectorate.sampling.listed import File
from inspectorate.sampling.refusals import LONGEST_REASON
from inspectorate.ui.uploads.scanning import ScannedFileField

MOST = f"{MOST_BYTES // 2**20} MB"
LONGEST_NAME = 179
ADD, WHOLE = "add", "whole"
UNSEEN = "unseen"
"""How no list ever stands: a form that does not say what was looked at replaces nothing."""


def _reason(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write the reason: whoever reads the record later will ask."},
    )


class UploadList(forms.Form):
    """A file with cases, and whether it adds to the list or takes the place of all that is on it."""

    file = ScannedFileField(
        label="Case list",
        max_length=LONGEST_NAME,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
        help_text=f"CSV, XLSX or ODS, one case a row, the heads in the first row. At most {MOST}.",
        error_messages={
            "required": "Choose the file with the case list.",
            "empty": "The file is empty: put the heads in the first row and one case in each row below.",
            "max_length": "The name of the file is too long: give it fewer than 180 characters.",
        },
    )
    how = forms.ChoiceField(
        label="What is on the list already",
        choices=[
            (ADD, "Keep it, and add the cases of this file"),
            (WHOLE, "Replace the whole list by this file"),
        ],
        initial=ADD,
        widget=forms.RadioSelect,
        required=False,
    )
    sure = forms.BooleanField(label="Yes, take every case off the list that is not in this file", required=False)

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, listed: int = 0) -> None:
        super().__init__(data, files)
        self.listed = listed
        if not listed:
            del self.fields["how"], self.fields["sure"], self.fields["seen"]

    def clean(self) -> dict[str, Any]:
        """Ask for a second tick before a whole list is replaced."""
        given = super().clean() or {}
        if given.get("how") == WHOLE and not given.get("sure"):
            self.add_error("sure", f"Tick this to replace the {self.listed} cases that are on the list now.")
        return given

    def handed_in(self) -> File:
        """Return the file; call it once the form is valid."""
        uploaded = self.cleaned_data["file"]
        return File(uploaded.name or "file", uploaded.read())

    @property
    def instead_of(self) -> str:
        """How the list stood on the page, where the file is to take the place of all that is on it."""
        seen = str(self.cleaned_data.get("seen") or UNSEEN)
        return seen if self.cleaned_data.get("how") == WHOLE else ""


class GiveReason(forms.Form):
    """Why something is done."""

    why = _reason("Why")

    def __init__(self, data: Any = None, *, label: str = "Why", hint: str = "") -> None:
        super().__init__(data)
        self.fields["why"].label, self.fields["why"].help_text = label, hint


class DrawSample(forms.Form):
    """How many cases are drawn; another number than the one worked out takes a reason."""

    size = forms.IntegerField(
        label="Cases to draw",
        error_messages={"required": "Give a number of cases.", "invalid": "Give a whole number."},
    )
    why = forms.CharField(
        label="Why another number",
        required=False,
        max_length=LONGEST_REASON,
        help_text="Only where you draw another number than the one worked out.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ReplaceCase(forms.Form):
    """Why a case leaves the sample: a reason of the edition, or another that takes two people."""

    reason = forms.ChoiceField(
        label="Reason",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason.", "invalid_choice": "Choose one of the reasons."},
    )
    why = forms.CharField(
        label="In your own words",
        required=False,
        max_length=LONGEST_REASON,
        help_text="Needed where a second person has to agree. No names.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, reasons: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["reason"].choices = reasons


class ExtendSample(forms.Form):
    """How many more cases, and why."""

    cases = forms.IntegerField(
        label="How many more cases",
        error_messages={"required": "Give a number of cases.", "invalid": "Give a whole number."},
    )
    why = _reason("Why")


class CaseSearch(forms.Form):
    """What narrows the rows of a list."""

    q = forms.CharField(required=False, max_length=100)
    stratum = forms.CharField(required=False, max_length=100)
    provider = forms.CharField(required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1)
