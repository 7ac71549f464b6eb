"""What members did, as trust counts it; a fixed number of queries for any number of members."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from community.core.kept_values import remember
from community.topics.models import Post, PostVote, Topic
from rewards.metrics import measure
from rewards.models import Entry
from rewards.pauses import longer_windows, pauses_of
from rewards.trust.criteria import WINDOW_DAYS
from rewards.trust.models import TAG, MemberDay, TopicReading

Figures = dict[int, dict[str, int]]


def ever(member_ids: Collection[int]) -> Figures:
    """The figures of members since the beginning, by member and name. Four queries."""
    found: Figures = defaultdict(dict)
    days = MemberDay.objects.filter(member__in=member_ids).order_by().values("member")
    for row in days.annotate(
        days=Count("pk"), sum_s=Sum("seconds"), topics=Sum("topics_entered"), posts=Sum("posts_read")
    ):
        figures = {"days": row["days"], "minutes": row["sum_s"] // 60}
        found[row["member"]] = {**figures, "topics_entered": row["topics"], "posts_read": row["posts"]}
    _add(found, member_ids, {name: measure(name, members=member_ids) for name in COUNTED})
    return found


COUNTED = ("votes_given", "votes_received", "topics_answered")


def lately(member_ids: Collection[int]) -> Figures:
    """The figures of the last WINDOW_DAYS that count, and those of level 3 that count since the beginning.

    Ten queries, and nine for each window that a pause makes longer.
    """
    now, left, found = timezone.now(), set(member_ids), Figures()
    for since, ids in longer_windows(pauses_of(member_ids), now, WINDOW_DAYS):
        found |= _since(since, ids)
        left -= ids
    return found | _since(now - timedelta(days=WINDOW_DAYS), left) if left else found


def _since(since: datetime, member_ids: Collection[int]) -> Figures:
    found: Figures = defaultdict(dict)
    days = MemberDay.objects.filter(member__in=member_ids).order_by().values_list("member")
    window = days.filter(day__gte=since.date(), seconds__gt=0)
    for member, count, posts in window.annotate(count=Count("pk"), posts=Sum("posts_read")):
        found[member] |= {"days": count, "posts_share": posts}
    for member, topics, posts in days.annotate(topics=Sum("topics_entered"), posts=Sum("posts_read")):
        found[member] |= {"topics_ever": topics, "posts_ever": posts}
    opened = TopicReading.objects.filter(member__in=member_ids, topic__created_at__gte=since)
    votes = PostVote.objects.filter(post__author__in=member_ids, value=1, created_at__gte=since, post__deleted_at=None)
    received = votes.order_by().values_list("post__author")
    removed = Entry.objects.filter(member__in=member_ids, rule="spam", generation=0, reversed_by=None)
    _add(
        found,
        member_ids,
        {
            **{name: measure(name, members=member_ids, since=since) for name in (*COUNTED, "voters")},
            "topics_share": dict(opened.order_by().values_list("member").annotate(count=Count("pk"))),
            "vote_days": dict(received.annotate(count=Count(TruncDate("created_at"), distinct=True))),
            "removals": dict(removed.order_by().values_list("member").annotate(count=Count("pk"))),
        },
    )
    return found


def totals() -> tuple[int, int]:
    """How many topics and posts came in the last WINDOW_DAYS; counted now and then, for all alike."""
    return remember("trust.totals", [TAG], _count_totals)


def _count_totals() -> tuple[int, int]:
    since = timezone.now() - timedelta(days=WINDOW_DAYS)
    topics = Topic.objects.listed().filter(created_at__gte=since).count()
    return topics, Post.objects.filter(created_at__gte=since, deleted_at=None).count()


def _add(found: Figures, member_ids: Collection[int], counted: Mapping[str, Mapping[int, int]]) -> None:
    for member in member_ids:
        found[member] |= {name: counts.get(member, 0) for name, counts in counted.items()}
