"""A community with a large ledger, and what is asked of it."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from community.accounts.models import User
from community.accounts.names import skeleton
from community.core.batching import in_batches
from community.topics.models import Post, Section
from rewards.boards.counting import count_entries
from rewards.models import Entry, Score

BATCH = 5000
DAYS = 700
TOTALS = """
    UPDATE accounts_user SET ledger_total = summed.total, reputation = 1 + summed.total
    FROM (SELECT member_id, SUM(effective) AS total FROM rewards_entry GROUP BY member_id) AS summed
    WHERE accounts_user.id = summed.member_id
"""
HOST = "bench.example.org"


class Community:
    """Few earn much and many little, over two years: a Zipf-like share of the points, as communities have."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def seed(self, entries: int, members: int) -> None:
        """Write members and entries."""
        rows = (
            User(username=f"member{number}", username_key=skeleton(f"member{number}"), password="!", trust_level=1)
            for number in range(members)
        )
        for batch in in_batches(rows, BATCH):
            User.objects.bulk_create(batch)
        self.members = list(
            User.objects.filter(username__startswith="member").order_by("pk").values_list("pk", flat=True)
        )
        self.posts = list(Post.objects.filter(kind="answer").values_list("pk", "topic"))
        for made in in_batches(self._entries(entries), BATCH):
            Entry.objects.bulk_create(made)
        with connection.cursor() as cursor:
            cursor.execute(TOTALS)
            cursor.execute("ANALYZE")

    def _entries(self, count: int) -> Iterator[Entry]:
        today = timezone.now()
        for number in range(count):
            at = today - timedelta(days=self.dice.randrange(DAYS))
            member = self.members[int(len(self.members) * self.dice.random() ** 3)]
            actor, topic = self.dice.choice(self.members), self.dice.choice(self.posts)[1]
            yield Entry(
                member_id=member, actor_id=actor, by_key=str(actor), rule="helpful_vote", object_kind="post",
                object_id=10_000_000 + number, topic_id=topic, nominal=10, effective=10, day=at.date(), created_at=at,
            )  # fmt: skip

    def count(self) -> None:
        """Have the leaderboards count them."""
        count_entries()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def scores(self) -> int:
        """How many rows the leaderboards are made of."""
        return Score.objects.count()

    def pages(self) -> Iterator[tuple[str, Callable[[], Callable[[], object]]]]:
        """What is measured."""
        section = Section.objects.order_by("pk").first()
        assert section is not None
        guest, best = Client(), Client()
        best.force_login(User.objects.get(pk=self.members[0]))
        for period in ("week", "month", "year", "all"):
            yield f"API leaderboard, {period}", self._get(guest, f"/api/v1/leaderboard?period={period}")
        yield (
            "page, a section, all time, a member",
            self._get(best, f"/en/leaderboard/?period=all&section={section.slug}"),
        )
        yield "statement of the member with most", self._get(best, "/en/me/reputation/")
        yield "a vote with all its consequences", self.vote

    def _get(self, client: Client, address: str) -> Callable[[], Callable[[], object]]:
        def ask() -> None:
            response = client.get(address, secure=True, headers={"host": HOST})
            assert response.status_code == 200, response.status_code

        return lambda: ask

    def vote(self) -> Callable[[], object]:
        """Have somebody else vote on an answer by one of the hundred who have most."""
        pk = self.dice.choice(self.posts)[0]
        Post.objects.filter(pk=pk).update(author=self.members[self.dice.randrange(100)])
        client = Client()
        client.force_login(User.objects.get(pk=self.dice.choice(self.members)))

        def ask() -> None:
            headers = {"host": HOST, "hx-request": "true"}
            response = client.post(f"/en/p/{pk}/vote/", {"value": "1"}, secure=True, headers=headers)
            assert response.status_code == 200, response.status_code

        return ask

    def check(self) -> None:
        """Prove every stored number."""
        call_command("rewards_recompute", check=True, stdout=StringIO())
