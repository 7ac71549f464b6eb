"""What the ledger does at night."""

from django_tasks import task

from community.core.daily import daily_tasks
from rewards.ledger.sweep import sweep


@task()
def sweep_votes_task() -> None:
    """Take back votes in series and in rings."""
    sweep()


daily_tasks.add("votes", sweep_votes_task)
