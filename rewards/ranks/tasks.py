"""Passes over all members, a batch at a time."""

from django_tasks import task

from community.accounts.models import User
from rewards.ranks.moving import BATCH, recompute


@task(in_transaction=True)
def recompute_ranks_task(after_id: int, cause: str) -> None:
    """Recompute the next members after `after_id`, and leave those behind them to the next task."""
    ids = list(User.objects.filter(pk__gt=after_id).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if ids:
        recompute(ids, cause=cause)
        recompute_ranks_task.enqueue(ids[-1], cause)
