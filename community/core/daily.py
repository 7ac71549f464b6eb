"""What is done once a day: higher apps register a background task, housekeeping begins it, whoever comes first."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from community.core.models import DailyRun
from community.core.registry import Registry

KEPT_DAYS = 30

daily_tasks: Registry[Task[[], None]] = Registry("daily tasks")


def begin_daily_tasks() -> int:
    """Enqueue every daily task that nobody has begun today (UTC), on however many machines. Returns how many."""
    today, begun = timezone.now().date(), 0
    for name, task in daily_tasks:
        with transaction.atomic():
            _run, is_new = DailyRun.objects.get_or_create(name=name, day=today)
            if is_new:
                task.enqueue()
                begun += 1
    if begun:
        DailyRun.objects.filter(day__lt=today - timedelta(days=KEPT_DAYS)).delete()
    return begun


def last_begun(name: str) -> date | None:
    """The latest day (UTC) on which the daily task `name` was begun; None before the first."""
    day: date | None = DailyRun.objects.filter(name=name).order_by("-day").values_list("day", flat=True).first()
    return day
