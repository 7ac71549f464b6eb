"""A member's portrait: sent by them, drawn anew, or taken away."""

import hashlib
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from community.accounts.events import PortraitChanged
from community.accounts.models import User
from community.accounts.permissions import check_can_change_member
from community.core.events import publish
from community.core.images import reencode
from community.core.ratelimits import UPLOAD, spend

SIDE = 256


def change_portrait(user: User, file: IO[bytes], *, by: User) -> bool:
    """Show the picture in `file`, cut to a square, beside what `user` writes. Returns False when it is the same one.

    Raises PermissionDenied, TooFast, or ValidationError when the file is no picture that can be taken.
    """
    check_can_change_member(by, user)
    spend(UPLOAD, f"member:{by.pk}")
    picture = reencode(file, max_side=SIDE, square=True)
    digest = hashlib.sha256(picture.content).hexdigest()[:16]
    name = f"avatars/{user.pk}-{digest}.{picture.extension}"
    if user.avatar == name:
        return False
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(picture.content))
    return _show(user, name, by)


def remove_portrait(user: User, *, by: User) -> bool:
    """Show initials again. Returns False when they already stand there. Raises PermissionDenied."""
    check_can_change_member(by, user)
    return bool(user.avatar) and _show(user, "", by)


def _show(user: User, name: str, by: User) -> bool:
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        before, locked.avatar = locked.avatar, name
        locked.save(update_fields=["avatar"])
        publish(PortraitChanged(member_id=user.pk, by_id=by.pk))
        if before and before != name:
            transaction.on_commit(lambda: default_storage.delete(before))
    user.avatar = name
    return before != name
