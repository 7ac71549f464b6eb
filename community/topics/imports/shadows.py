"""What topics and posts show of other rows, brought in step for those that a batch touched."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Min

from community.topics.imports.bulk import update
from community.topics.models import Post, PostKind, Resolution, Topic


def refresh_topics(topic_ids: Collection[int]) -> None:
    """Count the posts of these topics, and note their first answer, last author and solution.

    In one pass over their posts: a subquery for each column of each topic costs PostgreSQL ten times as much.
    """
    askers = dict(Topic.objects.filter(pk__in=topic_ids).values_list("pk", "author_id"))
    activity = dict(Topic.objects.filter(pk__in=topic_ids).values_list("pk", "activity_at"))
    solved = dict(
        Resolution.objects.filter(topic__in=topic_ids, revoked_at=None)
        .order_by()
        .values_list("topic")
        .annotate(first=Min("created_at"))
    )
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    first_answer: dict[int, datetime] = {}
    latest: dict[int, tuple[datetime, int, int]] = {}
    posts = Post.objects.filter(topic__in=topic_ids, deleted_at=None).order_by()
    for key, topic, kind, author, written in posts.values_list("pk", "topic_id", "kind", "author_id", "created_at"):
        counts[topic][kind] += 1
        latest[topic] = max(latest.get(topic, (written, key, author)), (written, key, author))
        if kind == PostKind.ANSWER and author != askers[topic]:
            first_answer[topic] = min(first_answer.get(topic, written), written)
    update(
        Topic,
        ["answer_count", "post_count", "first_answer_at", "is_solved", "solved_at", "activity_at", "last_author_id"],
        {
            topic: (
                counts[topic][PostKind.ANSWER],
                counts[topic].total(),
                first_answer.get(topic),
                topic in solved,
                solved.get(topic),
                max(activity[topic], written),
                author,
            )
            for topic, (written, _key, author) in latest.items()
        },
    )


def recount_comments(post_ids: Collection[int]) -> None:
    """Count the comments under these posts."""
    under = Post.objects.filter(parent__in=post_ids, deleted_at=None).order_by()
    counts = dict(under.values_list("parent").annotate(of=Count("pk")))
    update(Post, ["comment_count"], {post: (counts.get(post, 0),) for post in post_ids})
