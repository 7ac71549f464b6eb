"""What was said in a ticket, and the private files that came with it."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.core.private_files import PrivateFiles
from community.tickets.models.tickets import Ticket


class MessageKind(models.TextChoices):
    """Who speaks. A note never leaves the desk; a system message says what happened, its body is a code."""

    CUSTOMER = "customer", _("customer")
    AGENT = "agent", _("support")
    NOTE = "note", _("internal note")
    SYSTEM = "system", _("what happened")


class Channel(models.TextChoices):
    """By which way a message came."""

    WEB = "web", _("on the site")
    EMAIL = "email", _("by e-mail")
    API = "api", _("by a program")


class TicketMessageQuerySet(models.QuerySet["TicketMessage"]):
    """Readings of the table of messages."""

    def for_customer(self) -> "TicketMessageQuerySet":
        """What the customer sees: everything but internal notes. Pages, e-mails, API and exports read through here."""
        return self.exclude(kind=MessageKind.NOTE)

    def spoken(self) -> "TicketMessageQuerySet":
        """What customer and support said to each other."""
        return self.filter(kind__in=[MessageKind.CUSTOMER, MessageKind.AGENT])


class TicketMessage(models.Model):
    """One message of a ticket. Without an author it is a guest's, or of a desk outside the inbox."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=MessageKind)
    body = models.TextField()
    html = models.TextField(editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    # Of the e-mail that brought it: two mails with one id are one mail, though it may be written to two tickets.
    message_id = models.CharField(max_length=300, null=True, blank=True, editable=False)  # noqa: DJ001

    ticket_id: int
    author_id: int | None
    objects: ClassVar[models.Manager["TicketMessage"]] = TicketMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a ticket")
        verbose_name_plural = _("messages of tickets")
        constraints = [models.UniqueConstraint(fields=["ticket", "message_id"], name="ticket_mail_once")]
        indexes = [models.Index(fields=["ticket", "id"], name="ticket_thread")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


def attachment_key() -> str:
    """A name for a file that nobody guesses."""
    return secrets.token_urlsafe(16)


def attachment_path(attachment: "TicketAttachment", name: str) -> str:
    """Where a file is kept: by ticket, under its key; the name that it came with is not part of it."""
    return f"tickets/{attachment.message.ticket_id}/{attachment.key}"


def private_files() -> PrivateFiles:
    """The storage, so that no folder of one machine is written into a migration."""
    return PrivateFiles()


class TicketAttachment(models.Model):
    """A private file: shown to whoever may read its message, and to nobody else."""

    message = models.ForeignKey(TicketMessage, on_delete=models.CASCADE, related_name="attachments")
    key = models.CharField(max_length=40, unique=True, default=attachment_key, editable=False)
    file = models.FileField(upload_to=attachment_path, storage=private_files, max_length=120)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")

    message_id: int

    class Meta:
        verbose_name = _("file of a ticket")
        verbose_name_plural = _("files of tickets")

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether it can be shown in the page."""
        return self.content_type.startswith("image/")
