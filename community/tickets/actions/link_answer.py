"""Answering with what the community already knows: the public answer is linked, and the ticket closed."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.accounts.models import User
from community.core.events import publish
from community.tickets.actions import once
from community.tickets.actions.close import shut
from community.tickets.actions.locking import lock_ticket
from community.tickets.actions.reply import answer
from community.tickets.answers_elsewhere import PublicAnswer
from community.tickets.events import TicketAnsweredThere
from community.tickets.models import CloseReason, Ticket, TicketMessage, TopicLink
from community.tickets.permissions import check_can_work_on
from community.tickets.writing import clean_message


def link_answer(ticket: Ticket, *, by: User, to: PublicAnswer, words: str = "", key: str = "") -> TicketMessage:
    """Send the customer to a public answer, with a few words, and close the ticket; writing again reopens it.

    A topic is linked both ways, unless the ticket belongs to another one already. Returns the message; the same `key`
    returns the same one. Raises PermissionDenied, ValidationError for the words, Conflict.
    """
    check_can_work_on(by, ticket)
    body = clean_message(message_with_link(ticket, to, words))
    scope, topic_id = f"ticket:{ticket.pk}:{by.pk}", to.topic.pk if to.topic else None
    with transaction.atomic():
        if done := once.claim(scope, key, once.fingerprint("link", ticket.pk, body)):
            return done
        ticket = lock_ticket(ticket)
        message = answer(ticket, body, by=by)
        once.made(scope, key, message)
        if to.topic is not None and ticket.topic_link in {"", TopicLink.ANSWERED_THERE}:
            ticket.topic, ticket.topic_link = to.topic, TopicLink.ANSWERED_THERE
            ticket.save(update_fields=["topic", "topic_link"])
        if not ticket.is_closed:
            shut(ticket, by=by, reason=CloseReason.ANSWERED_THERE, at=timezone.now())
        publish(
            TicketAnsweredThere(
                ticket_id=ticket.pk,
                by_id=by.pk,
                topic_id=topic_id,
                post_id=to.post.pk if to.post else None,
                article_id=to.article.pk if to.article else None,
            )
        )
    return message


def message_with_link(ticket: Ticket, to: PublicAnswer, words: str) -> str:
    """What the customer is told, in their language: the agent's words, else a sentence; then the title and address."""
    with override(ticket.lang):
        opening = words.strip() or _("This answer in the community should help you. If it does not, just write again.")
        return f"{opening}\n\n{to.title}\n{settings.SITE_URL}{to.path}"
