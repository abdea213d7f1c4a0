"""What a person may type in follow-up."""

from django import forms


class WhyForm(forms.Form):
    """Why the follow-up is opened again."""

    why = forms.CharField(
        label="Why is it opened again?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say why the follow-up is opened again."},
    )
