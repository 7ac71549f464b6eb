"""`manage.py setup_badges`: the badges that a site is offered; safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand

from rewards.badges.actions.ship import ship_badges


class Command(BaseCommand):
    """Make what was never offered here."""

    help = "Make the badges that this site was never offered; changes nothing that the brand changed or deleted."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the action, and say what it made."""
        made = ship_badges()
        self.stdout.write(f"Made {len(made)} badges; members who qualify get them as the tasks run.")
