"""Saying that a post helps or misleads, and taking it back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.topics.actions.locking import lock_post_alone
from community.topics.events import PostVoted
from community.topics.helpfulness import helpfulness
from community.topics.models import Post, PostVote
from community.topics.permissions import check_can_vote, check_can_vote_down


def vote_post(post: Post, *, by: User, value: int, at: datetime | None = None) -> bool:
    """Set the vote of `by` on `post` to 1 (helpful), -1 (misleading) or 0 (none). Returns whether that changed it.

    `post` is given its new counts. Raises PermissionDenied, or ValidationError for another value.
    """
    check_can_vote(by, post)
    if value not in {1, 0, -1}:
        raise ValidationError(_("A vote is 1, 0 or -1."), code="value")
    if value < 0:
        check_can_vote_down(by, post)
    with transaction.atomic():
        given, post = post, lock_post_alone(post)
        check_can_vote(by, post)
        given.up_count, given.down_count = post.up_count, post.down_count
        vote = PostVote.objects.filter(post=post, user=by).first()
        previous = vote.value if vote else 0
        if previous == value:
            return False
        if vote and value:
            vote.value = value
            vote.save(update_fields=["value"])
        elif vote:
            vote.delete()
        else:
            PostVote.objects.create(post=post, user=by, value=value, created_at=at or timezone.now())
        post.up_count += (value == 1) - (previous == 1)
        post.down_count += (value == -1) - (previous == -1)
        post.helpfulness = helpfulness(post.up_count, post.down_count, post.created_at)
        post.save(update_fields=["up_count", "down_count", "helpfulness"])
        given.up_count, given.down_count = post.up_count, post.down_count
        publish(
            PostVoted(
                topic_id=post.topic_id,
                section_id=post.topic.section_id,
                by_id=by.pk,
                post_id=post.pk,
                author_id=post.author_id,
                previous=previous,
                value=value,
                at=at.isoformat() if at else "",
            )
        )
    return True
