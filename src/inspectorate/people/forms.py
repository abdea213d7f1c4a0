"""The forms of signing in, in our words; what they do is allauth's."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from inspectorate.people.models import User


def _say(form: forms.Form, **labels: Any) -> None:
    """Give fields our labels, and no hint but the one that helps to choose a password."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = " ".join(password_validators_help_texts()) if name == "password1" else ""


def _refuse_shared(user: User | None) -> None:
    """Keep the password of the invented people, who are shared by everybody who tries the product."""
    if user is not None and user.demonstration:
        sentence = _("This person is shared by all who try the demonstration, and so is the password: it stays.")
        raise forms.ValidationError(sentence)


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc] - allauth has no types
    """E-mail address and password."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say(self, login=_("E-mail address"), password=_("Password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ChangePasswordForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc] - the same
    """The password of today, and the new one twice."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        again = _("The new password once more")
        _say(self, oldpassword=_("Your password of today"), password1=_("New password"), password2=again)

    def clean(self) -> dict[str, Any]:
        """Refuse it for the invented people."""
        _refuse_shared(self.user)
        return super().clean()  # type: ignore[no-any-return]


class ForgottenPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc] - the same
    """The address to which the link is sent."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say(self, email=_("E-mail address"))


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc] - the same
    """The new password twice."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say(self, password1=_("New password"), password2=_("The new password once more"))

    def clean(self) -> dict[str, Any]:
        """Refuse it for the invented people."""
        _refuse_shared(self.user)
        return super().clean()  # type: ignore[no-any-return]
