"""Whose measures an event may have moved."""

from community.core.events import Event
from community.topics import events
from community.topics.models import Post, PostVote, Resolution, Topic
from rewards.metrics import COMING_AND_GOING

DOERS = ("by_id", "author_id", "member_id")


def members_of(event: Event) -> set[int]:
    """The members whom `event` names, the topic's author, and all who took part when a topic came, went or moved."""
    found = {getattr(event, name, None) for name in DOERS}
    if isinstance(event, events.AnswerConfirmed):
        found |= set(Post.objects.filter(pk=event.post_id).values_list("author", flat=True))
    if isinstance(event, events.TopicEvent):
        found |= set(Topic.objects.filter(pk=event.topic_id).values_list("author", flat=True))
    if isinstance(event, (*COMING_AND_GOING, events.AnswerUnaccepted)):
        for model, path, who in (
            (Post, "topic", "author"),
            (Resolution, "topic", "by"),
            (PostVote, "post__topic", "user"),
        ):
            rows = model._default_manager.filter(**{path: getattr(event, "topic_id")})  # noqa: B009
            found |= set(rows.order_by().values_list(who, flat=True).distinct())
    return {member_id for member_id in found if member_id is not None}
