"""Ambassadors: members whom the brand asked to look after others, and looks after in turn."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AmbassadorsConfig(AppConfig):
    """The programme: charter, candidates, the ambassadors' desk."""

    name = "rewards.ambassadors"
    label = "ambassadors"
    verbose_name = _("ambassadors")

    def ready(self) -> None:
        """Receive what happens, and fill the slots and registries of the floors below."""
        for module in ("receivers", "slots", "notification_kinds", "pauses"):
            import_module(f"{self.name}.{module}")
