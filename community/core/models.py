"""The event log, and the receivers that failed and wait for another try."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

BACKOFF_MINUTES = (1, 5, 30, 120, 720)


class LoggedEvent(models.Model):
    """One event, as it was published."""

    kind = models.CharField(max_length=60)
    data = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["kind", "created_at"], name="event_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ParkedReceiver(models.Model):
    """A receiver that failed on an event: tried again with back-off, visible to the operator until it succeeds."""

    event = models.ForeignKey(LoggedEvent, on_delete=models.CASCADE, related_name="parked")
    receiver = models.CharField(max_length=200)
    error = models.TextField()
    attempts = models.PositiveSmallIntegerField(default=1)
    retry_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "receiver"], name="parked_once")]

    def __str__(self) -> str:
        return f"{self.receiver} on {self.event_id}"

    @classmethod
    def park(cls, event: LoggedEvent, receiver: str, error: BaseException) -> None:
        """Note a failure of `receiver` on `event`, and when to try again."""
        parked, created = cls.objects.get_or_create(
            event=event,
            receiver=receiver,
            defaults={"error": repr(error)[:2000], "retry_at": timezone.now() + timedelta(minutes=1)},
        )
        if not created:
            wait = BACKOFF_MINUTES[min(parked.attempts, len(BACKOFF_MINUTES) - 1)]
            parked.attempts += 1
            parked.error = repr(error)[:2000]
            parked.retry_at = timezone.now() + timedelta(minutes=wait)
            parked.save(update_fields=["attempts", "error", "retry_at"])
