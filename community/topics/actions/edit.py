"""Changing what was written; every earlier text is kept."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.errors import Conflict
from community.core.events import publish
from community.topics import writing
from community.topics.actions.locking import lock_post
from community.topics.events import PostEdited
from community.topics.excerpts import accepted_excerpt, excerpt
from community.topics.models import Post, PostKind, PostRevision
from community.topics.permissions import check_can_edit


def edit_post(
    post: Post, *, by: User, body: str, base_revision: int, title: str | None = None, tags: Sequence[str] | None = None
) -> bool:
    """Replace the text of `post` (for an opening also title and tags). Returns whether anything changed.

    `base_revision` is the revision that the editor started from. Raises Conflict when someone else saved one since,
    PermissionDenied, or ValidationError for the words.
    """
    check_can_edit(by, post)
    is_opening, is_comment = post.kind == PostKind.OPENING, post.kind == PostKind.COMMENT
    longest = writing.COMMENT_MAX if is_comment else writing.BODY_MAX
    body = writing.clean_body(
        body, is_new=by.is_new, longest=longest, required=not (is_opening and post.topic.is_question)
    )
    title = writing.clean_title(title) if is_opening and title is not None else None
    with transaction.atomic():
        post = lock_post(post)
        check_can_edit(by, post)
        topic = post.topic
        new_tags = writing.clean_tags(list(tags)) if is_opening and tags is not None else None
        old_tag_ids = set(topic.tags.values_list("pk", flat=True)) if new_tags is not None else set()
        untagged = old_tag_ids - {tag.pk for tag in new_tags or []}
        retitled = title is not None and title != topic.title
        retagged = new_tags is not None and {tag.pk for tag in new_tags} != old_tag_ids
        if body == post.body and not retitled and not retagged:
            return False
        if base_revision != post.revision:
            raise Conflict(
                _(
                    "Someone else changed this text while you were editing it. "
                    "Your version is kept below: compare, then save again."
                )
            )
        already = {user.pk for user in writing.mentioned_members(post.body)}
        mentioned = writing.mentioned_members(body)
        PostRevision.objects.create(
            post=post, number=post.revision, title=topic.title if is_opening else "", body=post.body, editor=by
        )
        post.body, post.html = body, writing.render_post(body, post.author, mentioned)
        post.revision, post.edited_at = post.revision + 1, timezone.now()
        post.save(update_fields=["body", "html", "revision", "edited_at"])
        if retitled and title is not None:
            topic.retitle(title)
        if is_opening:
            topic.excerpt = excerpt(post.html)
        if post.is_accepted:
            topic.answer_excerpt = accepted_excerpt(topic)
        topic.save(update_fields=["title", "slug", "excerpt", "answer_excerpt"])
        if new_tags is not None and retagged:
            topic.tags.set(new_tags)
        publish(
            PostEdited(
                topic_id=topic.pk,
                section_id=topic.section_id,
                by_id=by.pk,
                post_id=post.pk,
                author_id=post.author_id,
                newly_mentioned_ids=tuple(user.pk for user in mentioned if user.pk not in already),
                untagged_ids=tuple(sorted(untagged)),
            )
        )
    return True
