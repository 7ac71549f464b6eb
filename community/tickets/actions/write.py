"""The customer writes again, and so reopens what was closed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.core.events import publish
from community.tickets.actions import once
from community.tickets.actions.locking import lock_ticket
from community.tickets.actions.say import say, tell
from community.tickets.events import TicketReopened, TicketWritten
from community.tickets.files import Judged
from community.tickets.models import Channel, MessageKind, Ticket, TicketMessage, TicketStatus
from community.tickets.permissions import check_can_write
from community.tickets.promises import due_for
from community.tickets.writing import clean_message


def write_to_support(
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
    """Add the customer's words to `ticket` and return the message; it is support's turn again.

    The same `key`, or the same `message_id` of an e-mail, returns the same message.
    Raises PermissionDenied, ValidationError for the words, Conflict when `key` made something else.
    """
    check_can_write(by, ticket)
    body, now = clean_message(body), at or timezone.now()
    scope, print_ = f"ticket:{ticket.pk}:customer", once.fingerprint("write", ticket.pk, body)
    with transaction.atomic():
        if done := once.claim(scope, key, print_):
            return done
        ticket = lock_ticket(ticket)
        check_can_write(by, ticket)
        if message_id and (known := TicketMessage.objects.filter(ticket=ticket, message_id=message_id).first()):
            return known
        was_closed, was_waiting = ticket.is_closed, ticket.status != TicketStatus.OPEN
        if was_closed:
            tell(ticket, "reopened", author=by, at=now)
        message = say(
            ticket,
            MessageKind.CUSTOMER,
            body,
            author=by,
            at=now,
            channel=channel,
            files=files,
            message_id=message_id,
        )
        once.made(scope, key, message)
        ticket.status, ticket.updated_at, ticket.closed_at, ticket.close_reason = TicketStatus.OPEN, now, None, ""
        if was_waiting:
            ticket.due_at = due_for(ticket.section, now)
        ticket.save(update_fields=["status", "updated_at", "closed_at", "close_reason", "due_at"])
        by_id = by.pk if by else None
        if was_closed:
            publish(TicketReopened(ticket_id=ticket.pk, by_id=by_id))
        publish(TicketWritten(ticket_id=ticket.pk, by_id=by_id, message_id=message.pk, channel=channel))
    return message
