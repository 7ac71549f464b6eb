"""A guest confirms the address, or asks for the mail once more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.core.events import publish
from community.core.private_files import PrivateFiles
from community.tickets.actions.locking import lock_ticket
from community.tickets.events import ConfirmationAsked, GuestConfirmed
from community.tickets.models import TO_CONFIRM, Delivery, Ticket, TicketAttachment
from community.tickets.permissions import check_is_customer
from community.tickets.promises import due_for

EXPIRES_AFTER = timedelta(days=7)


def confirm_guest(ticket: Ticket, *, at: datetime | None = None) -> bool:
    """Say that the mail with the key arrived: agents see the ticket from now on, and the promise runs.

    Whoever holds the key got the mail; that is the permission. Returns False when it was confirmed already.
    """
    check_is_customer(None, ticket)
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if ticket.is_confirmed:
            return False
        now = at or timezone.now()
        ticket.guest_confirmed_at, ticket.updated_at, ticket.due_at = now, now, due_for(ticket.section, now)
        ticket.save(update_fields=["guest_confirmed_at", "updated_at", "due_at"])
        publish(GuestConfirmed(ticket_id=ticket.pk, by_id=None))
    return True


def ask_to_confirm_again(ticket: Ticket) -> bool:
    """Send a guest the mail with the link once more. Returns False when there is nothing to confirm."""
    check_is_customer(None, ticket)
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        delivery = Delivery.objects.select_for_update().filter(message__ticket=ticket, to=TO_CONFIRM).first()
        if ticket.is_confirmed or delivery is None:
            return False
        delivery.round += 1
        delivery.claimed_at = delivery.sent_at = delivery.refused_at = None
        delivery.save(update_fields=["round", "claimed_at", "sent_at", "refused_at"])
        publish(ConfirmationAsked(ticket_id=ticket.pk, by_id=None, message_id=delivery.message_id))
    return True


def forget_unconfirmed() -> int:
    """Delete guests' tickets that nobody confirmed in a week, with their files. Returns how many there were."""
    old = Ticket.objects.filter(guest_confirmed_at=None, created_at__lt=timezone.now() - EXPIRES_AFTER)
    with transaction.atomic():
        gone = list(old.exclude(guest_email="").select_for_update(of=("self",)).values_list("pk", flat=True))
        files = list(TicketAttachment.objects.filter(message__ticket__in=gone).values_list("file", flat=True))
        Ticket.objects.filter(pk__in=gone).delete()
        transaction.on_commit(lambda: delete_files(files))
    return len(gone)


def delete_files(names: list[str]) -> None:
    """Delete private files whose rows are gone."""
    for name in names:
        PrivateFiles().delete(name)
