"""Joining questions that ask the same: a pointer, which the asker may refuse."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.topics.actions.follow import follow_topic, share_problem, unfollow_topic, unshare_problem
from community.topics.actions.locking import lock_topic, lock_topics
from community.topics.actions.resolve import solve_otherwise
from community.topics.events import TopicMerged, TopicUnmerged
from community.topics.models import ResolutionKind, Topic
from community.topics.permissions import check_can_merge


def merge_topic(topic: Topic, *, into: Topic, by: User) -> bool:
    """Say that `topic` asks the same as `into`; its asker then follows `into` and is asked whether that solves it.

    Nothing is moved or lost: the topic keeps its page, which points to the other one. Chains become one hop.
    Returns False when it is already so. Raises PermissionDenied, or ValidationError for a topic with itself.
    """
    check_can_merge(by, topic)
    with transaction.atomic():
        locked = lock_topics(topic.pk, into.pk)
        topic, into = locked[topic.pk], locked[into.pk]
        if into.merged_into_id:
            into = lock_topic(Topic(pk=into.merged_into_id))
        if topic.pk == into.pk:
            raise ValidationError(_("These two are the same question. Choose another one."), code="itself")
        if into.is_deleted or topic.is_deleted:
            raise PermissionDenied(_("This topic was deleted."))
        if topic.merged_into_id == into.pk:
            return False
        topic.merged_into = into
        topic.save(update_fields=["merged_into"])
        joined_before = Topic.objects.filter(merged_into=topic)
        repointed = tuple(joined_before.order_by("pk").values_list("pk", flat=True))
        joined_before.update(merged_into=into)
        if topic.author.is_active:
            share_problem(into, by=topic.author)
            follow_topic(into, by=topic.author)
        publish(
            TopicMerged(
                topic_id=topic.pk,
                section_id=topic.section_id,
                by_id=by.pk,
                into_id=into.pk,
                author_id=topic.author_id,
                repointed_ids=repointed,
            )
        )
    return True


def unmerge_topic(topic: Topic, *, by: User) -> bool:
    """Take a merge back: the question stands by itself again. Returns False when it was not merged.

    Its asker, whom the merge counted among those with the other problem, no longer is. Raises PermissionDenied.
    """
    check_can_merge(by, topic)
    with transaction.atomic():
        locked = lock_topics(topic.pk, topic.merged_into_id or topic.pk)
        topic = locked[topic.pk]
        into = locked.get(topic.merged_into_id or 0)
        if into is None:
            return False
        unshare_problem(into, by=topic.author)
        unfollow_topic(into, by=topic.author)
        _separate(topic, into, by)
    return True


def separate_all(into: Topic, *, by: User) -> None:
    """Let every question joined with `into`, which is going, stand by itself again; the caller may do that."""
    for topic in Topic.objects.filter(merged_into=into).order_by("pk"):
        _separate(lock_topic(topic), into, by)


def _separate(topic: Topic, into: Topic, by: User) -> None:
    topic.merged_into = None
    topic.save(update_fields=["merged_into"])
    publish(TopicUnmerged(topic_id=topic.pk, section_id=topic.section_id, by_id=by.pk, from_id=into.pk))


def reply_to_merge(topic: Topic, *, by: User, solved: bool) -> bool:
    """The asker's word on a merge: it solves theirs, or it does not and their question stands by itself again.

    Returns whether that changed anything. Raises PermissionDenied for anyone but the asker.
    """
    if by.pk != topic.author_id:
        raise PermissionDenied(_("Only the person who asked can say whether this solves it."))
    if topic.merged_into_id is None:
        return False
    if solved:
        return solve_otherwise(topic, by=by, kind=ResolutionKind.SAME_QUESTION)
    return unmerge_topic(topic, by=by)
