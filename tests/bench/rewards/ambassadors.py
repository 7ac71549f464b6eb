"""A large community with an ambassadors' programme, and what is asked of it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import time_machine
from django.db import connection

from community.accounts.models import User
from community.topics.models import Post, Section, Topic
from deploy.bench.seed import seed
from deploy.bench.topics import UNTIL
from rewards.ambassadors.actions.charter import accept_invitation, publish_charter
from rewards.ambassadors.actions.prefer import Preferences, prefer
from rewards.ambassadors.actions.recount import recount_ambassadors
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.board import board_of
from rewards.ambassadors.candidates import list_candidates
from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import CharterVersion
from tests.bench.rewards.visits import Prepared, Visits
from tests.factories.ambassadors import make_manager

# One answer in ten is an ambassador's, and a quarter of those the first one's.
SHARE = """
    UPDATE topics_post SET author_id = (%s::bigint[])[1 + floor(%s * power(random(), 3))::int]
    WHERE kind = 'answer' AND id %% 10 = 0
"""
# Every accepted answer helped two readers a day later.
HELPED = """
    INSERT INTO ambassadors_helpedday (post_id, day, count)
    SELECT answer_id, (created_at + interval '1 day')::date, 2 FROM topics_resolution WHERE answer_id IS NOT NULL
    ON CONFLICT DO NOTHING
"""
SINCE = UNTIL - timedelta(days=300)


class Programme(Visits):
    """Ambassadors who answer much, in a community of many years."""

    def __init__(self, dice: int) -> None:
        super().__init__()
        self.dice = dice

    def seed(self, members: int, topics: int, posts: int, ambassadors: int) -> None:
        """Write the community, and the programme in it."""
        seed(members=members, topics=topics, posts=posts, seed=self.dice)
        team, chosen = make_manager(), User.objects.filter(role="member", is_active=True).order_by("pk")[:ambassadors]
        charter = publish_charter(by=team, text_fr="Nous sommes aimables.", text_en="We are kind.", at=SINCE)
        serving = [self._joined(member, number, team, charter) for number, member in enumerate(chosen)]
        with connection.cursor() as cursor:
            cursor.execute(SHARE, [serving, len(serving)])
            cursor.execute(HELPED)
            cursor.execute("ANALYZE")

    def _joined(self, member: User, number: int, team: User, charter: CharterVersion) -> int:
        """Invite, agree and choose: every other one has three sections, every third one language."""
        take_step(member, State.INVITED, by=team, reason="You help so many.", at=SINCE)
        accept_invitation(charter, by=member, at=SINCE)
        sections = Section.objects.order_by("pk")[number % 17 : number % 17 + 3] if number % 2 else ()
        languages = ["fr"] if number % 3 == 0 else ["en", "fr"]
        prefer(Preferences(weekly_cap=10, languages=languages, sections=list(sections)), by=member)
        return member.pk

    def told(self) -> str:
        """How large it is."""
        waiting, serving = Topic.objects.listed().unanswered(), User.objects.filter(is_ambassador=True)
        posts = f"{Post.objects.count():,} posts, {waiting.count():,} questions without an answer"
        return f"{posts}, {serving.count()} ambassadors"

    def its_last_day(self) -> AbstractContextManager[object]:
        """As if it were that day: the last weeks would be empty on any later one."""
        return time_machine.travel(UNTIL)

    def look_up(self) -> None:
        """Know who asks: the first has most answers and no sections, the second three sections."""
        self.first, self.second = User.objects.filter(is_ambassador=True).order_by("pk")[:2]

    def pages(self) -> Iterator[tuple[str, Prepared]]:
        """What is measured."""
        for who, label in ((self.first, "all sections"), (self.second, "three sections")):
            client = self.client()
            client.force_login(who)
            for tab in ("longest", "shared"):
                yield f"desk, {label}, {tab}", self.get(client, f"/en/ambassadors/desk/?show={tab}")
        yield "their place in the programme", self.get(client, "/en/ambassadors/me/")
        yield "the programme's page", self.get(self.client(), "/en/ambassadors/")

    def passes(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """What goes through everything; the desk keeps the figures of the programme for ten minutes."""
        now = datetime.now(UNTIL.tzinfo)
        for days in (28, 91, 364):
            yield f"the programme in figures, {days} days", lambda since=now - timedelta(days): board_of(since, now)
        yield "candidates of a month", lambda: list_candidates(now)
        yield "marks and helped readers again", recount_ambassadors
