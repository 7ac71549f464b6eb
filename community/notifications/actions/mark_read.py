"""Having read what one was told."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.notifications.models import Notification


def mark_read(*, by: User, only: Iterable[int] | None = None) -> bool:
    """Mark what `by` was told as read: all of it, or the ids in `only` that are theirs.

    Counts afresh what is left, so that a count that drifted is right again. Returns False when all was read already.
    """
    with transaction.atomic():
        me = User.objects.select_for_update(no_key=True).get(pk=by.pk)
        unread = Notification.objects.filter(user=me, read_at=None)
        chosen = unread if only is None else unread.filter(pk__in=list(only))
        changed = chosen.update(read_at=timezone.now())
        left = unread.count()
        if me.unread_notifications != left:
            me.unread_notifications = left
            me.save(update_fields=["unread_notifications"])
    by.unread_notifications = left
    return bool(changed)


def withdraw(kind: str, **data: int) -> int:
    """Take back notifications whose object is gone, such as `post_id=5`. Returns how many there were."""
    conditions = {f"data__{name}": value for name, value in data.items()}
    with transaction.atomic():
        gone = Notification.objects.filter(kind=kind, **conditions)
        told = User.objects.filter(pk__in=gone.values("user"))
        people = list(told.select_for_update(no_key=True).order_by("pk"))
        count: int = gone.delete()[0]
        for person in people:
            person.unread_notifications = Notification.objects.filter(user=person, read_at=None).count()
            person.save(update_fields=["unread_notifications"])
    return count
