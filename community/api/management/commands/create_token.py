"""`manage.py create_token USER`: makes a token for the API and prints it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from community.accounts.models import User
from community.api.models import Scope
from community.api.tokens import make_token


class Command(BaseCommand):
    """Prints the token alone on standard output, so that a script can read it."""

    help = "Makes a token for the API in the name of a member, and prints it. It is not shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """USER, and how much the token may do for how long."""
        parser.add_argument("user", metavar="USER", help="pseudonym or e-mail address")
        parser.add_argument("--name", default="", help="what the token is for")
        parser.add_argument("--scope", choices=Scope.values, default=Scope.WRITE, help="write includes read")
        parser.add_argument("--days", type=int, help="how long it is valid (until revoked unless given)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and print it. Raises CommandError when there is no such active member."""
        wanted, days = options["user"], options["days"]
        if days is not None and days < 1:
            raise CommandError("--days must be 1 or more.")
        found = User.objects.filter(Q(username=wanted) | Q(email__iexact=wanted), is_active=True)
        user = found.filter(username=wanted).first() or found.first()
        if user is None:
            raise CommandError(f"No active member has the pseudonym or e-mail address {wanted!r}.")
        self.stdout.write(make_token(user, name=options["name"], scope=options["scope"], days=days))
