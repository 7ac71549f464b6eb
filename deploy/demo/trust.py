"""How much the people of the demo community read, so that their trust has something to rest on."""

from collections.abc import Iterable
from datetime import timedelta
from zlib import crc32

from django.utils import timezone

from community.accounts.models import User
from rewards.trust.models import MemberDay

DAYS = 60
MOST_TOPICS, MOST_POSTS, MOST_SECONDS = 3, 9, 900


def make_reading_days(people: Iterable[User]) -> None:
    """Some days of reading for everybody who is not of the team, the same at each load of a day."""
    today = timezone.now().date()
    rows = []
    for person in people:
        if person.is_team:
            continue
        habit = 1 + crc32(person.username.encode()) % 4
        for ago in range(min(DAYS, (timezone.now() - person.date_joined).days)):
            chance = crc32(f"{person.username} {ago}".encode())
            if chance % 5 < habit:
                rows.append(
                    MemberDay(
                        member=person,
                        day=today - timedelta(days=ago),
                        seconds=60 + chance % MOST_SECONDS,
                        topics_entered=1 + chance % MOST_TOPICS,
                        posts_read=2 + chance % MOST_POSTS,
                    )
                )
    MemberDay.objects.bulk_create(rows, ignore_conflicts=True)
