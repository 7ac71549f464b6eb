"""The ledger of reputation: rows are added, never changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.topics.models import Topic


class Limit(models.TextChoices):
    """Why an entry pays less than its rule says."""

    PAIR = "pair", _("often from the same person")
    DAY = "day", _("the most of a day was reached")
    LIFETIME = "lifetime", _("the most of this kind was reached")
    FLOOR = "floor", _("nobody falls below 1")


class Reason(models.TextChoices):
    """Why an entry takes back, or gives again, what an earlier one did."""

    UNDONE = "undone", _("taken back")
    DONE_AGAIN = "again", _("done again")
    SERIES = "series", _("votes in series are not counted")
    RING = "ring", _("votes in a ring are not counted")
    RESTORED = "restored", _("given again by the team")


# What a review took back is given again by the team alone.
REVIEWS = (Reason.SERIES, Reason.RING)


class EntryQuerySet(models.QuerySet["Entry"]):
    """Readings of the ledger."""

    def not_counted(self) -> "EntryQuerySet":
        """Entries that no leaderboard has yet."""
        return self.filter(scopes__isnull=True)


class Entry(models.Model):
    """One change of a member's reputation: by whose act, under which rule, about what.

    An act has one chain of entries, numbered by `generation`: an even one pays, an odd one takes exactly that back.
    `by_key` is the actor's id, or "guests:" and the day for readers without an account. Only `scopes` is written
    later: the leaderboards that count the entry ("", "section:4", "tag:12").
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reputation_entries")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_key = models.CharField(max_length=20)
    rule = models.CharField(max_length=20)
    object_kind = models.CharField(max_length=10)
    object_id = models.BigIntegerField()
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    generation = models.PositiveSmallIntegerField(default=0)
    nominal = models.IntegerField()
    effective = models.IntegerField()
    limit = models.CharField(max_length=10, choices=Limit, blank=True)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    day = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)
    scopes = models.JSONField(null=True)

    member_id: int
    actor_id: int | None
    topic_id: int | None
    objects: ClassVar[models.Manager["Entry"]] = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("ledger of reputation")
        constraints = [
            models.UniqueConstraint(
                fields=["object_kind", "object_id", "rule", "by_key", "generation"], name="paid_once"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="entry_statement"),
            models.Index(fields=["member", "day"], name="entry_of_day"),
            models.Index(fields=["id"], name="entry_not_counted", condition=models.Q(scopes__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.effective:+d} for {self.member_id}"

    @property
    def pays(self) -> bool:
        """Whether this pays, rather than takes back."""
        return self.generation % 2 == 0


class Sweep(models.Model):
    """That the votes of a day's window were looked through, and what came of it."""

    day = models.DateField(primary_key=True)
    series_count = models.PositiveIntegerField(default=0)
    ring_count = models.PositiveIntegerField(default=0)
    reversed_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.reversed_count}"
