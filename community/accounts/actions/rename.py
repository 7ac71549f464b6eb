"""Taking another pseudonym; the old one keeps leading to the same person."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.events import MemberRenamed
from community.accounts.models import FormerName, User
from community.accounts.names import check_username, skeleton
from community.accounts.permissions import check_can_change_member
from community.accounts.suggestions import check_free
from community.core.events import publish

RENAMES, RENAME_PERIOD = 2, timedelta(days=30)


def rename_member(user: User, username: str, *, by: User) -> bool:
    """Give `user` another pseudonym. Returns False when it is already theirs.

    Raises PermissionDenied, or ValidationError when it is malformed, taken, or the third one within a month.
    """
    check_can_change_member(by, user)
    if username == user.username:
        return False
    check_username(username)
    try:
        with transaction.atomic():
            locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
            check_free(username, but_for=locked)
            _check_not_too_often(locked, by)
            _leave_name(locked, username)
            locked.rename(username)
            locked.save(update_fields=["username", "username_key"])
            publish(MemberRenamed(member_id=locked.pk, by_id=by.pk))
    except IntegrityError as error:
        raise ValidationError(
            _("Someone took this pseudonym a moment ago. Choose another one."), code="taken"
        ) from error
    user.username, user.username_key = locked.username, locked.username_key
    return True


def _check_not_too_often(user: User, by: User) -> None:
    recent = user.former_names.filter(left_at__gt=timezone.now() - RENAME_PERIOD).count()
    if recent >= RENAMES and not by.can_moderate:
        raise ValidationError(
            _("You changed your pseudonym twice this month. Others should be able to recognise you: wait a little."),
            code="too_often",
        )


def _leave_name(user: User, username: str) -> None:
    FormerName.objects.filter(username_key=skeleton(username), user=user).delete()
    if user.username_key != skeleton(username):
        FormerName.objects.create(user=user, username=user.username, username_key=user.username_key)
