"""Rows locked in one order, topic before post, so that no two actions wait for each other in a circle."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.topics.models import Post, Topic


def lock_topic(topic: Topic) -> Topic:
    """The topic as it is now, locked until the transaction ends."""
    try:
        return Topic.objects.select_for_update(of=("self",), no_key=True).select_related("section").get(pk=topic.pk)
    except Topic.DoesNotExist:
        raise PermissionDenied(_("This topic was deleted.")) from None


def lock_topics(*topic_ids: int) -> dict[int, Topic]:
    """Several topics by id, locked in the order of their ids."""
    return {pk: lock_topic(Topic(pk=pk)) for pk in sorted(set(topic_ids))}


def lock_post(post: Post) -> Post:
    """The post and its topic as they are now, both locked until the transaction ends."""
    topic = lock_topic(Topic(pk=post.topic_id))
    try:
        locked = Post.objects.select_for_update(of=("self",), no_key=True).get(pk=post.pk)
    except Post.DoesNotExist:
        raise PermissionDenied(_("This post was deleted.")) from None
    locked.topic = topic
    return locked


def lock_post_alone(post: Post) -> Post:
    """The post as it is now, locked; its topic is read along, but others may change it meanwhile.

    For what changes nothing of the topic, and locks nothing else of it afterwards.
    """
    try:
        return (
            Post.objects.select_for_update(of=("self",), no_key=True).select_related("topic__section").get(pk=post.pk)
        )
    except Post.DoesNotExist:
        raise PermissionDenied(_("This post was deleted.")) from None
