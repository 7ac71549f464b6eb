"""Once a day everybody's rank is looked through: members grow older, and what went amiss is set right."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from community.core.daily import daily_tasks
from rewards.ranks.models import Cause, DayPass
from rewards.ranks.tasks import recompute_ranks_task


def pass_the_day() -> bool:
    """Start it once a day (UTC), whoever asks first. Returns whether this call did."""
    with transaction.atomic():
        _day, is_new = DayPass.objects.get_or_create(day=timezone.now().date())
        if is_new:
            recompute_ranks_task.enqueue(0, Cause.DAY)
    return is_new


@task()
def pass_the_day_task() -> None:
    """The same, at night."""
    pass_the_day()


daily_tasks.add("ranks", pass_the_day_task)
