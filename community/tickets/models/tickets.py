"""Tickets: what a customer asks of the support team, and who may see it."""

import secrets
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.accounts.models import User
from community.tickets.agents import is_agent
from community.topics.models import Section, Topic

SUBJECT_MAX = 120


def new_key() -> str:
    """An address that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


class Urgency(models.TextChoices):
    """How much it hurts, in the customer's own plain words."""

    BLOCKED = "blocked", _("I am stuck: nothing works")
    HINDERS = "hinders", _("It bothers me, but I can go on")
    QUESTION = "question", _("I just have a question")


class TicketStatus(models.TextChoices):
    """Whose turn it is."""

    OPEN = "open", _("waits for support")
    WAITING = "waiting", _("waits for the customer")
    CLOSED = "closed", _("closed")


class CloseReason(models.TextChoices):
    """Why a ticket is closed."""

    SOLVED = "solved", pgettext_lazy("why a ticket ends", "solved")
    ANSWERED_THERE = "answered_there", _("answered in the community")
    NO_ANSWER_NEEDED = "no_answer_needed", _("no answer needed")
    DUPLICATE = "duplicate", _("sent twice")
    SPAM = "spam", _("spam")
    OTHER = "other", _("another reason")


class TopicLink(models.TextChoices):
    """How a ticket and a public topic belong together."""

    FROM_QUESTION = "from_question", _("the question became this ticket")
    ASKED_IN_PUBLIC = "asked_in_public", _("asked in public from this ticket")
    ANSWERED_THERE = "answered_there", _("answered there")


CONFIRMED = models.Q(guest_email="") | models.Q(guest_confirmed_at__isnull=False)


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Readings of the table of tickets. Guests' tickets are found by their key only, never through here."""

    def visible_to(self, user: User | AnonymousUser) -> "TicketQuerySet":
        """Tickets that `user` may read: their own; for agents all that were confirmed."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(CONFIRMED) if is_agent(user) else self.filter(requester=user)

    def confirmed(self) -> "TicketQuerySet":
        """Tickets of members, and those whose guest confirmed the address."""
        return self.filter(CONFIRMED)

    def waiting_for_an_agent(self) -> "TicketQuerySet":
        """Confirmed tickets whose next word is the support team's."""
        return self.filter(CONFIRMED, status=TicketStatus.OPEN)

    def late(self, now: datetime) -> "TicketQuerySet":
        """Those of `waiting_for_an_agent` whose promised time has passed."""
        return self.waiting_for_an_agent().filter(due_at__lt=now)


class Ticket(models.Model):
    """One case of one customer: a member (`requester`), or a guest known by an e-mail address."""

    key = models.CharField(max_length=64, unique=True, default=new_key, editable=False)
    subject = models.CharField(_("subject"), max_length=SUBJECT_MAX)
    section = models.ForeignKey(
        Section, verbose_name=_("section"), null=True, blank=True, on_delete=models.SET_NULL, related_name="tickets"
    )
    lang = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.QUESTION)
    status = models.CharField(_("state"), max_length=10, choices=TicketStatus, default=TicketStatus.OPEN)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tickets",
    )
    guest_email = models.EmailField(_("guest's address"), blank=True)
    guest_confirmed_at = models.DateTimeField(null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("agent"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    # When the next answer is promised; None while it is not the support team's turn, or nothing is promised.
    due_at = models.DateTimeField(null=True, blank=True)
    first_reply_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=20, choices=CloseReason, blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="tickets")
    topic_link = models.CharField(max_length=20, choices=TopicLink, blank=True)
    # What the customer was shown before, as search names it, and what they opened: ["topic:12", "article:4"].
    ask_session = models.CharField(max_length=64, blank=True, editable=False)
    read = models.JSONField(default=list, blank=True, editable=False)

    requester_id: int | None
    section_id: int | None
    topic_id: int | None
    assignee_id: int | None
    objects: ClassVar[models.Manager["Ticket"]] = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        permissions = [("answer_ticket", "Can answer tickets")]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(requester__isnull=False) | ~models.Q(guest_email=""), name="ticket_has_a_customer"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_at", "id"], name="ticket_queue"),
            models.Index(fields=["assignee", "status", "due_at"], name="ticket_by_agent"),
            models.Index(fields=["requester", "-updated_at", "-id"], name="ticket_by_requester"),
            models.Index(
                fields=["guest_email", "-updated_at"], name="ticket_by_guest", condition=~models.Q(guest_email="")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        """The customer's private page, in the reader's language."""
        return reverse("tickets:ticket", args=[self.key])

    def get_desk_url(self) -> str:
        """The page in the agents' inbox."""
        return reverse("tickets_desk:ticket", args=[self.pk])

    @property
    def is_confirmed(self) -> bool:
        """Whether agents see it."""
        return not self.guest_email or self.guest_confirmed_at is not None

    @property
    def is_closed(self) -> bool:
        """Whether nobody is expected to say anything more."""
        return self.status == TicketStatus.CLOSED

    def is_late(self, now: datetime) -> bool:
        """Whether the promised time has passed without an answer."""
        return self.status == TicketStatus.OPEN and self.due_at is not None and self.due_at < now
