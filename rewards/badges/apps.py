"""Badges: what a member did, said once and shown for good."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BadgesConfig(AppConfig):
    """Badges, their rules, and the credentials that prove them."""

    name = "rewards.badges"
    label = "badges"
    verbose_name = _("badges")
