"""Answering, and commenting on what was said."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.topics import writing
from community.topics.actions import once
from community.topics.actions.locking import lock_post, lock_topic
from community.topics.events import AnswerPosted, CommentPosted
from community.topics.helpfulness import helpfulness
from community.topics.models import Post, PostKind, ReadMark, Topic
from community.topics.permissions import check_can_answer


def post_answer(topic: Topic, *, by: User, body: str, key: str = "", at: datetime | None = None) -> Post:
    """Answer `topic` (in a discussion: reply) and return the post; the same `key` returns the same post.

    Raises PermissionDenied, ValidationError for the words, Conflict when `key` made something else.
    """
    check_can_answer(by, topic)
    body = writing.clean_body(body, few_links=not by.has_perm("community.links"))
    mentioned, now = writing.mentioned_members(body), at or timezone.now()
    html = writing.render_post(body, by, mentioned)
    with transaction.atomic():
        if done := once.claim(by, key, once.fingerprint("answer", topic.pk, body)):
            return done
        topic = lock_topic(topic)
        check_can_answer(by, topic)
        post = Post.objects.create(
            topic=topic,
            kind=PostKind.ANSWER,
            author=by,
            body=body,
            html=html,
            created_at=now,
            helpfulness=helpfulness(0, 0, now),
        )
        once.made(by, key, post)
        topic.answer_count, topic.post_count = F("answer_count") + 1, F("post_count") + 1
        if by.pk != topic.author_id:
            topic.first_answer_at = min(topic.first_answer_at or now, now)
        topic.activity_at, topic.last_author = max(topic.activity_at, now), by
        topic.save(update_fields=["answer_count", "post_count", "first_answer_at", "activity_at", "last_author"])
        ReadMark.objects.update_or_create(topic=topic, user=by, defaults={"read_at": now})
        publish(
            AnswerPosted(
                topic_id=topic.pk,
                section_id=topic.section_id,
                by_id=by.pk,
                post_id=post.pk,
                author_id=by.pk,
                mentioned_ids=tuple(user.pk for user in mentioned),
            )
        )
    return post


def post_comment(parent: Post, *, by: User, body: str, key: str = "", at: datetime | None = None) -> Post:
    """Comment on an opening or an answer and return the comment; comments have no comments of their own.

    Raises PermissionDenied, ValidationError for the words, Conflict when `key` made something else.
    """
    check_can_answer(by, parent.topic)
    if parent.kind == PostKind.COMMENT:
        raise PermissionDenied(_("A comment cannot be commented on. Comment on the answer itself."))
    body = writing.clean_body(body, few_links=not by.has_perm("community.links"), longest=writing.COMMENT_MAX)
    mentioned, now = writing.mentioned_members(body), at or timezone.now()
    html = writing.render_post(body, by, mentioned)
    with transaction.atomic():
        if done := once.claim(by, key, once.fingerprint("comment", parent.pk, body)):
            return done
        parent = lock_post(parent)
        topic = parent.topic
        check_can_answer(by, topic)
        if parent.is_deleted:
            raise PermissionDenied(_("This post was deleted."))
        comment = Post.objects.create(
            topic=topic, kind=PostKind.COMMENT, parent=parent, author=by, body=body, html=html, created_at=now
        )
        once.made(by, key, comment)
        Post.objects.filter(pk=parent.pk).update(comment_count=F("comment_count") + 1)
        Topic.objects.filter(pk=topic.pk).update(
            post_count=F("post_count") + 1, activity_at=max(topic.activity_at, now), last_author=by
        )
        ReadMark.objects.update_or_create(topic=topic, user=by, defaults={"read_at": now})
        publish(
            CommentPosted(
                topic_id=topic.pk,
                section_id=topic.section_id,
                by_id=by.pk,
                post_id=comment.pk,
                author_id=by.pk,
                parent_id=parent.pk,
                mentioned_ids=tuple(user.pk for user in mentioned),
            )
        )
    return comment
