"""Adding a message to a ticket, with its files: what every other verb does in the end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.private_files import PrivateFiles
from community.tickets.files import MAX_OF_TICKET, Judged
from community.tickets.models import Channel, MessageKind, Ticket, TicketAttachment, TicketMessage
from community.tickets.writing import render_message


def say(
    ticket: Ticket,
    kind: MessageKind,
    body: str,
    *,
    author: User | None,
    at: datetime,
    channel: str = Channel.WEB,
    files: Sequence[Judged] = (),
    message_id: str | None = None,
) -> TicketMessage:
    """Write a message down; the caller has locked the ticket, checked the words and holds a transaction."""
    message = TicketMessage.objects.create(
        ticket=ticket,
        author=author,
        kind=kind,
        body=body,
        html=render_message(body),
        created_at=at,
        channel=channel,
        message_id=message_id or None,
    )
    attach(message, files)
    return message


def tell(ticket: Ticket, code: str, *, author: User | None, at: datetime) -> TicketMessage:
    """Write down what happened, as a code that each reader's language has words for."""
    return TicketMessage.objects.create(
        ticket=ticket, author=author, kind=MessageKind.SYSTEM, body=code, html="", created_at=at
    )


def attach(message: TicketMessage, files: Sequence[Judged]) -> None:
    """Keep `files` with `message`. Raises ValidationError when the ticket has too many; nothing is left behind then."""
    if not files:
        return
    there = TicketAttachment.objects.filter(message__ticket=message.ticket_id).count()
    if there + len(files) > MAX_OF_TICKET:
        raise ValidationError(_("There are too many files in this request already."), code="files_many")
    with taken_back_on_failure() as stored:
        for each in files:
            attachment = TicketAttachment(
                message=message, name=each.name, content_type=each.content_type, size=len(each.content)
            )
            attachment.file.save(each.name, ContentFile(each.content), save=False)
            stored.append(str(attachment.file.name))
            attachment.save(force_insert=True)


@contextmanager
def taken_back_on_failure() -> Iterator[list[str]]:
    """Delete the private files that the block stored, by name, when it fails."""
    stored: list[str] = []
    finished = False
    try:
        yield stored
        finished = True
    finally:
        if not finished:
            for name in stored:
                PrivateFiles().delete(name)
