"""Badges: what a member did, said once and shown for good."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BadgesConfig(AppConfig):
    """Badges, their rules, and the credentials that prove them."""

    name = "rewards.badges"
    label = "badges"
    verbose_name = _("badges")

    def ready(self) -> None:
        """Receive what happens, and fill the slots and registries of the floors below."""
        for module in ("receivers", "notification_kinds", "slots", "api"):
            import_module(f"{self.name}.{module}")
