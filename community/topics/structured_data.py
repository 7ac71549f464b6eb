"""What search engines and social cards read of a topic: schema.org data, canonical address, whether to index it."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from community.accounts.models import User
from community.core.markdown import plain_text
from community.topics.models import Post, Topic
from community.topics.topic_page import TopicPage

THIN_AFTER = timedelta(days=30)
TEXT_LENGTH = 5_000


def absolute(path: str) -> str:
    """`path` as an address of this site."""
    return f"{settings.SITE_URL}{path}"


def address_in(topic: Topic, language: str) -> str:
    """The address of `topic` within the interface in `language`."""
    with translation.override(language):
        return absolute(topic.get_absolute_url())


def canonical(topic: Topic, request: HttpRequest) -> str:
    """The one address by which the topic is known: in its own language; a merged one is known by its target."""
    known = topic.merged_into if topic.merged_into_id and topic.merged_into else topic
    return address_in(known, known.lang)


def is_thin(topic: Topic) -> bool:
    """Whether search engines should leave the page out: nobody answered in 30 days (as Kitsune does)."""
    return topic.answer_count == 0 and topic.created_at < timezone.now() - THIN_AFTER


def question_page(page: TopicPage, request: HttpRequest) -> SafeString | None:
    """The page as schema.org QAPage in JSON, safe inside a script element; None when it is no answered question.

    Search engines want at least one answer. Source: https://schema.org/QAPage and Google's guide to it.
    """
    topic = page.topic
    if not topic.is_question or not (page.accepted or page.answers):
        return None
    question: dict[str, Any] = {
        "@type": "Question",
        "name": topic.title,
        "text": _text(page.opening.post) or topic.title,
        "answerCount": topic.answer_count,
        "upvoteCount": page.opening.post.score,
        "datePublished": topic.created_at.isoformat(),
        "author": _person(topic.author),
        "inLanguage": topic.lang,
    }
    if page.accepted:
        question["acceptedAnswer"] = [_answer(shown.post) for shown in page.accepted]
    if page.answers:
        question["suggestedAnswer"] = [_answer(shown.post) for shown in page.answers[:10]]
    return as_script({"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question})


def as_script(data: dict[str, Any]) -> SafeString:
    """`data` as JSON that cannot end its script element."""
    text = json.dumps(data, ensure_ascii=False)
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S308


def _answer(post: Post) -> dict[str, Any]:
    return {
        "@type": "Answer",
        "text": _text(post),
        "upvoteCount": post.score,
        "url": f"{address_in(post.topic, post.topic.lang)}#post-{post.pk}",
        "datePublished": post.created_at.isoformat(),
        "author": _person(post.author),
    }


def _text(post: Post) -> str:
    return plain_text(post.html)[:TEXT_LENGTH]


def _person(author: User) -> dict[str, str]:
    return {
        "@type": "Person",
        "name": author.username,
        "url": absolute(reverse("accounts:member", args=[author.username])),
    }
