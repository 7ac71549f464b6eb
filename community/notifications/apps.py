"""Telling people about what they follow, and nothing else."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Notification kinds, preferences, e-mails, unsubscribing."""

    name = "community.notifications"
    label = "notifications"
    verbose_name = _("notifications")

    def ready(self) -> None:
        """Listen to what happens."""
        import_module(f"{self.name}.receivers")
