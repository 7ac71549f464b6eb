"""People: accounts, profiles, roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users and what they show of themselves."""

    name = "community.accounts"
    label = "accounts"
    verbose_name = _("people")
