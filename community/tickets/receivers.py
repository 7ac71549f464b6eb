"""What follows when something happens to a ticket: mails, desks, and a word to the member in the site."""

from community.accounts.models import User
from community.core.events import receives
from community.notifications.actions.notify import notify_all
from community.tickets import events
from community.tickets.desks import desks
from community.tickets.models import TO_CONFIRM, TO_CUSTOMER, Delivery, MessageKind, Ticket, TicketMessage
from community.tickets.tasks import deliver_task
from community.topics.models import Topic


@receives(events.TicketOpened)
def ask_the_guest_to_confirm(event: events.TicketOpened) -> None:
    """A guest's mail goes at once."""
    if not event.is_confirmed:
        send_to(TO_CONFIRM, event.message_id)


@receives(events.ConfirmationAsked)
def ask_the_guest_once_more(event: events.ConfirmationAsked) -> None:
    """The same delivery, another mail."""
    for pk in Delivery.objects.filter(message=event.message_id, to=TO_CONFIRM).values_list("pk", flat=True):
        deliver_task.enqueue(delivery_id=pk)


@receives(events.TicketReplied)
def mail_the_answer(event: events.TicketReplied) -> None:
    """The customer asked, so the answer is mailed, whatever else they chose to be mailed about."""
    send_to(TO_CUSTOMER, event.message_id)


@receives(events.TicketOpened, events.TicketWritten, events.GuestConfirmed)
def hand_over_to_the_desks(event: events.TicketEvent) -> None:
    """Each desk that is on gets what the customer said, and has not got yet."""
    ticket = Ticket.objects.filter(pk=event.ticket_id).first()
    if ticket is None or not ticket.is_confirmed:
        return
    said = TicketMessage.objects.filter(ticket=ticket, kind=MessageKind.CUSTOMER).order_by("pk")
    for name, desk in desks:
        if desk.is_on():
            for pk in said.exclude(deliveries__to=name).values_list("pk", flat=True):
                send_to(name, pk)


def send_to(place: str, message_id: int) -> None:
    """Have a message delivered to `place` soon after the transaction commits; once, however often this is called."""
    delivery, is_new = Delivery.objects.get_or_create(message_id=message_id, to=place)
    if is_new:
        deliver_task.enqueue(delivery_id=delivery.pk)


@receives(events.TicketReplied, later=True)
def tell_the_member_of_the_answer(event: events.TicketReplied) -> None:
    """Members find the answer in the site, too."""
    requester = Ticket.objects.filter(pk=event.ticket_id).values_list("requester", flat=True).first()
    if requester:
        data = {"ticket_id": event.ticket_id, "message_id": event.message_id}
        actor = User.objects.filter(pk=event.by_id or 0).first()
        notify_all([requester], "support_answered", actor=actor, data=data, key=f"message:{event.message_id}")


@receives(events.SupportOffered, later=True)
def tell_the_asker_of_the_offer(event: events.SupportOffered) -> None:
    """The asker of a question hears that support can look at it; accepting is on the question's page."""
    asker = Topic.objects.filter(pk=event.topic_id).values_list("author", flat=True).first()
    if asker:
        actor, data = User.objects.filter(pk=event.by_id).first(), {"topic_id": event.topic_id}
        notify_all([asker], "support_offered", actor=actor, data=data, key=f"offer:{event.offer_id}")
