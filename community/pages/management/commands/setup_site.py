"""`manage.py setup_site`: the languages, home pages and help list that a new site needs; safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand

from community.pages.actions.set_up import set_up_site


class Command(BaseCommand):
    """Make what is missing."""

    help = "Make the languages, home pages and help list that a new site needs; changes nothing that exists."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the action, and say what it found."""
        made = set_up_site()
        self.stdout.write(
            "The site is ready: " + ", ".join(f"/{code}/" for code in made.homes)
            if made.changed
            else "Nothing to do: the site was already set up."
        )
