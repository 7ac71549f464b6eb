"""Passes over all members, a batch at a time: when a ladder comes into force, and once a day."""

from django_tasks import task

from community.accounts.models import User
from community.core.daily import daily_tasks
from rewards.ranks.models import Cause
from rewards.ranks.moving import BATCH, recompute
from rewards.ranks.standing import DAILY


@task(in_transaction=True)
def recompute_ranks_task(after_id: int, cause: str) -> None:
    """Recompute the next members after `after_id`, and leave those behind them to the next task."""
    ids = list(User.objects.filter(pk__gt=after_id).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if ids:
        recompute(ids, cause=cause)
        recompute_ranks_task.enqueue(ids[-1], cause)


@task(in_transaction=True)
def pass_the_day_task() -> None:
    """Look through everybody's rank: members grow older without doing anything, and what went amiss is set right."""
    recompute_ranks_task.enqueue(0, Cause.DAY)


daily_tasks.add(DAILY, pass_the_day_task)
