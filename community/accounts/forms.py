"""Forms of sign-up, sign-in and what surrounds them: allauth's, with our words and one label a field."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.socialaccount import forms as social
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.accounts.adapters import suggested_for
from community.accounts.suggestions import suggest_usernames

LABELS: dict[str, Any] = {
    "email": gettext_lazy("E-mail address"),
    "login": gettext_lazy("E-mail address"),
    "username": gettext_lazy("Pseudonym"),
    "password": gettext_lazy("Password"),
    "oldpassword": gettext_lazy("Current password"),
    "password1": gettext_lazy("Password"),
    "password2": gettext_lazy("The same password again"),
    "code": gettext_lazy("Code from the e-mail"),
}
HINTS: dict[str, Any] = {
    "username": gettext_lazy("Shown beside what you write. It need not be your name."),
    "password1": gettext_lazy("At least 8 characters. A few words in a row are easy to remember."),
}


class PlainFields:
    """Says what each field is for in a label and a hint, not inside the field where typing hides it."""

    hints: ClassVar[dict[str, Any]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "input"
            field.label = LABELS.get(name, field.label)
            field.help_text = self.hints.get(name) or HINTS.get(name, "")
        if trap := self.fields.get(settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD):
            trap.label = _("Leave this empty")
            trap.widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
        if "username" in self.fields:
            self.fields["username"].widget.attrs |= {"autocomplete": "nickname", "spellcheck": "false"}
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "spellcheck": "false"}


class SavesOnce:
    """Turns a second click on the button, while the first one is being saved, into a sentence."""

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """Save the newcomer whole or not at all."""
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[misc]
        except IntegrityError:
            messages.warning(request, _("Someone took this pseudonym a moment ago. Was it you? Then sign in."))
            return None, HttpResponseRedirect(request.get_full_path())


class SignupForm(PlainFields, SavesOnce, account.SignupForm):
    """What a newcomer is asked: an e-mail, a pseudonym, one password."""

    hints: ClassVar[dict[str, Any]] = {
        "email": gettext_lazy("To tell you of an answer if you ask for it, nothing else. Nobody sees it."),
    }


class SocialSignupForm(PlainFields, SavesOnce, social.SignupForm):
    """What someone whom the identity provider sends is asked: their pseudonym here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = suggested_for(self.sociallogin) or suggest_usernames()
        self.fields["username"].help_text = _(
            "Shown beside what you write. It need not be your name. These are free: %(names)s."
        ) % {"names": ", ".join(free)}
        confirmed = {address.email for address in self.sociallogin.email_addresses if address.verified}
        if self.initial.get("email") in confirmed:
            self.fields["email"].disabled = True


class LoginForm(PlainFields, account.LoginForm):
    """Signing in with a password."""


class RequestLoginCodeForm(PlainFields, account.RequestLoginCodeForm):
    """Asking for a code by e-mail instead of a password."""

    _user: Any = None

    def clean_email(self) -> str:
        """The address. No code opens an account that never confirmed it: someone else may know its password."""
        email: str = super().clean_email()
        if self._user and not EmailAddress.objects.filter(user=self._user, email=email, verified=True).exists():
            self._user = None
        return email


class ConfirmLoginCodeForm(PlainFields, account.ConfirmLoginCodeForm):
    """Typing the code that came by e-mail."""


class ResetPasswordForm(PlainFields, account.ResetPasswordForm):
    """Asking for a link that sets another password."""


class ResetPasswordKeyForm(PlainFields, account.ResetPasswordKeyForm):
    """Setting another password by that link."""


class ChangePasswordForm(PlainFields, account.ChangePasswordForm):
    """Changing the password one knows."""


class SetPasswordForm(PlainFields, account.SetPasswordForm):
    """Setting a first password."""


class AddEmailForm(PlainFields, account.AddEmailForm):
    """Moving to another address."""


class ReauthenticateForm(PlainFields, account.ReauthenticateForm):
    """Typing the password again before something delicate."""
