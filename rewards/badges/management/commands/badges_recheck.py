"""`manage.py badges_recheck`: members hold what the rules of badges say; safe to repeat."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rewards.badges.rechecking import differences, mend


class Command(BaseCommand):
    """Names what differs, and sets it right unless only asked to check."""

    help = "Give and take what the rules of badges say, and count holders anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to change anything."""
        parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 when anything differs")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Compare, say, mend."""
        found = list(differences())
        for difference in found:
            self.stdout.write(str(difference))
        if found and check:
            raise CommandError(f"{len(found)} stored numbers of badges differ from their rules.")
        if found:
            mend()
        self.stdout.write("Set right." if found else "Members hold what the rules say.")
