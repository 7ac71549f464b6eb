"""Handing deliveries over: each leaves the house once."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from community.core.tasks.backend import GiveUp
from community.core.tasks.worker import AT_WORK
from community.tickets.customer_mail import send_answer, send_confirmation
from community.tickets.desks import DeskError, desks
from community.tickets.models import TO_CONFIRM, TO_CUSTOMER, Delivery

RELATED = ("message__ticket__requester", "message__ticket__section", "message__ticket__topic", "message__author")


def deliver(delivery_id: int) -> bool:
    """Hand one delivery over. Returns False when there was nothing to do: it is gone, or was handed over before.

    The claim is committed before anything is sent, so two workers never send at once; that it was sent is committed
    right after. A worker killed in the moment between leaves a claim without an end, and whoever takes the task over
    sends once more: an answer that comes twice is a nuisance, one that never comes is a customer lost. The second mail
    has the same Message-ID as the first, by which mail systems, and our own, know it for the same.

    Raises DeskError when the other side is away: the task is tried again. What a customer's address refuses for good
    is noted for the agent; what a desk refuses for good raises GiveUp, and waits for an operator.
    """
    delivery = claim(delivery_id)
    if delivery is None:
        return False
    row = Delivery.objects.filter(pk=delivery.pk)
    try:
        is_sent = carry(delivery)
    except DeskError as error:
        to_a_person = delivery.to in {TO_CUSTOMER, TO_CONFIRM}
        row.update(claimed_at=None, refused_at=Now() if error.permanent and to_a_person else None)
        if error.permanent and to_a_person:
            return False
        if error.permanent:
            raise GiveUp(error.message) from None
        raise
    if not is_sent:
        row.delete()
        return False
    row.update(sent_at=Now())
    return True


def claim(delivery_id: int) -> Delivery | None:
    """The delivery, for this worker only; None when it is done or gone. Raises DeskError while another one has it."""
    with transaction.atomic():
        waiting = Delivery.objects.select_for_update(of=("self",)).filter(sent_at=None, refused_at=None)
        delivery = waiting.select_related(*RELATED).filter(pk=delivery_id).first()
        if delivery is None:
            return None
        now = timezone.now()
        if delivery.claimed_at and delivery.claimed_at > now - AT_WORK:
            raise DeskError("Another worker is at it.")
        delivery.claimed_at = now
        delivery.save(update_fields=["claimed_at"])
    return delivery


def carry(delivery: Delivery) -> bool:
    """Send it to where it goes. Returns False when there is no such place (any more). Raises DeskError."""
    if delivery.to == TO_CUSTOMER:
        return send_answer(delivery)
    if delivery.to == TO_CONFIRM:
        return send_confirmation(delivery)
    if delivery.to not in desks or not desks[delivery.to].is_on():
        return False
    desks[delivery.to].hand_over(delivery.message)
    return True
