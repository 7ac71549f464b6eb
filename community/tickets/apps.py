"""From question to human: tickets, the agents' inbox, the desks that hold tickets elsewhere."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TicketsConfig(AppConfig):
    """Support requests of customers, members or guests."""

    name = "community.tickets"
    label = "tickets"
    verbose_name = _("support")

    def ready(self) -> None:
        """Fill the slots and registries of the floors below."""
        for module in ("agents", "checks", "desks.email", "receivers", "slots", "contributions", "notification_kinds"):
            import_module(f"{self.name}.{module}")
