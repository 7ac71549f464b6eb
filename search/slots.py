"""What search shows on the pages of lower floors."""

from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.slots import fills
from community.pages.models import HelpArticlePage
from community.tickets.models import Ticket
from community.topics.models import Topic
from search.actions.ask_session import begin_look, refuse_answers
from search.deflection.recording import record
from search.deflection.visits import pseudonym_of
from search.engines.chosen import engine
from search.models import AskSession, Place, Step
from search.related import related
from search.suggesting import headings_of, suggest

MOST_FOR_AGENTS = 3


@fills("ask.suggestions")
def answers_before_asking(context: Context, words: str = "", **_arguments: Any) -> str:
    """The answers that exist, on the page between the words and the details.

    The page's `ask_session` becomes a token of what is shown, which the way onwards carries to the question.
    """
    return _answers(context, words, Place.ASK)


@fills("help.answers")
def answers_before_support(context: Context, words: str = "", **_arguments: Any) -> str:
    """The same on the way to support."""
    return _answers(context, words, Place.HELP)


def _answers(context: Context, words: str, place: Place) -> str:
    found = suggest(engine(), words, _reader(context), lang=(get_language() or "")[:2])
    documents = [(each.result.kind, each.result.object_id) for each in found]
    visitor = record(
        context["request"],
        Step.SHOWN,
        place=place,
        documents=[f"{kind}:{object_id}" for kind, object_id in documents],
        words=words,
        found=len(found),
    )
    if not found:
        return ""
    token = context["ask_session"] = begin_look(documents, visitor=visitor)
    return _rendered("search/ask_suggestions.html", context, suggestions=found, token=token, place=place)


@fills("ask.form")
def none_of_these(context: Context, ask_session: str = "", **_arguments: Any) -> str:
    """Whoever goes on to the details of a question says that none of the answers shown was theirs."""
    request = context["request"]
    if ask_session and request.method == "GET":
        refuse_answers(ask_session, visitor=pseudonym_of(request), place=Place.ASK)
    return ""


@fills("ticket.form")
def support_form_opened(context: Context, **_arguments: Any) -> str:
    """Whoever opens the form to support means to write: the visits that deflection is measured by."""
    if context["request"].method == "GET":
        record(context["request"], Step.FORM_OPENED, place=Place.HELP)
    return ""


@fills("ticket.already_read")
def read_before_writing(context: Context, ticket: Ticket, **_arguments: Any) -> str:
    """To agents: which answers the customer was shown on the way to the form."""
    return _shown_before(context, AskSession.objects.filter(ticket=ticket).first(), "search/shown_to_customer.html")


@fills("ticket.suggestions")
def answers_to_send(context: Context, ticket: Ticket, **_arguments: Any) -> str:
    """To agents: the public answers that fit the ticket, each a button away from the customer."""
    found = suggest(engine(), ticket.subject, AnonymousUser(), lang=ticket.lang, limit=MOST_FOR_AGENTS)
    return _rendered("search/ticket_suggestions.html", context, ticket=ticket, suggestions=found) if found else ""


@fills("footer.links")
def what_is_counted(context: Context, **_arguments: Any) -> str:
    """The way to what is counted, and to not being counted."""
    return format_html('<a href="{}">{}</a>', reverse("search:measurement"), _("What we count"))


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
    return _shown_before(context, AskSession.objects.filter(topic=topic).first(), "search/already_read.html")


def _shown_before(context: Context, session: AskSession | None, template: str) -> str:
    if session is None:
        return ""
    names = list(dict.fromkeys([*session.shown, *session.read]))
    keys = [(kind, object_id) for kind, _, object_id in (name.partition(":") for name in names)]
    results, opened = headings_of(keys, _reader(context)), {*session.opened, *session.read}
    shown = [(results[key], ":".join(key) in opened) for key in keys if key in results]
    return _rendered(template, context, shown=shown) if shown else ""


def _related(context: Context, kind: str, pk: int) -> str:
    found = related(engine(), kind, str(pk), _reader(context), context["request"])
    return _rendered("search/related.html", context, results=found) if found else ""


def _reader(context: Context) -> User | AnonymousUser:
    return context.get("user") or AnonymousUser()


def _rendered(template: str, context: Context, **extra: Any) -> str:
    return render_to_string(template, {**cast("dict[str, Any]", context.flatten()), **extra})
