"""Opening a ticket: as a member, or as a guest whose address is confirmed by mail."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.tickets.actions import once
from community.tickets.actions.say import say
from community.tickets.events import TicketOpened
from community.tickets.files import Judged
from community.tickets.models import Channel, MessageKind, Ticket, Urgency
from community.tickets.permissions import check_can_open
from community.tickets.promises import due_for
from community.tickets.writing import clean_message, clean_subject
from community.topics import readings
from community.topics.models import Section, Topic


def open_ticket(
    *,
    by: User | None,
    subject: str,
    body: str,
    lang: str,
    guest_email: str = "",
    section: Section | None = None,
    urgency: str = Urgency.QUESTION,
    files: Sequence[Judged] = (),
    read: Sequence[str] = (),
    ask_session: str = "",
    channel: str = Channel.WEB,
    key: str = "",
    topic: Topic | None = None,
    topic_link: str = "",
    at: datetime | None = None,
) -> Ticket:
    """Open a ticket and return it; the same `key` from the same customer returns the same ticket.

    Without `by`, `guest_email` is asked by mail to confirm before agents see anything. `read` names what the customer
    read before ("topic:12"), `ask_session` what search showed. Raises PermissionDenied, ValidationError, Conflict.
    """
    check_can_open(by)
    subject, body = clean_subject(subject), clean_message(body)
    check_choices(lang, urgency)
    email = "" if by else clean_email(guest_email)
    scope = once.scope_of_customer(by.pk if by else None, email)
    print_ = once.fingerprint("open", subject, body, section and section.pk, topic and topic.pk)
    now, known = at or timezone.now(), readings.existing(read)
    with transaction.atomic():
        if done := once.claim(scope, key, print_):
            return done.ticket
        ticket = Ticket.objects.create(
            subject=subject,
            section=section,
            lang=lang,
            urgency=urgency,
            requester=by,
            guest_email=email,
            created_at=now,
            updated_at=now,
            due_at=due_for(section, now) if by else None,
            ask_session=ask_session[:64],
            read=known,
            topic=topic,
            topic_link=topic_link,
        )
        message = say(ticket, MessageKind.CUSTOMER, body, author=by, at=now, channel=channel, files=files)
        once.made(scope, key, message)
        publish(
            TicketOpened(
                ticket_id=ticket.pk,
                by_id=by.pk if by else None,
                message_id=message.pk,
                is_confirmed=ticket.is_confirmed,
                ask_session=ticket.ask_session,
            )
        )
    return ticket


def check_choices(lang: str, urgency: str) -> None:
    """Raise ValidationError for a language or an urgency that does not exist."""
    if lang not in dict(settings.LANGUAGES):
        raise ValidationError(_("Choose French or English."), code="lang")
    if urgency not in Urgency.values:
        raise ValidationError(_("Choose one of the three."), code="urgency")


def clean_email(address: str) -> str:
    """A guest's address as it is kept. Raises ValidationError when nobody could be written to there."""
    cleaned = address.strip().lower()
    try:
        validate_email(cleaned)
    except ValidationError:
        cleaned = ""
    if not cleaned or len(cleaned) > 254:
        raise ValidationError(_("Write an e-mail address at which we can answer you."), code="email")
    return cleaned
