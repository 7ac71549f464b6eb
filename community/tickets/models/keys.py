"""Keys that make a form sent twice harmless."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from community.tickets.models.messages import TicketMessage


class TicketFormKey(models.Model):
    """A form's key, who used it, and the message that it made."""

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    message = models.ForeignKey(TicketMessage, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scope", "key"], name="ticket_form_key_once"),
        ]

    def __str__(self) -> str:
        return self.key
