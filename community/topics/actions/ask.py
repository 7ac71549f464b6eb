"""Opening a topic: a question, a discussion or a how-to."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.topics import writing
from community.topics.actions import once
from community.topics.events import TopicAsked
from community.topics.excerpts import excerpt
from community.topics.helpfulness import helpfulness
from community.topics.models import Post, PostKind, ReadMark, Section, Topic, TopicKind
from community.topics.permissions import check_can_ask


def ask_question(
    *,
    by: User,
    section: Section,
    title: str,
    body: str,
    lang: str,
    kind: str = TopicKind.QUESTION,
    tags: Sequence[str] = (),
    key: str = "",
    ask_session: str = "",
    at: datetime | None = None,
) -> Topic:
    """Open a topic in `section` and return it; the same `key` from the same person returns the same topic.

    `tags` are labels, `lang` is "fr" or "en", `at` is when it was written (now unless told otherwise).
    Raises PermissionDenied, ValidationError for the words, Conflict when `key` made something else.
    """
    check_can_ask(by, section)
    if kind not in TopicKind.values:
        raise ValidationError(_("Choose a question, a discussion or a how-to."), code="kind")
    title, body = (
        writing.clean_title(title),
        writing.clean_body(body, is_new=by.is_new, required=kind != TopicKind.QUESTION),
    )
    mentioned, now = writing.mentioned_members(body), at or timezone.now()
    html = writing.render_post(body, by, mentioned)
    with transaction.atomic():
        if done := once.claim(by, key, once.fingerprint("ask", section.pk, kind, title, body)):
            return done.topic
        topic = Topic(
            section=section,
            author=by,
            last_author=by,
            kind=kind,
            lang=lang,
            created_at=now,
            activity_at=now,
            post_count=1,
        )
        topic.retitle(title)
        topic.excerpt = excerpt(html)
        topic.save()
        topic.tags.set(writing.clean_tags(list(tags)))
        post = Post.objects.create(
            topic=topic,
            kind=PostKind.OPENING,
            author=by,
            body=body,
            html=html,
            created_at=now,
            helpfulness=helpfulness(0, 0, now),
        )
        ReadMark.objects.create(topic=topic, user=by, read_at=now)
        once.made(by, key, post)
        publish(
            TopicAsked(
                topic_id=topic.pk,
                section_id=section.pk,
                by_id=by.pk,
                post_id=post.pk,
                mentioned_ids=tuple(user.pk for user in mentioned),
                ask_session=ask_session,
            )
        )
    return topic
