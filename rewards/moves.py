"""Which events move a measure, and whose measures one may have moved."""

from collections.abc import Iterable

from django.db.models import QuerySet

from community.core.events import Event
from community.topics import events
from community.topics.models import Post, PostRevision, PostVote, Resolution, Topic
from rewards.metrics import COMING_AND_GOING, METRICS

DOERS = ("by_id", "author_id", "member_id")


def movers() -> set[type[Event]]:
    """Every event that may change a measure of the list."""
    return {kind for metric in METRICS.values() for kind in metric.movers}


def members_of(event: Event) -> set[int]:
    """The members whom `event` names, who asked what others share, and all who took part in what came, went or moved.

    Six queries at most. Nobody else: whoever is measured is locked.
    """
    found = {getattr(event, name, None) for name in DOERS}
    if isinstance(event, events.AnswerConfirmed):
        found |= set(Post.objects.filter(pk=event.post_id).values_list("author", flat=True))
    if isinstance(event, events.ProblemShared):
        found |= set(Topic.objects.filter(pk=event.topic_id).values_list("author", flat=True))
    if isinstance(event, events.TopicEvent) and isinstance(event, (*COMING_AND_GOING, events.AnswerUnaccepted)):
        found |= _with_a_part_in(_moved_by(event))
    return {member_id for member_id in found if member_id is not None}


def _moved_by(event: events.TopicEvent) -> QuerySet[Post]:
    """All posts of the topic: who was the second to answer is the first when that one goes. Of a comment, itself."""
    posts = Post.objects.filter(topic=event.topic_id)
    if isinstance(event, events.PostEvent):
        comment = posts.filter(pk=event.post_id, kind="comment")
        return comment if comment.exists() else posts
    return posts


def _with_a_part_in(posts: QuerySet[Post]) -> set[int]:
    """Who wrote, voted on, improved or accepted any of `posts`. Four queries."""
    return {pk for people in _parts(posts) for pk in people if pk is not None}


def _parts(posts: QuerySet[Post]) -> Iterable[Iterable[int | None]]:
    pks = posts.values("pk")
    yield posts.order_by().values_list("author", flat=True).distinct()
    yield PostVote.objects.filter(post__in=pks).order_by().values_list("user", flat=True).distinct()
    yield PostRevision.objects.filter(post__in=pks).order_by().values_list("editor", flat=True).distinct()
    yield Resolution.objects.filter(answer__in=pks).order_by().values_list("by", flat=True).distinct()
