"""What is asked on the pages about people."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspectorate.config.desk.clearances import STATES, Search
from inspectorate.people.access import RULES
from inspectorate.people.actions.ties import DECLARED
from inspectorate.people.models import Employment, Role
from inspectorate.people.needed import programmes
from inspectorate.people.queries import HERE, PeopleSearch
from inspectorate.register.models import Body
from inspectorate.standards.queries import shelf


class PeopleSearchForm(forms.Form):
    """Words and filters of the list of people. What it does not know it leaves out."""

    q = forms.CharField(required=False, max_length=100)
    role = forms.ChoiceField(required=False, choices=Role.choices)
    here = forms.ChoiceField(required=False, choices=[(one, one) for one in HERE])

    def search(self) -> PeopleSearch:
        """Return what is asked for; a value that is not known asks for nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return PeopleSearch(asked.get("q", ""), asked.get("role", ""), asked.get("here") or "here")


class NewPersonForm(forms.Form):
    """Somebody to add."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As people say it, such as Ann Price."))
    email = forms.EmailField(label=_("E-mail address"), help_text=_("They sign in with it; the invitation goes there."))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)


class RoleForm(forms.Form):
    """Another role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class FootingForm(forms.Form):
    """On what footing somebody works here; it changes nothing that they may do."""

    employment = forms.ChoiceField(
        label=_("On what footing"), required=False, choices=[("", _("Not written down")), *Employment.choices]
    )
    grade = forms.CharField(
        label=_("Grade"), required=False, max_length=60, help_text=_("As the employer calls it, such as band 6.")
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Of a placement or secondment: access ends with it. Leave it open where there is none."),
    )


class LeaveForm(forms.Form):
    """Why somebody leaves."""

    why = forms.CharField(
        label=_("Why they leave"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For whoever reads the record later."),
    )


class AskForExport(forms.Form):
    """What an export is for."""

    why = forms.CharField(
        label=_("What it is for, and where it goes"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what it is for, for the second person and for the record.")},
    )


class BodyForm(forms.Form):
    """One of the bodies that were found."""

    body = forms.ChoiceField(label=_("Body"), widget=forms.RadioSelect)

    def __init__(self, bodies: Iterable[Body], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["body"].choices = [(body.public_id, str(body)) for body in bodies]


class TeamForm(forms.Form):
    """One of the teams of the body that somebody works for."""

    team = forms.ChoiceField(
        label=_("Team they work in"),
        help_text=_("Where a programme bars by team, they are kept from its cases and from those of no known team."),
    )

    def __init__(self, teams: Iterable[tuple[str, str]], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["team"].choices = list(teams)  # type: ignore[attr-defined]


class InterestForm(BodyForm):
    """An interest in one of the bodies that were found."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(kind.value, kind.label) for kind in DECLARED["body"]],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=_("Last day there, if you worked for it"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("It bars you for three years after that day; for ever where you leave it open."),
    )
    note = forms.CharField(
        label=_("In a few words, if you wish"),
        required=False,
        max_length=300,
        help_text=_("Lead inspectors and the chief inspector read it."),
    )


class WhyForm(forms.Form):
    """An action, and an inspection if it is about one."""

    action = forms.ChoiceField(label=_("What"), choices=[(code, rule.title) for code, rule in RULES.items()])
    inspection = forms.CharField(label=_("In which inspection"), required=False, max_length=32)


class ResetForm(forms.Form):
    """Why somebody is to begin anew with a second factor."""

    reset_why = forms.CharField(
        label=_("Why, and how you made sure that it is them"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, and how you made sure that it is them who ask.")},
    )


class SessionsForm(forms.Form):
    """Why somebody is signed out everywhere."""

    sessions_why = forms.CharField(
        label=_("Why they are signed out"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why: such as a telephone that was lost.")},
    )


class ClearanceSearchForm(forms.Form):
    """Words and filters of the list of clearances and training. What it does not know it leaves out."""

    q = forms.CharField(required=False, max_length=100)
    kind = forms.ChoiceField(required=False, choices=[(code, code) for code in programmes().kinds])
    state = forms.ChoiceField(required=False, choices=[(code, code) for code in STATES])

    def search(self) -> Search:
        """Return what is asked for; a value that is not known asks for nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return Search(asked.get("q", ""), asked.get("kind", ""), asked.get("state", ""))


class ClearanceForm(forms.Form):
    """A clearance or a training that somebody got."""

    kind = forms.ChoiceField(
        label=_("What they have"),
        choices=[(kind.code, kind.title) for kind in programmes().kinds.values()],
        widget=forms.RadioSelect,
    )
    edition = forms.ChoiceField(
        label=_("Edition, where it is training in one"), required=False, choices=[("", _("Not for one edition"))]
    )
    got_on = forms.DateField(
        label=_("Got on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day of the certificate, or the last day of the training."),
    )
    expires_on = forms.DateField(
        label=_("Last day on which it holds"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it open to have it worked out: each kind holds for a number of months."),
    )
    evidence = forms.CharField(
        label=_("By what you saw it"),
        max_length=200,
        help_text=_("The number of the certificate, or where the list of the day is. Nothing that the check says."),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        editions = [(code, code) for code in sorted(shelf.codes())]
        self.fields["edition"].choices = [("", _("Not for one edition")), *editions]  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why a clearance or training does not hold."""

    why = forms.CharField(
        label=_("Why it does not hold"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as: the day was wrong, or the certificate was recalled."),
    )


class RequireForm(forms.Form):
    """From when a kind is asked for."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[(kind.code, kind.title) for kind in programmes().kinds.values()],
        widget=forms.RadioSelect,
    )
    asked_from = forms.DateField(
        label=_("From which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Today or later. Leave it open to ask for it no more."),
    )
    why = forms.CharField(label=_("Why"), max_length=300, help_text=_("For whoever reads the record later."))


class HandOverAllForm(forms.Form):
    """To whom it goes, and why; where nothing is left to go on with, why alone."""

    to = forms.ChoiceField(
        label=_("Who goes on with their open cases"),
        required=False,
        help_text=_("Leave it open to give the cases away one by one: they are then with nobody."),
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        error_messages={"required": _("Say why it is handed over, for whoever reads this later.")},
    )

    def __init__(self, data: Any = None, *, people: Iterable[tuple[str, str]] = (), with_cases: bool = True) -> None:
        super().__init__(data)
        self.fields["to"].choices = [("", _("Nobody yet")), *people]  # type: ignore[attr-defined] - it is a choice field
        if not with_cases:
            self.fields["to"].widget = forms.HiddenInput()
