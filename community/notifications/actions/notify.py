"""Telling people something, once."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from community.accounts.models import User
from community.notifications.kinds import kinds
from community.notifications.models import EmailPreference, Notification
from community.notifications.tasks import send_notification_email_task


def notify(
    user: User, kind: str, *, actor: User | None = None, data: Mapping[str, Any] | None = None, key: str = ""
) -> bool:
    """Tell `user` something. Returns False when they did it themselves, were told already, or have no open account.

    See `notify_all`.
    """
    return bool(notify_all([user.pk], kind, actor=actor, data=data, key=key))


def notify_all(
    user_ids: Iterable[int],
    kind: str,
    *,
    actor: User | None = None,
    data: Mapping[str, Any] | None = None,
    key: str = "",
) -> list[int]:
    """Tell many people the same. Returns the ids of those who were told now.

    `data` holds ids only (topic_id, post_id): the words are found when they are read. `key` is what makes it the same
    notification, by default `data` and `actor`. E-mails go to those who asked for this kind, after the transaction.
    Raises LookupError for a kind that nobody registered. Six queries, whatever the number of people.
    """
    if kind not in kinds:
        raise LookupError(f"There is no notification kind {kind!r}.")
    plain, actor_id = dict(data or {}), actor.pk if actor else None
    key = key or _key_of(plain, actor_id)
    with transaction.atomic():
        # Whoever is told two things at once waits here, so that nobody is told, or counted, twice.
        people = User.objects.select_for_update(no_key=True).filter(pk__in=set(user_ids) - {actor_id}, is_active=True)
        wanted = set(people.order_by("pk").values_list("pk", flat=True))
        known = Notification.objects.filter(user__in=wanted, kind=kind, key=key).values_list("user_id", flat=True)
        told = sorted(wanted - set(known))
        if not told:
            return []
        Notification.objects.bulk_create(
            [Notification(user_id=pk, kind=kind, actor_id=actor_id, data=plain, key=key) for pk in told]
        )
        User.objects.filter(pk__in=told).update(unread_notifications=F("unread_notifications") + 1)
        _write_to_those_who_asked(told, kind, key)
    return told


def _write_to_those_who_asked(told: list[int], kind: str, key: str) -> None:
    askers = EmailPreference.objects.filter(user__in=told, kind=kind, wanted=True).values("user_id")
    for pk in Notification.objects.filter(user__in=askers, kind=kind, key=key).values_list("pk", flat=True):
        send_notification_email_task.enqueue(notification_id=pk)


def _key_of(data: Mapping[str, Any], actor_id: int | None) -> str:
    said = json.dumps([data, actor_id], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:40]
