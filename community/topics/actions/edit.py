"""Changing what was written; every earlier text is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    words = cleaned_words(post, by=by, body=body, title=title)
    with transaction.atomic():
        post = lock_post(post)
        check_can_edit(by, post)
        return change_text(post, words, by=by, base_revision=base_revision, tags=tags)


@dataclass(frozen=True)
class Words:
    """A text as it may be stored; `title` is None where there is none, or it stays."""

    body: str
    title: str | None


def cleaned_words(post: Post, *, by: User, body: str, title: str | None) -> Words:
    """The new words in the shape that the place of `post` takes. Raises ValidationError."""
    longest = writing.COMMENT_MAX if post.kind == PostKind.COMMENT else writing.BODY_MAX
    is_opening = post.kind == PostKind.OPENING
    required = not (is_opening and post.topic.is_question)
    few_links = not by.has_perm("community.links")
    body = writing.clean_body(body, few_links=few_links, longest=longest, required=required)
    return Words(body, writing.clean_title(title) if is_opening and title is not None else None)


def change_text(post: Post, words: Words, *, by: User, base_revision: int, tags: Sequence[str] | None = None) -> bool:
    """Give `post`, which the caller has locked and may change, its new words. Returns whether anything changed.

    Raises Conflict when `base_revision` is no longer its latest.
    """
    topic, is_opening = post.topic, post.kind == PostKind.OPENING
    old_tags = list(topic.tags.all()) if is_opening and tags is not None else []
    new_tags = writing.clean_tags(list(tags)) if is_opening and tags is not None else []
    untagged = {tag.pk for tag in old_tags} - {tag.pk for tag in new_tags}
    retagged = bool(untagged) or len(old_tags) != len(new_tags)
    if words.body == post.body and words.title in {None, topic.title} and not retagged:
        return False
    if base_revision != post.revision:
        raise Conflict(
            _(
                "Someone else changed this text while you were editing it. "
                "Your version is kept below: compare, then save again."
            )
        )
    already, mentioned = writing.mentioned_members(post.body), writing.mentioned_members(words.body)
    _rewrite(post, words.title or topic.title, words.body, mentioned, by)
    if retagged:
        topic.tags.set(new_tags)
    publish(
        PostEdited(
            topic_id=topic.pk,
            section_id=topic.section_id,
            by_id=by.pk,
            post_id=post.pk,
            author_id=post.author_id,
            newly_mentioned_ids=tuple(user.pk for user in mentioned if user not in already),
            untagged_ids=tuple(sorted(untagged)),
        )
    )
    return True


def _rewrite(post: Post, title: str, body: str, mentioned: list[User], by: User) -> None:
    """Keep what `post` said as a revision, then write down what it says now, and what its topic shows of it."""
    topic, is_opening = post.topic, post.kind == PostKind.OPENING
    PostRevision.objects.create(
        post=post, number=post.revision, title=topic.title if is_opening else "", body=post.body, editor=by
    )
    post.body, post.html = body, writing.render_post(body, post.author, mentioned)
    post.revision, post.edited_at = post.revision + 1, timezone.now()
    post.save(update_fields=["body", "html", "revision", "edited_at"])
    if is_opening:
        topic.retitle(title)
        topic.excerpt = excerpt(post.html)
    if post.is_accepted:
        topic.answer_excerpt = accepted_excerpt(topic)
    topic.save(update_fields=["title", "slug", "excerpt", "answer_excerpt"])
