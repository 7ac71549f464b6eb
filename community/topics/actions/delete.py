"""Taking a post away, and bringing it back; an opening takes its topic with it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.topics.actions.locking import lock_post
from community.topics.actions.merge import separate_all
from community.topics.actions.recount import recount_topic
from community.topics.actions.resolve import withdraw_acceptance
from community.topics.events import PostDeleted, PostRestored
from community.topics.models import Post, PostKind
from community.topics.permissions import check_can_delete, check_can_remove_as_spam, check_can_restore


def delete_post(post: Post, *, by: User, as_spam: bool = False) -> bool:
    """Take `post` away from readers, for moderators also `as_spam`. Returns False when it already is.

    Raises PermissionDenied.
    """
    check = check_can_remove_as_spam if as_spam else check_can_delete
    check(by, post)
    with transaction.atomic():
        post = lock_post(post)
        check(by, post)
        if post.is_deleted:
            return False
        if post.is_accepted:
            withdraw_acceptance(post, by=by)
        post.deleted_at, post.deleted_by, post.is_spam = timezone.now(), by, as_spam
        post.save(update_fields=["deleted_at", "deleted_by", "is_spam"])
        if post.kind == PostKind.OPENING:
            post.topic.deleted_at, post.topic.deleted_by = post.deleted_at, by
            post.topic.save(update_fields=["deleted_at", "deleted_by"])
            separate_all(post.topic, by=by)
        recount_topic(post.topic)
        publish(
            PostDeleted(
                topic_id=post.topic_id,
                section_id=post.topic.section_id,
                by_id=by.pk,
                post_id=post.pk,
                author_id=post.author_id,
            )
        )
    return True


def restore_post(post: Post, *, by: User) -> bool:
    """Bring `post` back. Returns False when it is not deleted.

    Raises PermissionDenied; a comment comes back only under a post that is there.
    """
    check_can_restore(by, post)
    with transaction.atomic():
        post = lock_post(post)
        check_can_restore(by, post)
        if not post.is_deleted:
            return False
        if post.parent is not None and post.parent.is_deleted:
            raise PermissionDenied(_("What this comments on is deleted. Bring that back first."))
        post.deleted_at, post.deleted_by, post.is_spam = None, None, False
        post.save(update_fields=["deleted_at", "deleted_by", "is_spam"])
        if post.kind == PostKind.OPENING:
            post.topic.deleted_at = post.topic.deleted_by = None
            post.topic.save(update_fields=["deleted_at", "deleted_by"])
        recount_topic(post.topic)
        publish(
            PostRestored(
                topic_id=post.topic_id,
                section_id=post.topic.section_id,
                by_id=by.pk,
                post_id=post.pk,
                author_id=post.author_id,
            )
        )
    return True
