"""The event log, and the background tasks that wait, run, or were given up."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LoggedEvent(models.Model):
    """One event, as it was published."""

    kind = models.CharField(max_length=60)
    data = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["kind", "created_at"], name="event_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DailyRun(models.Model):
    """That what is done once a day was begun on a day (UTC)."""

    name = models.CharField(max_length=40)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="begun_once_a_day")]

    def __str__(self) -> str:
        return f"{self.name} on {self.day}"


class TaskState(models.TextChoices):
    """Where a background task stands; one that is done has no row any more."""

    READY = "ready", _("waiting")
    RUNNING = "running", _("running")
    PARKED = "parked", _("given up, waits for an operator")


class BackgroundTaskQuerySet(models.QuerySet["BackgroundTask"]):
    """Readings of the tasks. Moments are compared by the database's clock, the only one that all nodes share."""

    def due(self) -> "BackgroundTaskQuerySet":
        """Tasks that may start now, in the order in which they should."""
        return self.filter(state=TaskState.READY, run_after__lte=Now()).order_by("-priority", "run_after", "id")

    def abandoned(self) -> "BackgroundTaskQuerySet":
        """Tasks whose worker has not been heard of for longer than its lease."""
        return self.filter(state=TaskState.RUNNING, leased_until__lt=Now())

    def parked(self) -> "BackgroundTaskQuerySet":
        """Tasks that failed too often."""
        return self.filter(state=TaskState.PARKED)


class BackgroundTask(models.Model):
    """Work left for later: a row in the transaction that wanted it, deleted when it is done.

    `path` names the task's function, `arguments` holds {"args": [...], "kwargs": {...}}. A worker leases the row for
    half a minute at a time: when it dies, another one takes over.
    """

    path = models.CharField(_("task"), max_length=200)
    arguments = models.JSONField(_("arguments"))
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(_("state"), max_length=10, choices=TaskState, default=TaskState.READY)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    run_after = models.DateTimeField(_("not before"), db_default=Now())
    leased_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=64, blank=True)
    error = models.TextField(_("error"), blank=True)
    enqueued_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = BackgroundTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("background task")
        verbose_name_plural = _("background tasks")
        indexes = [
            models.Index(
                fields=["-priority", "run_after", "id"], name="task_due", condition=models.Q(state=TaskState.READY)
            ),
            models.Index(fields=["leased_until"], name="task_leased", condition=models.Q(state=TaskState.RUNNING)),
            models.Index(fields=["-id"], name="task_parked", condition=models.Q(state=TaskState.PARKED)),
        ]

    def __str__(self) -> str:
        return f"{self.path.rpartition('.')[2]} {self.pk}"

    def retry(self) -> bool:
        """Let a parked task start anew, with all its attempts. Returns whether it was parked."""
        mine = BackgroundTask.objects.parked().filter(pk=self.pk)
        return bool(mine.update(state=TaskState.READY, attempts=0, run_after=Now()))


def in_future(wait: timedelta) -> models.Expression:
    """The moment after `wait`, by the database's clock."""
    return models.ExpressionWrapper(
        Now() + models.Value(wait, output_field=models.DurationField()), output_field=models.DateTimeField()
    )
