"""What is asked for on the pages about privacy."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HoldForm(forms.Form):
    """What is to be held, and why."""

    what = forms.CharField(label=_("What is held"), error_messages={"required": _("Choose what is to be held.")})
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("Such as the claim, the inquiry or the request that it is held for. Name nobody."),
        error_messages={"required": _("Say why it is held.")},
    )


class OnePersonForm(forms.Form):
    """Whose data are to be handed out: the address of somebody who works here, or the reference of a case."""

    whom = forms.CharField(
        label=_("Whose data"),
        max_length=254,
        help_text=_("The e-mail address of somebody who works here or did, or the reference of a case."),
        error_messages={"required": _("Give an address or a reference.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("Such as the request that it answers, by its number. It stays in the record."),
        error_messages={"required": _("Say which request this answers.")},
    )
