"""The forms on which a file is handed in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from inspectorate.methodology.editions import Edition
from inspectorate.methodology.plans import Step
from inspectorate.ratings.downloads import MOST_CASES as MOST_SHEET_ROWS
from inspectorate.ratings.intake import MOST_BYTES, File, HandedIn
from inspectorate.ui.uploads.scanning import ScannedFileField
from inspectorate.ui.words import in_language

MOST = f"{MOST_BYTES // 2**20} MB"
TAKEN = ".csv,.xlsx"
LONGEST_NAME = 179


class ChooseEdition(forms.Form):
    """Which edition the judgements were made under."""

    edition = forms.ChoiceField(
        label="Which edition were the judgements made under?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an edition.", "invalid_choice": "Choose one of the editions."},
    )

    def __init__(self, data: Any = None, *, editions: list[Edition]) -> None:
        super().__init__(data)
        self.fields["edition"].choices = [(edition.code, in_language(edition.title)) for edition in editions]


class SheetAsked(forms.Form):
    """For which kind of case a sheet to fill in is, and how many rows it has."""

    kind = forms.ChoiceField(label="Kind of case")
    cases = forms.IntegerField(label="Number of cases", min_value=1, max_value=MOST_SHEET_ROWS)

    def __init__(self, data: Any = None, *, edition: Edition) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [(kind.code, in_language(kind.title)) for kind in edition.form.kinds]


class HandIn(forms.Form):
    """The files to score, and a rating with its reason for every standard that people rate without cases."""

    title = forms.CharField(
        label="What is it?",
        required=False,
        max_length=120,
        help_text="A title for the page and the downloads, such as the service and the month. Optional.",
    )
    answers = ScannedFileField(
        label="Judgements",
        max_length=LONGEST_NAME,
        widget=forms.ClearableFileInput(attrs={"accept": TAKEN}),
        help_text=(
            "CSV or XLSX: one answer a row, with the heads case, question and judgement; or the sheet to fill in, with "
            f"one case a row. At most {MOST}."
        ),
        error_messages={
            "required": "Choose the file of judgements.",
            "empty": "The file of judgements is empty: put the heads in the first row and the answers below.",
            "max_length": "The name of the file of judgements is too long: give it fewer than 180 characters.",
        },
    )
    case_list = ScannedFileField(
        label="Case list (optional)",
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.ClearableFileInput(attrs={"accept": TAKEN}),
        help_text=(
            "Every case that the sample was drawn from, one a row: case, kind, stratum, and any columns to break down "
            "by. With it the intervals speak of this caseload."
        ),
        error_messages={
            "empty": "The case list is empty: put the heads in the first row and every case below, or leave it out.",
            "max_length": "The name of the case list is too long: give it fewer than 180 characters.",
        },
    )
    invented = forms.BooleanField(
        label="These judgements are invented, for practice: mark every page and file so", required=False
    )

    def __init__(self, data: Any = None, files: Any = None, *, edition: Edition, initial: Any = None) -> None:
        super().__init__(data, files, initial=initial)
        self.edition = edition
        self.by_people = edition.plan.by_people()
        for place, step in enumerate(self.by_people):
            self.fields[f"rating-{place}"] = _rating(step)
            self.fields[f"reason-{place}"] = forms.CharField(
                label=f"Reason for {step.code}" if step.code[0].isdigit() else "Reason", required=False, max_length=2000
            )

    @property
    def ratings(self) -> list[dict[str, Any]]:
        """The pairs of rating and reason, in the order of the edition."""
        return [
            {"rating": self[f"rating-{place}"], "reason": self[f"reason-{place}"]}
            for place in range(len(self.by_people))
        ]

    def handed_in(self) -> HandedIn:
        """Return what was handed in; call it once the form is valid."""
        given = self.cleaned_data
        answers, listing = _file(given["answers"]), _file(given["case_list"])
        if answers and listing and answers.name == listing.name:
            listing = File(f"{listing.name} (case list)", listing.content)
        return HandedIn(
            edition=self.edition.code,
            answers=answers or File("", b""),
            case_list=listing,
            judgements=self._judgements(),
            title=given["title"].strip(),
            invented=given["invented"],
        )

    def _judgements(self) -> dict[str, dict[str, str]]:
        found = {}
        for place, step in enumerate(self.by_people):
            rating = self.cleaned_data[f"rating-{place}"]
            if rating:
                found[step.code] = {"rating": rating, "reason": self.cleaned_data[f"reason-{place}"].strip()}
        return found


def chosen_before(edition: Edition, choices: dict[str, Any]) -> dict[str, Any]:
    """Return the initial values of the form from what a person had chosen when their files were refused."""
    initial = {"title": choices.get("title", ""), "invented": choices.get("invented", False)}
    for place, step in enumerate(edition.plan.by_people()):
        given = choices.get("judgements", {}).get(step.code, {})
        initial |= {f"rating-{place}": given.get("rating", ""), f"reason-{place}": given.get("reason", "")}
    return initial


def _rating(step: Step) -> forms.ChoiceField:
    levels = step.bands.levels if step.bands else ()
    choices = [("", "Not rated"), *((level.title.en, in_language(level.title)) for level in reversed(levels))]
    return forms.ChoiceField(label=_named(step), choices=choices, required=False)


def _named(step: Step) -> str:
    return f"{step.code} {step.title.en}" if step.code[0].isdigit() else step.title.en


def _file(uploaded: UploadedFile | None) -> File | None:
    return File(uploaded.name or "file", uploaded.read()) if uploaded else None
