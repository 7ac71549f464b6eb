"""What an ambassador changed this month: how many people did not have to call."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils import timezone

from community.accounts.models import User
from community.topics.models import Resolution, Topic
from rewards.ambassadors.models import HelpedDay


@dataclass(frozen=True)
class Impact:
    """Readers who said that an answer is theirs, people with the same problem as a question solved, and questions."""

    readers: int
    sharing: int
    solved: int

    @property
    def people(self) -> int:
        """All of them."""
        return self.readers + self.sharing


def this_month(member: User, now: datetime) -> Impact:
    """What the answers of `member` did since the first of the month. Two queries."""
    start = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    helped = HelpedDay.objects.filter(post__author=member, post__deleted_at=None, day__gte=start.date())
    accepted = Resolution.objects.filter(
        kind="answer", revoked_at=None, created_at__gte=start, answer__author=member, answer__deleted_at=None
    ).exclude(by=member)
    solved = Topic.objects.filter(pk__in=accepted.values("topic"), deleted_at=None)
    counts = list(solved.values_list("same_problem_count", flat=True))
    return Impact(helped.aggregate(sum=Sum("count", default=0))["sum"], sum(counts), len(counts))
