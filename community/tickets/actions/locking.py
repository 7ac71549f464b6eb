"""A ticket locked, so that two people at once do not undo each other."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.tickets.models import Ticket


def lock_ticket(ticket: Ticket) -> Ticket:
    """The ticket as it is now, locked until the transaction ends."""
    try:
        return (
            Ticket.objects.select_for_update(of=("self",), no_key=True)
            .select_related("section", "requester")
            .get(pk=ticket.pk)
        )
    except Ticket.DoesNotExist:
        raise PermissionDenied(_("This request does not exist any more.")) from None
