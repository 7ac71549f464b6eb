"""Support answers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.core.events import publish
from community.tickets.actions import once
from community.tickets.actions.locking import lock_ticket
from community.tickets.actions.say import say
from community.tickets.events import TicketAssigned, TicketReplied
from community.tickets.files import Judged
from community.tickets.models import Channel, MessageKind, Ticket, TicketMessage, TicketStatus
from community.tickets.permissions import check_can_work_on
from community.tickets.writing import clean_message


def reply_to_customer(
    ticket: Ticket,
    *,
    by: User | None,
    body: str,
    files: Sequence[Judged] = (),
    channel: str = Channel.WEB,
    key: str = "",
    message_id: str = "",
    at: datetime | None = None,
) -> TicketMessage:
    """Answer the customer and return the message, which is mailed; it is the customer's turn then.

    `by` is an agent, who takes the ticket when nobody has it; None is a desk outside the inbox that the caller has
    verified. The same `key`, or the same `message_id` of an e-mail, returns the same message. A closed ticket stays
    closed. Raises PermissionDenied, ValidationError for the words, Conflict when `key` made something else.
    """
    check_can_work_on(by, ticket)
    body = clean_message(body)
    scope = f"ticket:{ticket.pk}:{by.pk if by else 'desk'}"
    with transaction.atomic():
        if done := once.claim(scope, key, once.fingerprint("reply", ticket.pk, body)):
            return done
        ticket = lock_ticket(ticket)
        check_can_work_on(by, ticket)
        if message_id and (known := TicketMessage.objects.filter(ticket=ticket, message_id=message_id).first()):
            return known
        message = answer(ticket, body, by=by, files=files, channel=channel, message_id=message_id, at=at)
        once.made(scope, key, message)
    return message


def answer(
    ticket: Ticket,
    body: str,
    *,
    by: User | None,
    files: Sequence[Judged] = (),
    channel: str = Channel.WEB,
    message_id: str = "",
    at: datetime | None = None,
) -> TicketMessage:
    """Add support's words to a ticket that the caller has locked, and announce them."""
    now = at or timezone.now()
    message = say(
        ticket, MessageKind.AGENT, body, author=by, at=now, channel=channel, files=files, message_id=message_id
    )
    is_first, is_taken = ticket.first_reply_at is None, by is not None and ticket.assignee_id is None
    ticket.first_reply_at, ticket.updated_at, ticket.due_at = ticket.first_reply_at or now, now, None
    if not ticket.is_closed:
        ticket.status = TicketStatus.WAITING
    if is_taken:
        ticket.assignee = by
    ticket.save(update_fields=["first_reply_at", "updated_at", "due_at", "status", "assignee"])
    by_id = by.pk if by else None
    if is_taken:
        publish(TicketAssigned(ticket_id=ticket.pk, by_id=by_id, assignee_id=by_id))
    publish(TicketReplied(ticket_id=ticket.pk, by_id=by_id, message_id=message.pk, is_first=is_first))
    return message
