"""Internal notes: for agents, never for the customer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.core.events import publish
from community.tickets.actions import once
from community.tickets.actions.locking import lock_ticket
from community.tickets.actions.say import say
from community.tickets.events import TicketNoted
from community.tickets.files import Judged
from community.tickets.models import MessageKind, Ticket, TicketMessage
from community.tickets.permissions import check_can_work_on
from community.tickets.writing import clean_message


def add_note(
    ticket: Ticket,
    *,
    by: User,
    body: str,
    files: Sequence[Judged] = (),
    key: str = "",
    at: datetime | None = None,
) -> TicketMessage:
    """Write a note that never leaves the desk, and return it; the same `key` returns the same note.

    Raises PermissionDenied, ValidationError for the words, Conflict when `key` made something else.
    """
    check_can_work_on(by, ticket)
    body, scope = clean_message(body), f"ticket:{ticket.pk}:{by.pk}"
    with transaction.atomic():
        if done := once.claim(scope, key, once.fingerprint("note", ticket.pk, body)):
            return done
        ticket, now = lock_ticket(ticket), at or timezone.now()
        note = say(ticket, MessageKind.NOTE, body, author=by, at=now, files=files)
        once.made(scope, key, note)
        publish(TicketNoted(ticket_id=ticket.pk, by_id=by.pk, message_id=note.pk))
    return note
