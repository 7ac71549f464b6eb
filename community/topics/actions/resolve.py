"""Settling a question: accepting answers, solving it otherwise, reopening it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.topics.actions.locking import lock_post, lock_topic
from community.topics.events import AnswerAccepted, AnswerUnaccepted, TopicReopened, TopicSolvedOtherwise
from community.topics.excerpts import accepted_excerpt
from community.topics.models import Post, PostKind, Resolution, ResolutionKind, Topic
from community.topics.permissions import capacity_to_settle, takes_back


def accept_answer(post: Post, *, by: User, at: datetime | None = None) -> bool:
    """Say that `post` solves its question. Several answers may be accepted. Returns False when it already is.

    Raises PermissionDenied.
    """
    capacity_to_settle(by, post.topic)
    with transaction.atomic():
        post = lock_post(post)
        capacity = capacity_to_settle(by, post.topic)
        if post.kind != PostKind.ANSWER:
            raise PermissionDenied(_("Only an answer can be accepted."))
        if post.is_deleted:
            raise PermissionDenied(_("This answer was deleted."))
        if post.is_accepted:
            return False
        now = at or timezone.now()
        Resolution.objects.create(
            topic=post.topic, kind=ResolutionKind.ANSWER, answer=post, by=by, accepted_as=capacity, created_at=now
        )
        post.is_accepted, post.accepted_as = True, capacity
        post.save(update_fields=["is_accepted", "accepted_as"])
        mark_solved(post.topic, now)
        publish(
            AnswerAccepted(
                topic_id=post.topic_id,
                section_id=post.topic.section_id,
                by_id=by.pk,
                post_id=post.pk,
                author_id=post.author_id,
                accepted_as=capacity,
                at=at.isoformat() if at else "",
            )
        )
    return True


def unaccept_answer(post: Post, *, by: User) -> bool:
    """Take back the acceptance of `post`. Returns False when there is none.

    Experts, ambassadors and the team take back any, others what somebody in their own capacity accepted. Raises
    PermissionDenied.
    """
    capacity_to_settle(by, post.topic)
    with transaction.atomic():
        post = lock_post(post)
        capacity = capacity_to_settle(by, post.topic)
        resolution = Resolution.objects.filter(answer=post, revoked_at=None).first()
        if resolution is None:
            return False
        if not takes_back(capacity, resolution.accepted_as):
            raise PermissionDenied(
                _("Somebody else accepted this answer. Say in a comment if it does not work for you.")
            )
        withdraw_acceptance(post, by=by)
    return True


def withdraw_acceptance(post: Post, *, by: User) -> None:
    """Revoke what accepted `post`, which the caller has locked and may change."""
    Resolution.objects.filter(answer=post, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)
    post.is_accepted, post.accepted_as = False, ""
    post.save(update_fields=["is_accepted", "accepted_as"])
    refresh_solved(post.topic)
    publish(
        AnswerUnaccepted(
            topic_id=post.topic_id,
            section_id=post.topic.section_id,
            by_id=by.pk,
            post_id=post.pk,
            author_id=post.author_id,
        )
    )


def solve_otherwise(topic: Topic, *, by: User, kind: str, note: str = "", at: datetime | None = None) -> bool:
    """Settle a question without an answer, for a reason of `ResolutionKind`. Returns False when it already is.

    Raises PermissionDenied, or ValidationError for an unknown reason.
    """
    capacity_to_settle(by, topic)
    if kind not in ResolutionKind.values or kind == ResolutionKind.ANSWER:
        raise ValidationError(_("Choose one of the reasons."), code="kind")
    with transaction.atomic():
        topic = lock_topic(topic)
        capacity = capacity_to_settle(by, topic)
        if Resolution.objects.filter(topic=topic, answer=None, revoked_at=None).exists():
            return False
        now = at or timezone.now()
        Resolution.objects.create(topic=topic, kind=kind, note=note[:300], by=by, accepted_as=capacity, created_at=now)
        mark_solved(topic, now)
        publish(TopicSolvedOtherwise(topic_id=topic.pk, section_id=topic.section_id, by_id=by.pk, kind=kind))
    return True


def reopen_topic(topic: Topic, *, by: User) -> bool:
    """Say that a question is not settled after all: every resolution in force is revoked. Returns False when none is.

    Raises PermissionDenied.
    """
    capacity_to_settle(by, topic)
    with transaction.atomic():
        topic = lock_topic(topic)
        capacity_to_settle(by, topic)
        in_force = Resolution.objects.filter(topic=topic, revoked_at=None)
        accepted = list(Post.objects.filter(topic=topic, is_accepted=True))
        if not in_force.update(revoked_at=timezone.now(), revoked_by=by):
            return False
        Post.objects.filter(topic=topic, is_accepted=True).update(is_accepted=False, accepted_as="")
        refresh_solved(topic)
        for post in accepted:
            publish(
                AnswerUnaccepted(
                    topic_id=topic.pk,
                    section_id=topic.section_id,
                    by_id=by.pk,
                    post_id=post.pk,
                    author_id=post.author_id,
                )
            )
        publish(TopicReopened(topic_id=topic.pk, section_id=topic.section_id, by_id=by.pk))
    return True


def mark_solved(topic: Topic, at: datetime) -> None:
    """Write down the shadow of a resolution just made; `solved_at` is that of the first one."""
    topic.is_solved, topic.solved_at = True, min(topic.solved_at or at, at)
    topic.answer_excerpt = accepted_excerpt(topic)
    topic.save(update_fields=["is_solved", "solved_at", "answer_excerpt"])


def refresh_solved(topic: Topic) -> None:
    """Bring `is_solved` and `solved_at` in step with the resolutions in force."""
    first = (
        Resolution.objects.filter(topic=topic, revoked_at=None)
        .order_by("created_at")
        .values_list("created_at", flat=True)
        .first()
    )
    topic.is_solved, topic.solved_at, topic.answer_excerpt = first is not None, first, accepted_excerpt(topic)
    topic.save(update_fields=["is_solved", "solved_at", "answer_excerpt"])
