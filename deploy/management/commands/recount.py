"""`manage.py recount [--check]`: every stored count against the rows that it shadows."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from community.topics.actions.recount import recount_post, recount_section, recount_tags, recount_topic
from community.topics.models import Post, Section, Topic
from rewards.ambassadors.actions.recount import recount_ambassadors

CHUNK = 500


class Command(BaseCommand):
    """Rebuilds the counts, or with --check only says which are wrong."""

    help = "Rebuild all stored counts; --check changes nothing, names what differs and exits with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to look only."""
        parser.add_argument("--check", action="store_true", help="name what differs, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through everything that has counts."""
        check = options["check"]
        wrong = 0
        rows = tqdm(everything(), unit=" rows", file=sys.stderr, disable=not options["verbosity"], total=how_many())
        for kind, key in rows:
            with transaction.atomic():
                differs = recount(kind, key)
                transaction.set_rollback(check)
            if differs:
                wrong += 1
                self.stdout.write(f"{'wrong' if check else 'corrected'}: {kind} {key}")
        if check and wrong:
            raise CommandError(f"{wrong} rows have wrong counts. Run `manage.py recount` to correct them.")
        self.stdout.write("All counts are right." if not wrong else f"Corrected the counts of {wrong} rows.")


def how_many() -> int:
    """How many rows have counts."""
    return Topic.objects.count() + Post.objects.count() + Section.objects.count() + 2


def everything() -> Iterator[tuple[str, int]]:
    """Kind and id of every row that has counts; sections and tags after topics, which they count."""
    for kind, keys in (
        ("post", Post.objects.order_by("pk").values_list("pk", flat=True)),
        ("topic", Topic.objects.order_by("pk").values_list("pk", flat=True)),
        ("section", Section.objects.order_by("pk").values_list("pk", flat=True)),
    ):
        for key in keys.iterator(chunk_size=CHUNK):
            yield kind, key
    yield "tags", 0
    yield "ambassadors", 0


def recount(kind: str, key: int) -> bool:
    """Correct one row, which may be gone by now. Returns whether anything was wrong."""
    if kind == "tags":
        return bool(recount_tags())
    if kind == "ambassadors":
        return bool(recount_ambassadors())
    if kind == "post":
        post = Post.objects.filter(pk=key).first()
        return post is not None and recount_post(post)
    if kind == "topic":
        topic = Topic.objects.filter(pk=key).first()
        return topic is not None and recount_topic(topic)
    section = Section.objects.filter(pk=key).first()
    return section is not None and recount_section(section)
