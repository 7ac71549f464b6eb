"""Ranks: a member's standing, for everybody to see."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RanksConfig(AppConfig):
    """The ladder of ranks."""

    name = "rewards.ranks"
    label = "ranks"
    verbose_name = _("ranks")

    def ready(self) -> None:
        """Receive what happens, fill the slots and registries of the floors below, ship the ladder once."""
        for module in ("receivers", "notification_kinds", "shown", "slots", "proof", "tasks"):
            import_module(f"{self.name}.{module}")
        shipping = import_module(f"{self.name}.shipping")
        post_migrate.connect(shipping.ship_after_migration, sender=self, dispatch_uid="shipped_ranks")
