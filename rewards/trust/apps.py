"""Trust levels: what a member may do, earned by taking part."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrustConfig(AppConfig):
    """Trust levels and privileges."""

    name = "rewards.trust"
    label = "trust"
    verbose_name = _("trust")

    def ready(self) -> None:
        """Receive what happens, and fill the slots and registries of the floors below."""
        for module in ("receivers", "slots", "privileges", "notification_kinds", "tasks"):
            import_module(f"{self.name}.{module}")
