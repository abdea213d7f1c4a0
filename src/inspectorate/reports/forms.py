"""The forms of reports."""

from typing import Any

from django import forms

from inspectorate.register.models import Body
from inspectorate.reports.models import Answer

MOST = 50_000
"""Characters of a section at most."""
DATES = ["%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y"]
NO_BODY = ("", "An organisation that is not in the register")


class SectionForm(forms.Form):
    """The text of a section, with the version that the writer had before them."""

    text = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text="An empty line begins a paragraph. **bold**, - a list, 1. a numbered list, ## a sub-heading.",
    )
    after = forms.CharField(required=False, widget=forms.HiddenInput)
    settles = forms.CharField(required=False, widget=forms.HiddenInput)


class SendForm(forms.Form):
    """The last day on which the body may comment."""

    due_on = forms.DateField(
        label="Comments by",
        error_messages={"required": "Give the last day for comments.", "invalid": "Give a date, as 12 December 2026."},
        input_formats=DATES,
        help_text="Later ones are kept too, and marked as late.",
    )


class ReasonForm(forms.Form):
    """A reason, for whoever reads this later."""

    reason = forms.CharField(
        label="Reason",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why, for whoever reads this later."},
    )


class CommentForm(forms.Form):
    """What the body says of one paragraph."""

    wrong = forms.CharField(
        label="What is wrong",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what is wrong in this paragraph."},
    )
    should_say = forms.CharField(
        label="What it should say", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = forms.CharField(
        label="How this can be seen",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The document, the record or the person that shows it. No names of people under supervision.",
    )
    client_id = forms.CharField(widget=forms.HiddenInput, max_length=32)


class AnswerForm(forms.Form):
    """The answer to a comment."""

    verdict = forms.ChoiceField(
        label="Is it accepted?",
        choices=Answer.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the comment is accepted or not."},
    )
    reason = forms.CharField(
        label="What is changed, or why nothing is",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what is changed, or why nothing is: the body reads it."},
    )


class RecommendationForm(forms.Form):
    """One recommendation; ``revision`` is the one that the writer had before them."""

    text = forms.CharField(
        label="What should be done",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "A recommendation says what should be done: write it."},
    )
    body = forms.ChoiceField(label="To whom", required=False)
    organisation = forms.CharField(
        label="Another organisation, by name",
        required=False,
        max_length=200,
        help_text="Such as the police, the health board or the ministry. Leave it empty where a body is chosen.",
    )
    by_when = forms.DateField(
        label="By when",
        required=False,
        error_messages={"invalid": "Give a date, as 31 March 2027."},
        input_formats=DATES,
    )
    rests_on = forms.ChoiceField(
        label="The score or finding it rests on", required=False, help_text="The report shows its value."
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, bodies: list[Body], figures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.public_id: body for body in bodies}
        named = [(public_id, body.full_name) for public_id, body in self.bodies.items()]
        self.fields["body"].choices = [*named, NO_BODY]  # type: ignore[attr-defined]
        self.fields["rests_on"].choices = [("", "None in particular"), *figures]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Hold that somebody is addressed."""
        given = super().clean() or {}
        if not given.get("body") and not given.get("organisation") and "body" not in self.errors:
            self.add_error("organisation", "Choose a body, or name an organisation.")
        return given

    @property
    def addressed(self) -> Body | None:
        """The body that was chosen, if one was; an organisation by name goes first."""
        return None if self.cleaned_data["organisation"] else self.bodies.get(self.cleaned_data["body"])
