"""Mails to customers: support's answers, and the link by which a guest confirms. Nothing else is ever sent."""

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.accounts.actions.emails import confirmed_email
from community.pages.brand import brand_of
from community.tickets.mailing import Mail, send_now
from community.tickets.models import Delivery, Ticket, TicketMessage, support_settings
from community.tickets.quotes import answer_above_here
from community.tickets.reply_addresses import CUSTOMER, address_for
from community.tickets.threads import LOOP_HEADER, loop_mark, mail_id, thread_headers

SENT_SALT = "tickets.sent"


def customer_address(ticket: Ticket) -> str:
    """Where the customer may be written to: an address that was confirmed, empty when there is none."""
    if ticket.guest_email:
        return ticket.guest_email if ticket.is_confirmed else ""
    return confirmed_email(ticket.requester) if ticket.requester and ticket.requester.is_active else ""


def send_answer(delivery: Delivery) -> bool:
    """Mail one answer of support to the customer. Returns False when there is no address to write to.

    Raises DeskError.
    """
    message = delivery.message
    ticket = message.ticket
    to = customer_address(ticket)
    if not to:
        return False
    with override(ticket.lang):
        send_now(answer_mail(ticket, message, to))
    return True


def answer_mail(ticket: Ticket, message: TicketMessage, to: str) -> Mail:
    """The mail about one answer, in the active language: the answer itself, and two ways to go on."""
    reply_to = address_for(ticket, CUSTOMER, support_settings().reply_domain, timezone.now())
    context = {
        "ticket": ticket,
        "message": message,
        "who": message.author.username if message.author else "",
        "html": message.html.replace(' src="/', f' src="{settings.SITE_URL}/'),
        "files": [attachment.name for attachment in message.attachments.all()],
        "url": f"{settings.SITE_URL}{ticket.get_absolute_url()}",
        "brand": brand_of("").name,
        "marker": answer_above_here() if reply_to else "",
        "language": ticket.lang,
    }
    return Mail(
        to=to,
        subject=f"Re: {ticket.subject} [#{ticket.pk}]",
        text=render_to_string("tickets/email/answer.txt", context).strip() + "\n",
        html=render_to_string("tickets/email/answer.html", context),
        reply_to=reply_to,
        headers={**thread_headers("customer", ticket, message), "X-Auto-Response-Suppress": "All"},
    )


def send_confirmation(delivery: Delivery) -> bool:
    """Mail a guest the link that confirms. Returns False when it is confirmed already. Raises DeskError.

    It holds nothing that the guest typed: whoever fills in the form may have typed somebody else's address.
    """
    ticket = delivery.message.ticket
    if ticket.is_confirmed:
        return False
    with override(ticket.lang):
        brand = brand_of("").name
        context = {"url": f"{settings.SITE_URL}{ticket.get_absolute_url()}", "brand": brand, "language": ticket.lang}
        mail = Mail(
            to=ticket.guest_email,
            subject=_("Confirm your request to %(brand)s") % {"brand": brand},
            text=render_to_string("tickets/email/confirm.txt", context).strip() + "\n",
            html=render_to_string("tickets/email/confirm.html", context),
            headers={
                "Message-ID": mail_id("confirm", ticket, delivery.message, delivery.round),
                LOOP_HEADER: loop_mark(),
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
            },
        )
        send_now(mail)
    return True


def sent_token(ticket: Ticket | None) -> str:
    """What the page after a guest's form knows the ticket by; it opens nothing. Without a ticket, as good as one."""
    return signing.dumps(ticket.pk if ticket else 0, salt=SENT_SALT)


def ticket_of_token(token: str) -> Ticket | None:
    """The unconfirmed ticket of a `sent_token` that is at most a day old, else None."""
    try:
        pk = signing.loads(token, salt=SENT_SALT, max_age=86400)
    except signing.BadSignature:
        return None
    return Ticket.objects.filter(pk=pk, guest_confirmed_at=None).exclude(guest_email="").first()


def sent_url(ticket: Ticket | None) -> str:
    """The page that says to look for the mail."""
    return reverse("tickets:sent", args=[sent_token(ticket)])
