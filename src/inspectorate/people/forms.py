"""The forms of signing in, in our words; what they do is allauth's."""

import logging
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as passkey_forms
from cryptography.fernet import InvalidToken
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from inspectorate.people.actions import use_code
from inspectorate.people.factors import APP, CODES
from inspectorate.people.models import User

logger = logging.getLogger(__name__)


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


def _say_code(form: forms.Form, label: Any, hint: Any) -> None:
    """Give the field of a code our words, and the keys for figures where there are some."""
    field = form.fields["code"]
    field.label, field.help_text = label, hint
    field.widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})


EITHER = _("Six figures from the app, or one of your recovery codes, which then works no more.")


def _fits(app: Authenticator, code: str) -> bool:
    """Say whether a code is one of the app's; none is where its secret cannot be read, and that is told to the log."""
    try:
        return bool(app.wrap().validate_code(code))
    except InvalidToken:
        logger.error("The app of %s cannot be read: was INSPECTORATE_SECRET_KEY changed?", app.user.public_id)  # noqa: TRY400 - the traceback says no more
        return False


class TakesCode:
    """Takes a code of the app, or else a recovery code, of which nothing but a hash is kept; wrong ones are counted."""

    user: User

    def clean_code(self) -> str:
        """Check it; what did not fit is told to whoever listens."""
        clear = check_rate_limit(self.user)
        code = str(self.cleaned_data["code"])  # type: ignore[attr-defined] - a form comes after
        app = Authenticator.objects.filter(user=self.user, type=APP).first()
        found = app if app is not None and _fits(app, code) else use_code(user=self.user, code=code, by=self.user.name)
        if found is None:
            self._emit_authentication_failed(app or Authenticator(user=self.user, type=CODES))  # type: ignore[attr-defined]
            raise get_factor_adapter().validation_error("incorrect_code")
        found.user = self.user
        self.authenticator = found
        clear()
        return code


class CodeForm(TakesCode, code_forms.AuthenticateForm):  # type: ignore[misc] - the same
    """The code of the second step of signing in."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say_code(self, _("Code"), EITHER)


class CodeAgainForm(TakesCode, code_forms.ReauthenticateForm):  # type: ignore[misc] - the same
    """A code before a grave act."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say_code(self, _("Code"), EITHER)


class AgainForm(allauth_forms.ReauthenticateForm):  # type: ignore[misc] - the same
    """The password before a grave act."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say(self, password=_("Your password"))


class AppForm(app_forms.ActivateTOTPForm):  # type: ignore[misc] - the same
    """The first code of an app."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say_code(self, _("The code that the app shows now"), _("Six figures; they change every half minute."))


class PasskeyForm(passkey_forms.SignupWebAuthnForm):  # type: ignore[misc] - the same
    """The name of a new passkey, and what the browser made."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["name"]
        field.label, field.initial = _("A name for it"), ""
        field.help_text = _("Such as: work laptop, blue key.")
        self.initial["name"] = ""
        self.fields["credential"].error_messages["required"] = _("Your browser made no passkey. Try once more.")

    def clean_name(self) -> str:
        """Take the name as it is; without one it is called a passkey."""
        return str(self.cleaned_data["name"]).strip()


class ResetForm(forms.Form):
    """The password of whoever lost every second factor."""

    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        self.user = user

    def clean_password(self) -> str:
        """Check it, counting wrong ones as when signing in."""
        password = str(self.cleaned_data["password"])
        if not get_adapter(context.request).reauthenticate(self.user, password):
            raise forms.ValidationError(_("That is not your password. Type it once more."))
        return password
