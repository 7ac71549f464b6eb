"""Badges that the team gives by hand, and takes back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from rewards.badges.events import BadgesAwarded, BadgesRevoked
from rewards.badges.holders import change_holder_counts
from rewards.badges.models import Award, Badge
from rewards.badges.permissions import check_can_give
from rewards.ledger.settling import lock_members


def give_badge(badge: Badge, member: User, *, by: User, reason: str, at: datetime | None = None) -> Award | None:
    """Give `member` a badge that is given by hand. Returns None when they hold it, unless it is given again and again.

    `at` is when it was given, if not now.
    Raises PermissionDenied; ValidationError for a badge that its rule gives, a closed account, or no reason.
    """
    check_can_give(by)
    if not (badge.is_manual and badge.is_live):
        raise ValidationError(_("This badge is given by its rule, or not given any more."))
    if not member.is_active:
        raise ValidationError(_("This account is closed."))
    if not reason.strip():
        raise ValidationError(_("Say why: the reason stands beside the badge."))
    with transaction.atomic():
        lock_members([member.pk])
        known = list(Award.objects.filter(badge=badge, member=member, scope="").order_by("number"))
        lost = next((award for award in known if award.revoked_at), None)
        if known and not lost and not badge.is_repeated:
            return None
        award = lost or Award(badge=badge, member=member, number=len(known) + 1)
        award.awarded_at, award.given_by, award.reason = at or timezone.now(), by, reason.strip()
        award.revoked_at = award.revoked_by = None
        award.save()
        if not any(other.revoked_at is None for other in known if other is not award):
            change_holder_counts({badge.pk: 1})
        publish(BadgesAwarded(badge_id=badge.pk, award_ids=(award.pk,), member_ids=(member.pk,), is_quiet=False))
    return award


def take_back(award: Award, *, by: User) -> bool:
    """Take any badge from whom has it; no rule gives it again. Returns False when it was lost already.

    Raises PermissionDenied.
    """
    check_can_give(by)
    with transaction.atomic():
        lock_members([award.member_id])
        if not Award.objects.in_force().filter(pk=award.pk).update(revoked_at=timezone.now(), revoked_by=by):
            return False
        if not Award.objects.in_force().filter(badge=award.badge_id, member=award.member_id).exists():
            change_holder_counts({award.badge_id: -1})
        publish(BadgesRevoked(badge_id=award.badge_id, award_ids=(award.pk,), member_ids=(award.member_id,)))
    return True
