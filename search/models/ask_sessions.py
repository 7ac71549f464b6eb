"""What people were shown before they asked, and what came of it. Nothing here says who they were."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.tickets.models import Ticket
from community.topics.models import Topic


class Outcome(models.TextChoices):
    """How a look at existing answers ended."""

    LOOKED = "looked", _("looked")
    ANSWERED = "answered", _("an existing answer was theirs")
    SAME_PROBLEM = "same_problem", _("had the same problem")
    ASKED = "asked", _("asked all the same")
    WROTE = "wrote", _("wrote to support")


class AskSession(models.Model):
    """One person, between their words and their question: what they were shown, opened and chose."""

    key = models.CharField(max_length=16, unique=True)
    shown = models.JSONField(default=list)
    opened = models.JSONField(default=list)
    chosen = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.LOOKED)
    topic = models.OneToOneField(
        Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="ask_session", verbose_name=_("question")
    )
    ticket = models.OneToOneField(
        Ticket, null=True, blank=True, on_delete=models.CASCADE, related_name="look_before", verbose_name=_("ticket")
    )
    # Under which pseudonym the steps that led here are recorded; empty when they are not counted.
    visitor = models.CharField(max_length=32, blank=True)
    read = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("look before asking")
        verbose_name_plural = _("looks before asking")
        indexes = [models.Index(fields=["-created_at"], name="ask_session_recent")]

    def __str__(self) -> str:
        return f"{self.key}: {self.outcome}"
