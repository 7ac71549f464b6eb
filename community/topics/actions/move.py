"""Putting a topic where it belongs, and closing it to new answers."""

from django.db import transaction

from community.accounts.models import User
from community.core.events import publish
from community.topics.actions.locking import lock_topic
from community.topics.events import TopicClosed, TopicMoved
from community.topics.models import Section, Topic
from community.topics.permissions import check_can_close, check_can_move


def move_topic(topic: Topic, *, by: User, section: Section) -> bool:
    """Move `topic` to `section`. Returns False when it is already there. Raises PermissionDenied."""
    check_can_move(by, topic)
    with transaction.atomic():
        topic = lock_topic(topic)
        before = topic.section_id
        if before == section.pk:
            return False
        topic.section = section
        topic.save(update_fields=["section"])
        publish(TopicMoved(topic_id=topic.pk, section_id=section.pk, by_id=by.pk, from_section_id=before))
    return True


def close_topic(topic: Topic, *, by: User, closed: bool = True) -> bool:
    """Close `topic` to new answers, or open it again. Returns whether that changed it. Raises PermissionDenied."""
    check_can_close(by, topic)
    with transaction.atomic():
        topic = lock_topic(topic)
        if topic.is_closed == closed:
            return False
        topic.is_closed = closed
        topic.save(update_fields=["is_closed"])
        publish(TopicClosed(topic_id=topic.pk, section_id=topic.section_id, by_id=by.pk, closed=closed))
    return True
