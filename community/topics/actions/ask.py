"""Opening a topic: a question, a discussion or a how-to."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
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
from community.topics.models import Post, PostKind, ReadMark, Section, Tag, Topic, TopicKind
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
    read: Sequence[str] = (),
    at: datetime | None = None,
) -> Topic:
    """Open a topic in `section` and return it; the same `key` from the same person returns the same topic.

    `tags` are labels, `lang` is "fr" or "en", `at` is when it was written (now unless told otherwise). `ask_session` is
    what the asker was shown before, as search named it, `read` what they read ("topic:12").
    Raises PermissionDenied, ValidationError for the words, Conflict when `key` made something else.
    """
    check_can_ask(by, section)
    if kind not in TopicKind.values:
        raise ValidationError(_("Choose a question, a discussion or a how-to."), code="kind")
    if lang not in dict(settings.LANGUAGES):
        raise ValidationError(_("Choose French or English."), code="lang")
    title = writing.clean_title(title)
    body = writing.clean_body(body, few_links=not by.has_perm("community.links"), required=kind != TopicKind.QUESTION)
    mentioned, now = writing.mentioned_members(body), at or timezone.now()
    html = writing.render_post(body, by, mentioned)
    with transaction.atomic():
        if done := once.claim(by, key, once.fingerprint("ask", section.pk, kind, title, body)):
            return done.topic
        topic = Topic(section=section, author=by, last_author=by, kind=kind, lang=lang, created_at=now, activity_at=now)
        topic.retitle(title)
        post = _open(topic, body, html, writing.clean_tags(list(tags)))
        once.made(by, key, post)
        publish(
            TopicAsked(
                topic_id=topic.pk,
                section_id=section.pk,
                by_id=by.pk,
                post_id=post.pk,
                mentioned_ids=tuple(user.pk for user in mentioned),
                ask_session=ask_session,
                read=tuple(read),
            )
        )
    return topic


def _open(topic: Topic, body: str, html: str, tags: list[Tag]) -> Post:
    """Write down a new topic with its opening post, which its author has read."""
    topic.excerpt, topic.post_count = excerpt(html), 1
    topic.save()
    topic.tags.set(tags)
    ReadMark.objects.create(topic=topic, user=topic.author, read_at=topic.created_at)
    return Post.objects.create(
        topic=topic,
        kind=PostKind.OPENING,
        author=topic.author,
        body=body,
        html=html,
        created_at=topic.created_at,
        helpfulness=helpfulness(0, 0, topic.created_at),
    )
