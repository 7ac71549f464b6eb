"""Choosing what one is written about."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.notifications.kinds import kinds
from community.notifications.models import EmailPreference


def set_preferences(wanted: Mapping[str, bool], *, by: User) -> bool:
    """Write to `by`, or stop writing, about the kinds in `wanted`. Returns False when nothing is new.

    Raises LookupError for a kind that nobody registered.
    """
    if unknown := [name for name in wanted if name not in kinds]:
        raise LookupError(f"There is no notification kind {unknown[0]!r}.")
    before = preferences_of(by)
    changed = {name: choice for name, choice in wanted.items() if before.get(name, False) != choice}
    with transaction.atomic():
        for name, choice in changed.items():
            EmailPreference.objects.update_or_create(
                user=by, kind=name, defaults={"wanted": choice, "changed_at": timezone.now()}
            )
    return bool(changed)


def preferences_of(user: User) -> dict[str, bool]:
    """What `user` chose, by kind; what is not in it is not wanted."""
    return dict(EmailPreference.objects.filter(user=user).values_list("kind", "wanted"))
