"""What search shows on the pages of lower floors."""

from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.template.loader import render_to_string
from django.utils.translation import get_language

from community.accounts.models import User
from community.core.slots import fills
from community.pages.models import HelpArticlePage
from community.topics.models import Topic
from search.ask_tokens import seal
from search.engines.chosen import engine
from search.models import AskSession
from search.related import related
from search.suggesting import headings_of, suggest


@fills("ask.suggestions")
def answers_before_asking(context: Context, words: str = "", **_arguments: Any) -> str:
    """The answers that exist, on the page between the words and the details.

    The page's `ask_session` becomes a token of what is shown, which the way onwards carries to the question.
    """
    found = suggest(engine(), words, _reader(context), lang=(get_language() or "")[:2])
    if not found:
        return ""
    token = seal((each.result.kind, each.result.object_id) for each in found)
    context["ask_session"] = token
    return _rendered("search/ask_suggestions.html", context, suggestions=found, token=token)


@fills("topic.aside")
def similar_to_topic(context: Context, topic: Topic, **_arguments: Any) -> str:
    """Questions and articles that resemble a topic."""
    return _related(context, "topic", topic.pk)


@fills("article.aside")
def similar_to_article(context: Context, page: HelpArticlePage, **_arguments: Any) -> str:
    """Questions and articles that resemble an article; nothing beside a draft."""
    return _related(context, "article", page.pk) if page.live else ""


@fills("topic.already_read")
def read_before_asking(context: Context, topic: Topic, **_arguments: Any) -> str:
    """To members, as long as a question is open: which answers its asker was shown before asking."""
    if topic.is_solved or not topic.is_question or not _reader(context).is_authenticated:
        return ""
    session = AskSession.objects.filter(topic=topic).first()
    if session is None or not session.shown:
        return ""
    keys = [(kind, object_id) for kind, _, object_id in (name.partition(":") for name in session.shown)]
    results = headings_of(keys, _reader(context))
    shown = [(results[key], ":".join(key) in session.opened) for key in keys if key in results]
    return _rendered("search/already_read.html", context, shown=shown) if shown else ""


def _related(context: Context, kind: str, pk: int) -> str:
    found = related(engine(), kind, str(pk), _reader(context), context["request"])
    return _rendered("search/related.html", context, results=found) if found else ""


def _reader(context: Context) -> User | AnonymousUser:
    return context.get("user") or AnonymousUser()


def _rendered(template: str, context: Context, **extra: Any) -> str:
    return render_to_string(template, {**cast("dict[str, Any]", context.flatten()), **extra})
