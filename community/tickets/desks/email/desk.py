"""Tickets on their way to the desk's address."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.tickets.conf import desk_email
from community.tickets.mailing import Mail, send_now
from community.tickets.models import MessageKind, TicketMessage, support_settings
from community.tickets.quotes import answer_above_here
from community.tickets.reply_addresses import DESK, address_for
from community.tickets.threads import thread_headers
from community.topics import readings


class EmailDesk:
    """The desk behind SUPPORT_DESK_EMAIL."""

    def is_on(self) -> bool:
        """Whether the operator named an address."""
        return bool(desk_email())

    def hand_over(self, message: TicketMessage) -> None:
        """Mail `message` to the desk, with its files; the first one says all that is known. Raises DeskError."""
        with override(settings.LANGUAGE_CODE):
            send_now(desk_mail(message))


def desk_mail(message: TicketMessage) -> Mail:
    """The mail about one message of a customer, in the active language; the same each time but for the reply-to."""
    ticket = message.ticket
    reply_to = address_for(ticket, DESK, support_settings().reply_domain, timezone.now())
    is_first = not ticket.messages.filter(kind=MessageKind.CUSTOMER, pk__lt=message.pk).exists()
    context = {
        "ticket": ticket,
        "message": message,
        "is_first": is_first,
        "read": readings.described(ticket.read) if is_first else [],
        "site": settings.SITE_URL,
        "url": f"{settings.SITE_URL}{ticket.get_desk_url()}",
        "marker": answer_above_here() if reply_to else "",
    }
    start = "" if is_first else _("Re: ")
    return Mail(
        to=desk_email(),
        subject=f"{start}[#{ticket.pk}] {ticket.subject}",
        text=render_to_string("tickets/email/desk.txt", context).strip() + "\n",
        reply_to=reply_to,
        headers={**thread_headers("desk", ticket, message), "X-Auto-Response-Suppress": "All"},
        attachments=[(file.name, file.file.read(), file.content_type) for file in message.attachments.all()],
    )
