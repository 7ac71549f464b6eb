"""`manage.py bench_seed`: an invented community to measure with."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import override
from tqdm import tqdm

from community.accounts.models import User
from community.topics.models import Topic
from deploy.bench.catalogue import MEMBER_PASSWORD, THEMES
from deploy.bench.seed import seed


class Command(BaseCommand):
    """Writes the community into the database of DATABASE_URL; the last line is JSON: the paths to measure."""

    help = "Fill an empty database with an invented community, the same one for the same seed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How large it is to be."""
        for name, default in (("members", 5_000), ("topics", 20_000), ("posts", 100_000), ("seed", 7)):
            parser.add_argument(f"--{name}", type=int, default=default)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the tables, the pages and the community; refuse where a community lives already."""
        call_command("migrate", verbosity=0)
        call_command("setup_site", verbosity=0)
        if Topic.objects.exists():
            raise CommandError("This database holds a community already: name an empty one with DATABASE_URL.")
        with tqdm(total=options["topics"], unit=" topics", file=sys.stderr, disable=options["verbosity"] == 0) as bar:
            try:
                topics = seed(
                    members=options["members"],
                    topics=options["topics"],
                    posts=options["posts"],
                    seed=options["seed"],
                    progress=lambda done: bar.update(done - bar.n),
                )
            except ValueError as error:
                raise CommandError(str(error)) from error
        if "search_rebuild" in get_commands():
            call_command("search_rebuild", verbosity=0)
        if connection.vendor == "postgresql":
            # Fresh statistics, as any database has some minutes later; until then plans are guesses.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        self.stdout.write(json.dumps(paths(topics[0], topics[1])))


def paths(long: Topic, short: Topic) -> dict[str, str]:
    """Where the pages to measure are, and who may sign in to measure them."""
    member = User.objects.get(pk=short.author_id)
    with override("en"):
        return {
            "home": "/en/",
            "section": f"/en/s/{THEMES[0][0]}/",
            "topic_12": short.get_absolute_url(),
            "topic_1000_first": long.get_absolute_url(),
            "topic_1000_last": f"{long.get_absolute_url()}?page=last",
            "search": "/en/search/?q=copper+lantern",
            "member": f"/en/members/{member.username}/",
            "email": member.email or "",
            "password": MEMBER_PASSWORD,
        }
