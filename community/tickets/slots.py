"""What support shows on the pages of lower floors."""

from typing import Any, cast

from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.slots import fills
from community.core.templatetags.ui import icon
from community.tickets.agents import is_agent
from community.tickets.models import Decision, Ticket, TicketOffer
from community.topics.models import Topic


@fills("account_menu")
def my_requests(context: Context, **_arguments: Any) -> str:
    """The way to a member's own tickets; written by hand, since every page of a member shows it."""
    words = _("My requests to support")
    return format_html('<a class="menu__item" href="{}">{}{}</a>', reverse("tickets:mine"), icon("mail"), words)


@fills("topic.support")
def support_for_topic(context: Context, topic: Topic, **_arguments: Any) -> str:
    """To the asker, the way to support, or what became of it; to agents the same, and the offer. Nothing to others.

    Two queries for those two, none for anybody else.
    """
    reader = context.get("user")
    if not isinstance(reader, User) or not topic.is_question or topic.is_deleted:
        return ""
    is_asker, answers = topic.author_id == reader.pk, is_agent(reader)
    if not is_asker and not answers:
        return ""
    ticket = Ticket.objects.filter(topic=topic, requester=topic.author_id).order_by("-id").first()
    is_open = ticket is not None and not ticket.is_closed
    offered = not is_open and TicketOffer.objects.filter(topic=topic, decision=Decision.OPEN).exists()
    if offered and not is_asker:
        return _rendered("tickets/waiting_offer.html", context)
    return _rendered(
        "tickets/topic_support.html",
        context,
        topic=topic,
        ticket=ticket,
        ticket_url=(ticket.get_absolute_url() if is_asker else ticket.get_desk_url()) if ticket else "",
        offered=offered,
        is_asker=is_asker,
        is_agent=answers,
    )


def _rendered(template: str, context: Context, **extra: Any) -> str:
    return render_to_string(template, {**cast("dict[str, Any]", context.flatten()), **extra})
