"""Goes through all members, some hundreds at a time: when a badge goes live or its rule changes, and once a day."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from community.accounts.models import User
from community.core.daily import daily_tasks
from rewards.badges.holders import recount_holders
from rewards.badges.models import Badge, Scope
from rewards.badges.settling import settle
from rewards.metrics import METRICS

BATCH = 500


def fill(badge: Badge) -> None:
    """Have everybody who qualifies for `badge` get it; nobody is told, now or by what happens meanwhile."""
    with transaction.atomic():
        Badge.objects.filter(pk=badge.pk).update(filled_at=None)
        fill_badge_task.enqueue(badge.pk)


def look_through() -> int:
    """Begin to measure everybody for the badges that change without an event. Returns how many badges."""
    due = [badge for badge in Badge.objects.automatic() if _changes_by_itself(badge)]
    for badge in due:
        fill_badge_task.enqueue(badge.pk)
    return len(due)


def _changes_by_itself(badge: Badge) -> bool:
    """Whether time alone earns or loses it, or tags that were set later, or nobody was measured for it yet."""
    by_time = not METRICS[badge.metric].movers or (badge.is_revocable and badge.window_days)
    return bool(by_time or badge.tag_id or badge.scope == Scope.TAG or badge.filled_at is None)


@task(in_transaction=True)
def fill_badge_task(badge_id: int, after: int = 0) -> None:
    """Settle the next BATCH of members with ids beyond `after`, then leave the rest to a task like this one.

    Each batch is one transaction with its task: killed at any moment, it goes on where it was.
    """
    badge = Badge.objects.automatic().select_related("prerequisite").filter(pk=badge_id).first()
    if badge is None:
        return
    ids = list(User.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
    settle([badge], ids)
    if len(ids) == BATCH:
        fill_badge_task.enqueue(badge_id, ids[-1])
    else:
        Badge.objects.filter(pk=badge_id, filled_at=None).update(filled_at=timezone.now())
        recount_holders(badge)


@task(in_transaction=True)
def look_through_task() -> None:
    """Measure everybody for the badges that no event moves, at night."""
    look_through()


daily_tasks.add("badges", look_through_task)
