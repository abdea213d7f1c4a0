"""The forms on which evidence is written, marked and answered; what is required is said by the actions."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from inspectorate.inspections.actions import Written
from inspectorate.inspections.evidence.files import ACCEPT, MOST_AT_ONCE, MOST_OF_AN_INSPECTION, TAKEN, read_files
from inspectorate.inspections.evidence.standards import Asked
from inspectorate.inspections.evidence.standing import Said
from inspectorate.inspections.models import Mark
from inspectorate.inspections.models.evidence import MOST_BYTES
from inspectorate.ui.words import in_language

MARKS = (
    ("seen", "Seen: I have read it, and say nothing more"),
    ("agreed", "Agreed: it stands for what we find"),
    ("challenged", "Challenged: something is missing, or speaks against it"),
)


class SeveralFiles(forms.ClearableFileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class WriteEvidence(forms.Form):
    """Evidence for one standard, with how the body rates its own work and why."""

    text = forms.CharField(
        label="Evidence",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="What shows how well you do at this standard, and where it can be seen. No names of people under "
        "supervision.",
    )
    files = forms.FileField(
        label="Add files",
        required=False,
        widget=SeveralFiles(attrs={"accept": ACCEPT, "multiple": True}),
        help_text=f"{TAKEN}. At most {MOST_BYTES // 2**20} MB each, {MOST_AT_ONCE} at a time, and "
        f"{MOST_OF_AN_INSPECTION // 2**20} MB in this inspection. What a file tells of who made it, when and where is "
        "taken out before it is kept.",
    )
    leave_out = forms.MultipleChoiceField(
        label="Files so far",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick what is to be left out from now on.",
    )
    rating = forms.ChoiceField(
        label="How do you rate your own work at this standard?", required=False, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label="Why do you rate it so?", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    why = forms.CharField(
        label="Why does it change?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="You gave this before. Say what is different, so that the inspectors know what to look at again.",
    )
    based_on = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, asked: Asked, latest: Said | None, given_before: bool) -> None:
        super().__init__(data, initial=_initial(latest))
        self.latest = latest
        self.fields["rating"].choices = [(code, in_language(words)) for code, words in asked.ratings]
        attached = [(one.file.digest, f"Leave out {one.name}") for one in latest.files] if latest else []
        self.fields["leave_out"].choices = attached
        if not attached:
            del self.fields["leave_out"]
        if not given_before:
            del self.fields["why"]

    def clean_rating(self) -> str:
        """Take the rating as it came: whether it is one of the edition's is for the action to say."""
        return str(self.cleaned_data["rating"])

    def written(self, uploaded: list[UploadedFile]) -> Written:
        """Return what was written, once the form is valid; refuse files that are too many or too large."""
        given = self.cleaned_data
        attached = {one.file.digest for one in self.latest.files} if self.latest else set()
        return Written(
            text=_lines(given["text"]),
            rating=given["rating"],
            reasons=_lines(given["reasons"]),
            why=_lines(given.get("why", "")),
            files=read_files(uploaded),
            kept=attached - set(given.get("leave_out", ())),
            based_on=given["based_on"] or 0,
        )


def _initial(latest: Said | None) -> dict[str, Any]:
    if latest is None:
        return {"based_on": 0}
    version = latest.version
    return {
        "text": version.text,
        "rating": version.rating,
        "reasons": version.reasons,
        "why": "" if version.given else version.why,
        "based_on": version.number,
    }


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


class MarkEvidence(forms.Form):
    """What the lead makes of a version."""

    kind = forms.ChoiceField(
        label="What do you make of it?",
        choices=MARKS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you make of it: seen, agreed or challenged."},
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed for a challenge. The body reads it.",
    )
    version = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, said: Said) -> None:
        super().__init__(data, initial={"version": said.version.public_id})
        if said.challenge:
            self.fields["kind"].choices = [one for one in MARKS if one[0] != Mark.Kind.CHALLENGED]


class AnswerChallenge(forms.Form):
    """What the body answers to a challenge."""

    text = forms.CharField(
        label="Your answer",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="You answer once. To add a file, or to change what you gave, give the evidence anew instead.",
        error_messages={"required": "Write your answer: what the inspectors should look at, and why."},
    )
    challenge = forms.CharField(max_length=32, widget=forms.HiddenInput)
