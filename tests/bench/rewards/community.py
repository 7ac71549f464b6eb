"""A community with a large ledger, and what is asked of it."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from community.accounts.models import User
from community.accounts.names import skeleton
from community.core.batching import in_batches
from community.topics.models import Post, Section
from rewards.boards.counting import count_entries
from rewards.boards.fields import scope_of
from rewards.boards.standings import SHOWN, span_of
from rewards.models import Entry, Score
from rewards.ranks.actions.put_in_force import dry_run, written
from rewards.ranks.models import Cause
from rewards.ranks.moving import recompute
from tests.bench.rewards.visits import HOST, Prepared, Visits

BATCH = 5000
DAYS = 700
TOTALS = """
    UPDATE accounts_user SET ledger_total = summed.total, reputation = 1 + summed.total
    FROM (SELECT member_id, SUM(effective) AS total FROM rewards_entry GROUP BY member_id) AS summed
    WHERE accounts_user.id = summed.member_id
"""


class Community(Visits):
    """Few earn much and many little, over two years: a Zipf-like share of the points, as communities have."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self.dice = dice

    def seed(self, entries: int, members: int) -> None:
        """Write members and entries."""
        rows = (
            User(
                username=f"member{number}", username_key=skeleton(f"member{number}"), password="!", trust_level=1,
                date_joined=timezone.now() - timedelta(days=self.dice.randrange(DAYS)),
            )
            for number in range(members)
        )  # fmt: skip
        for batch in in_batches(rows, BATCH):
            User.objects.bulk_create(batch)
        self.look_up()
        for made in in_batches(self._entries(entries), BATCH):
            Entry.objects.bulk_create(made)
        with connection.cursor() as cursor:
            cursor.execute(TOTALS)
            cursor.execute("ANALYZE")

    def look_up(self) -> None:
        """Know who and what is there."""
        named = User.objects.filter(username__startswith="member").order_by("pk")
        self.members = list(named.values_list("pk", flat=True))
        self.posts = list(Post.objects.filter(kind="answer").order_by("pk").values_list("pk", "topic"))

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

    def pages(self) -> Iterator[tuple[str, Prepared]]:
        """What is measured."""
        section = Section.objects.order_by("pk").first()
        assert section is not None
        guest, best = self.client(), self.client()
        best.force_login(User.objects.get(pk=self.members[0]))
        for period in ("week", "month", "year", "all"):
            yield f"API leaderboard, {period}", self.get(guest, f"/api/v1/leaderboard?period={period}")
            field = f"period={period}&section={section.slug}"
            yield f"page, a section, {period}, on it", self.get(best, f"/en/leaderboard/?{field}")
            below = self.client()
            below.force_login(self._further_down(period, section))
            yield f"page, a section, {period}, below", self.get(below, f"/en/leaderboard/?{field}")
        yield "the ladder of ranks, a member", self.get(best, "/en/ranks/")
        yield "statement of the member with most", self.get(best, "/en/me/reputation/")
        yield "a vote with all its consequences", self.vote

    def _further_down(self, period: str, section: Section) -> User:
        """Someone with points who is not among those shown."""
        scores = Score.objects.filter(span=span_of(period), scope=scope_of(section)).order_by("-points", "member_id")
        return scores.select_related("member")[SHOWN * 2].member

    def passes(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """What goes through everything."""
        yield "dry run of the ladder", lambda: dry_run(written())
        yield "ranks of everybody, from none", self.rank_everybody
        yield "ranks of everybody, once more", self.rank_everybody
        yield "rewards_recompute --check", self.check
        yield "rewards_recompute, nothing wrong", self.recompute
        yield "rewards_recompute, every total wrong", self.recompute_totals

    def vote(self) -> Callable[[], object]:
        """Have somebody else vote on an answer by one of the hundred who have most."""
        pk = self.dice.choice(self.posts)[0]
        Post.objects.filter(pk=pk).update(author=self.members[self.dice.randrange(100)])
        client = self.client()
        client.force_login(User.objects.get(pk=self.dice.choice(self.members)))

        def ask() -> None:
            headers = {"host": HOST, "hx-request": "true"}
            response = client.post(f"/en/p/{pk}/vote/", {"value": "1"}, secure=True, headers=headers)
            assert response.status_code == 200, response.status_code

        return ask

    def check(self) -> None:
        """Prove every stored number."""
        call_command("rewards_recompute", check=True, stdout=StringIO())

    def recompute(self) -> None:
        """Compute every stored number from the ledger, and set right what differs."""
        call_command("rewards_recompute", stdout=StringIO())

    def recompute_totals(self) -> None:
        """The same, when every total is wrong."""
        User.objects.filter(pk__in=self.members).update(ledger_total=F("ledger_total") + 1)
        self.recompute()

    def rank_everybody(self) -> None:
        """Bring everybody's rank in step with the ladder, as the pass of the day does."""
        for batch in in_batches(User.objects.order_by("pk").values_list("pk", flat=True), BATCH):
            recompute(batch, cause=Cause.DAY)
