"""Merit, and what it earns."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RewardsConfig(AppConfig):
    """Reputation as a ledger, leaderboards."""

    name = "rewards"
    label = "rewards"
    verbose_name = _("rewards")

    def ready(self) -> None:
        """Receive what happens, and fill the slots and registries of the floors below."""
        for module in ("receivers", "slots", "api", "tasks"):
            import_module(f"{self.name}.{module}")
