"""What trust does at night."""

from django_tasks import task

from community.core.daily import daily_tasks
from rewards.trust.levels import review_regulars


@task()
def review_regulars_task() -> None:
    """Give and take the third level."""
    review_regulars()


daily_tasks.add("trust", review_regulars_task)
