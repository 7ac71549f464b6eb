"""What has to leave the house: one row for each message and each place it goes to, so that it goes there once."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.tickets.models.messages import TicketMessage

# To whom, besides the desks of the registry, which go by their names.
TO_CUSTOMER, TO_CONFIRM = "customer", "confirm"


class Delivery(models.Model):
    """A message on its way to the customer, to a guest who has to confirm, or to a desk.

    `claimed_at` is committed before anything is sent, `sent_at` after: see `delivering.deliver`.
    """

    message = models.ForeignKey(TicketMessage, on_delete=models.CASCADE, related_name="deliveries")
    to = models.CharField(max_length=20)
    # Counts how often the customer asked for the mail again; each time it is another mail.
    round = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # The other side said no for good: an address that does not exist.
    refused_at = models.DateTimeField(null=True)

    message_id: int

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "to"], name="delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} to {self.to}"
