"""How allauth meets our accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.utils import user_email
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from community.accounts.events import MemberJoined
from community.accounts.models import Profile, User
from community.accounts.names import check_username
from community.accounts.pending import publish_pending
from community.accounts.suggestions import as_username, check_free, suggest_usernames
from community.core.events import publish
from community.core.mail import queue_email


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in by e-mail."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The pseudonym, when it may be taken. Raises ValidationError, with free ones, when it may not."""
        check_username(username)
        if not shallow:
            check_free(username)
        return username

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Nothing: a pseudonym is chosen in a form, never made from a name or an address."""

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Save a newcomer with their profile, in the language of the page they signed up on."""
        with transaction.atomic():
            super().save_user(request, user, form, commit=False)
            user.rename(user.username)
            user.language = (get_language() or user.language)[:2]
            if commit:
                user.save()
                Profile.objects.get_or_create(user=user)
                publish(MemberJoined(member_id=user.pk, language=user.language))
        return user

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """Where to land: on what was typed before signing in, once it is published."""
        response: HttpResponse = super().post_login(request, user, **more)
        landing = publish_pending(request, user)
        return HttpResponseRedirect(landing) if landing else response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The home page in the language that is being read."""
        return home()

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same as after signing in."""
        return home()

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The home page in the language that is being read."""
        return home()

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """The settings for the member who clicked; the sign-in page for someone on another device."""
        return reverse("notifications:preferences" if self.request.user.is_authenticated else "account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the settings."""
        return reverse("accounts:settings")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail now, in the language of this page, and send it by a task.

        So a page takes as long for an address that has an account as for one that has none.
        """
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        queue_email(email, message.subject, str(message.body))

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Ask to confirm an address; whoever confirmed it for another account is told that there is one."""
        address = emailconfirmation.email_address
        if EmailAddress.objects.filter(email=address.email, verified=True).exclude(user=address.user).exists():
            self.send_account_already_exists_mail(address.email)
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell of a change to the account, at confirmed addresses only."""
        to = email or user_email(user)
        confirmed = EmailAddress.objects.filter(email__iexact=to, verified=True).exists() if to else False
        # The address that was just replaced is no longer in the table, and is the one that must hear of it.
        if confirmed or template_prefix == "account/email/email_changed":
            super().send_notification_mail(template_prefix, user, context, to)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in through the brand's own identity provider."""

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        """The address, and a free pseudonym near the provider's, unless that is the person's name or address."""
        initial: dict[str, Any] = super().get_signup_form_initial_data(sociallogin)
        initial["username"] = (suggested_for(sociallogin) or [""])[0]
        return initial

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        """Open an existing account only by an address that was confirmed on both sides."""
        found: tuple[User, str] | None = super().authenticate_by_email(sociallogin)
        if found and EmailAddress.objects.filter(user=found[0], email=found[1].lower(), verified=True).exists():
            return found
        return None


def suggested_for(sociallogin: Any) -> list[str]:
    """Free pseudonyms for someone whom another site sends; none tells their name or address."""
    data = sociallogin.account.extra_data
    said = data.get("userinfo") or data.get("id_token") or data
    nickname = as_username(str(said.get("preferred_username") or said.get("nickname") or ""))
    email = as_username(str(said.get("email") or ""))
    names = {as_username(str(said.get(key) or "")) for key in ("name", "given_name", "family_name")}
    known = {_letters(part) for part in {email, *names} if part}
    telling = any(part and part in _letters(nickname) for part in known)
    return suggest_usernames("" if telling else nickname)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def home() -> str:
    """The home page in the language that is being read."""
    return f"/{(get_language() or 'en')[:2]}/"
