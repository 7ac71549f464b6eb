"""What is proposed and waits for the customer's word: asking in public, or taking a question to support."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.tickets.models.tickets import Ticket
from community.topics.models import Section, Topic


class Decision(models.TextChoices):
    """Where a proposal stands."""

    OPEN = "open", _("waits for the customer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublicProposal(models.Model):
    """A question that an agent would ask in public for the customer: what stood in the ticket, what all would read."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="public_proposals")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")
    title_before = models.CharField(max_length=200)
    body_before = models.TextField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    ticket_id: int

    class Meta:
        verbose_name = _("public question proposed")
        verbose_name_plural = _("public questions proposed")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(decision="open"), name="one_open_proposal_per_ticket"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.decision}"


class TicketOffer(models.Model):
    """An agent's offer to the asker of a public question: support can look at it in private."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="support_offers")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    topic_id: int

    class Meta:
        verbose_name = _("offer of support")
        verbose_name_plural = _("offers of support")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["topic"], condition=models.Q(decision="open"), name="one_open_offer_per_topic"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.decision}"
