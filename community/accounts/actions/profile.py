"""What a member says of themselves, and which of it others see."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from community.accounts.events import ProfileChanged
from community.accounts.models import Profile, User
from community.accounts.permissions import check_can_change_member
from community.core.events import publish

FIELDS = ("bio", "place", "traits", "show_bio", "show_place", "show_traits", "show_activity")


def update_profile(user: User, changes: Mapping[str, Any], *, by: User) -> bool:
    """Write `changes` (any of FIELDS, and `language`) down. Returns False when nothing is new. Raises PermissionDenied.

    The values are expected to come from a form that checked them.
    """
    check_can_change_member(by, user)
    with transaction.atomic():
        profile, _made = Profile.objects.select_for_update(no_key=True).get_or_create(user=user)
        new = {name: changes[name] for name in FIELDS if name in changes and changes[name] != getattr(profile, name)}
        language = changes.get("language", user.language)
        if not new and language == user.language:
            return False
        if new:
            Profile.objects.filter(pk=profile.pk).update(**new)
            publish(ProfileChanged(member_id=user.pk))
        if language != user.language:
            User.objects.filter(pk=user.pk).update(language=language)
            user.language = language
    return True
