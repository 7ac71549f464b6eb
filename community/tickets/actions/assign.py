"""Saying whose a ticket is."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.tickets.actions.locking import lock_ticket
from community.tickets.agents import is_agent
from community.tickets.events import TicketAssigned
from community.tickets.models import Ticket
from community.tickets.permissions import check_can_work_on


def assign_ticket(ticket: Ticket, *, by: User, to: User | None) -> bool:
    """Give `ticket` to an agent, or to nobody. Returns False when it already is so. Raises PermissionDenied."""
    check_can_work_on(by, ticket)
    if to is not None and not is_agent(to):
        raise PermissionDenied(_("%(name)s does not answer tickets.") % {"name": to.username})
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        wanted = to.pk if to else None
        if ticket.assignee_id == wanted:
            return False
        ticket.assignee, ticket.updated_at = to, timezone.now()
        ticket.save(update_fields=["assignee", "updated_at"])
        publish(TicketAssigned(ticket_id=ticket.pk, by_id=by.pk, assignee_id=wanted))
    return True
