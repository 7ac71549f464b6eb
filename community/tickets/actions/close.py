"""Closing a ticket, by the customer or by an agent; writing again reopens it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.tickets.actions.locking import lock_ticket
from community.tickets.actions.say import tell
from community.tickets.events import TicketClosed
from community.tickets.models import CloseReason, Decision, PublicProposal, Ticket, TicketStatus
from community.tickets.permissions import check_can_close


def close_ticket(
    ticket: Ticket, *, by: User | None, reason: str = CloseReason.SOLVED, at: datetime | None = None
) -> bool:
    """Close `ticket`. Returns False when it already is. Raises PermissionDenied, or ValidationError for the reason."""
    if reason not in CloseReason.values:
        raise ValidationError(_("Choose one of the reasons."), code="reason")
    check_can_close(by, ticket, reason)
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if ticket.is_closed:
            return False
        shut(ticket, by=by, reason=reason, at=at or timezone.now())
    return True


def shut(ticket: Ticket, *, by: User | None, reason: str, at: datetime) -> None:
    """Close a ticket that the caller has locked; what was proposed to the customer is proposed no more."""
    tell(ticket, f"closed.{reason}", author=by, at=at)
    PublicProposal.objects.filter(ticket=ticket, decision=Decision.OPEN).update(
        decision=Decision.WITHDRAWN, decided_at=at
    )
    ticket.status, ticket.closed_at, ticket.close_reason = TicketStatus.CLOSED, at, reason
    ticket.updated_at, ticket.due_at = at, None
    ticket.save(update_fields=["status", "closed_at", "close_reason", "updated_at", "due_at"])
    publish(TicketClosed(ticket_id=ticket.pk, by_id=by.pk if by else None, reason=reason))
