"""`manage.py housekeeping`: once a minute from cron in production; the demo's server does it by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from deploy.housekeeping import keep_house


class Command(BaseCommand):
    """Does everything that must happen regularly, once."""

    help = "Publish what is scheduled, correct counts, delete old rows."

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep house, and say what there was to do."""
        done = keep_house()
        if options["verbosity"]:
            found = ", ".join(f"{count} {what}" for what, count in done.items() if count)
            self.stdout.write(found or "Nothing to do.")
