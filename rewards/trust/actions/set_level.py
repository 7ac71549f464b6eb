"""The team's word on a member's level."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from rewards.trust.levels import change_level
from rewards.trust.models import HIGHEST, TrustLock, Why


def check_can_set_level(by: User, member: User) -> None:
    """Moderators and the brand team set the level of others."""
    if not by.is_active or not by.can_moderate:
        raise PermissionDenied(_("Only moderators and the brand team set trust levels."))
    if by.pk == member.pk or member.is_team:
        raise PermissionDenied(_("The team has its rights by its role: a trust level changes nothing for it."))


def set_level(member: User, *, by: User, level: int, reason: str, locked: bool) -> bool:
    """Give `member` a `level` from 0 to 4, and keep it there if `locked`. Returns whether anything changed.

    Unlocked, what the member does moves it on. Raises PermissionDenied, or ValidationError for a level that does not
    exist or a missing reason: the member reads it.
    """
    check_can_set_level(by, member)
    if not 0 <= level <= HIGHEST:
        raise ValidationError({"level": _("Levels go from 0 to 4.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the member reads it.")})
    with transaction.atomic():
        member = User.objects.select_for_update(no_key=True).get(pk=member.pk)
        changed = member.trust_level != level
        if changed:
            change_level(member, level, why=Why.TEAM, by=by, reason=reason.strip())
        lock = TrustLock.objects.filter(member=member)
        if not locked:
            return bool(lock.delete()[0]) or changed
        if lock.exists() and not changed:
            return False
        fields = {"by": by, "reason": reason.strip(), "at": timezone.now()}
        TrustLock.objects.update_or_create(member=member, defaults=fields)
    return True
