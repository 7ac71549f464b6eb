"""Keeping an eye on a topic: following it, sharing its problem, remembering how far one has read."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.accounts.models import User
from community.core.events import publish
from community.topics.actions.locking import lock_topic
from community.topics.events import ProblemShared, TopicFollowed
from community.topics.models import Follow, ReadMark, SameProblem, Topic
from community.topics.permissions import check_can_see, check_can_take_part


def follow_topic(topic: Topic, *, by: User, at: datetime | None = None) -> bool:
    """Have `by` hear of new answers. Returns False when they already do. Raises PermissionDenied."""
    check_can_take_part(by)
    check_can_see(by, topic)
    with transaction.atomic():
        if not Follow.objects.get_or_create(topic=topic, user=by, defaults={"created_at": at or timezone.now()})[1]:
            return False
        Topic.objects.filter(pk=topic.pk).update(follower_count=F("follower_count") + 1)
        publish(TopicFollowed(topic_id=topic.pk, by_id=by.pk, followed=True))
    return True


def unfollow_topic(topic: Topic, *, by: User) -> bool:
    """Leave `by` in peace about `topic`. Returns False when they did not follow it."""
    with transaction.atomic():
        if not Follow.objects.filter(topic=topic, user=by).delete()[0]:
            return False
        Topic.objects.filter(pk=topic.pk).update(follower_count=F("follower_count") - 1)
        publish(TopicFollowed(topic_id=topic.pk, by_id=by.pk, followed=False))
    return True


def share_problem(topic: Topic, *, by: User, at: datetime | None = None) -> bool:
    """Count `by` among those with the same problem, who then follow it. Returns False when they already are.

    The asker has the problem by asking and is not counted again. Raises PermissionDenied.
    """
    check_can_take_part(by)
    check_can_see(by, topic)
    if topic.author_id == by.pk:
        return False
    with transaction.atomic():
        topic = lock_topic(topic)
        if not SameProblem.objects.get_or_create(topic=topic, user=by, defaults={"created_at": at or timezone.now()})[
            1
        ]:
            return False
        Topic.objects.filter(pk=topic.pk).update(same_problem_count=F("same_problem_count") + 1)
        follow_topic(topic, by=by, at=at)
        publish(ProblemShared(topic_id=topic.pk, section_id=topic.section_id, by_id=by.pk, shared=True))
    return True


def unshare_problem(topic: Topic, *, by: User) -> bool:
    """Take `by` off those with the same problem. Returns False when they were not there."""
    with transaction.atomic():
        topic = lock_topic(topic)
        if not SameProblem.objects.filter(topic=topic, user=by).delete()[0]:
            return False
        Topic.objects.filter(pk=topic.pk).update(same_problem_count=F("same_problem_count") - 1)
        publish(ProblemShared(topic_id=topic.pk, section_id=topic.section_id, by_id=by.pk, shared=False))
    return True


def mark_read(topic: Topic, *, by: User, at: datetime) -> bool:
    """Remember that `by` has read `topic` up to `at`. Writes nothing, and returns False, when nothing is new since."""
    if not ReadMark.objects.filter(topic=topic, user=by, read_at__gte=topic.activity_at).exists():
        ReadMark.objects.update_or_create(topic=topic, user=by, defaults={"read_at": at})
        return True
    return False
