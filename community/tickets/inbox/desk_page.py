"""What an agent sees of a ticket, gathered in a fixed number of queries whatever the length of the thread."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from community.tickets import happenings
from community.tickets.conversation import ShownProposal, compared
from community.tickets.inbox.queue import row_of
from community.tickets.models import (
    TO_CUSTOMER,
    MessageKind,
    PublicProposal,
    SavedReply,
    Ticket,
    TicketMessage,
    support_settings,
)
from community.topics import readings

MOST_SHOWN = 300
MOST_HISTORY = 10


@dataclass(frozen=True)
class DeskLine:
    """A message as an agent sees it; `mail` says what became of the e-mail with an answer."""

    message: TicketMessage
    sentence: str
    mail: str


@dataclass(frozen=True)
class DeskPage:
    """Everything on an agent's page of a ticket."""

    ticket: Ticket
    due: str
    is_late: bool
    lines: list[DeskLine]
    history: list[Ticket]
    read: list[readings.Read]
    saved_replies: list[SavedReply]
    proposals: list[ShownProposal] = field(default_factory=list)


def gather(ticket: Ticket, now: datetime) -> DeskPage:
    """The page of `ticket`, whose customer, section, agent and topic are loaded."""
    messages = TicketMessage.objects.filter(ticket=ticket).select_related("author")
    rows = list(messages.prefetch_related("attachments", "deliveries").order_by("-pk")[:MOST_SHOWN])[::-1]
    row = row_of(ticket, now, support_settings().opening_hours())
    proposals = PublicProposal.objects.filter(ticket=ticket).select_related("section", "topic").order_by("pk")
    replies = list(SavedReply.objects.all())
    return DeskPage(
        ticket=ticket,
        due=row.due,
        is_late=row.is_late,
        lines=[DeskLine(message, happenings.sentence(message.body), mail_state(message)) for message in rows],
        history=list(history_of(ticket)),
        read=readings.described(ticket.read),
        saved_replies=sorted(replies, key=lambda reply: (reply.lang != ticket.lang, reply.title)),
        proposals=[compared(proposal) for proposal in proposals],
    )


def mail_state(message: TicketMessage) -> str:
    """What became of the mail with an answer: sent, refused, waiting, or none when there is no address."""
    if message.kind != MessageKind.AGENT:
        return ""
    mails = [delivery for delivery in message.deliveries.all() if delivery.to == TO_CUSTOMER]
    if not mails:
        return "none"
    return "sent" if mails[0].sent_at else "refused" if mails[0].refused_at else "waiting"


def history_of(ticket: Ticket) -> list[Ticket]:
    """The same customer's other tickets, the latest first: one query."""
    same = Q(requester=ticket.requester) if ticket.requester_id else Q(pk=None)
    if ticket.guest_email:
        same |= Q(guest_email=ticket.guest_email)
    return list(Ticket.objects.confirmed().filter(same).exclude(pk=ticket.pk).order_by("-updated_at")[:MOST_HISTORY])
