"""The headers that make the mails of a ticket one conversation, the same each time they are written."""

from community.core.mail import message_id, site_host
from community.tickets.models import MessageKind, Ticket, TicketMessage

MOST_REFERENCES = 12
# Whatever carries this has been here; what comes back with it is not taken in again.
LOOP_HEADER = "X-Loop"


def loop_mark() -> str:
    """What our own mails say in LOOP_HEADER."""
    return f"entraide@{site_host()}"


def mail_id(side: str, ticket: Ticket, message: TicketMessage | None = None, round_: int = 1) -> str:
    """The Message-ID of the mail about `message` to `side`; without a message, of the conversation as a whole."""
    parts = [side, str(ticket.pk), *([str(message.pk)] if message else []), *([str(round_)] if round_ > 1 else [])]
    return message_id(".".join(parts), secret=ticket.key, salt="tickets.mail_id")


def thread_headers(side: str, ticket: Ticket, message: TicketMessage, round_: int = 1) -> dict[str, str]:
    """Message-ID, In-Reply-To and References of the mail about `message` to `side`. One query.

    `side` is the place that the mail goes to; what that side sent us is known by its own Message-IDs.
    """
    earlier = ticket.messages.spoken().filter(pk__lt=message.pk).order_by("-pk")[:MOST_REFERENCES]
    ours = MessageKind.AGENT if side == "customer" else MessageKind.CUSTOMER
    known = []
    for row in reversed(list(earlier.only("pk", "kind", "message_id", "ticket_id"))):
        if row.message_id and row.message_id.startswith("<"):
            known.append(row.message_id)
        elif row.kind == ours:
            known.append(mail_id(side, ticket, row))
    references = [mail_id(side, ticket), *known]
    return {
        "Message-ID": mail_id(side, ticket, message, round_),
        "In-Reply-To": references[-1],
        "References": " ".join(references),
        LOOP_HEADER: loop_mark(),
    }
