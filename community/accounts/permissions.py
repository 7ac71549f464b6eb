"""Who may change what about people: each check raises PermissionDenied with one sentence."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import Role, User


def check_is_open(by: User) -> None:
    """Whoever left, or was made to leave, does nothing here any more."""
    if not by.is_active:
        raise PermissionDenied(_("This account is closed. Write to the support team if that is a mistake."))


def check_can_change_member(by: User, member: User) -> None:
    """Everyone changes their own profile; the brand team changes those that break the rules."""
    check_is_open(by)
    if by.pk != member.pk and not by.can_moderate:
        raise PermissionDenied(_("Only the member can change this profile."))


def check_can_set_role(by: User, member: User) -> None:
    """The brand team gives roles to others, administrators to all but themselves."""
    if not by.is_active or not (by.is_superuser or by.role == Role.BRAND):
        raise PermissionDenied(_("Only the brand team can give roles."))
    if by.pk == member.pk:
        raise PermissionDenied(_("Nobody changes their own role. Ask someone else of the brand team."))
    if member.is_superuser and not by.is_superuser:
        raise PermissionDenied(_("Only an administrator can change an administrator's role."))


def check_can_erase(by: User, member: User) -> None:
    """Everyone erases themselves, the brand team others; an administrator is never the last one to go."""
    check_is_open(by)
    if by.pk != member.pk and not (by.is_superuser or by.role == Role.BRAND):
        raise PermissionDenied(_("Only the brand team can erase somebody else’s account."))
    if not member.is_superuser:
        return
    if not by.is_superuser:
        raise PermissionDenied(_("Only an administrator can erase an administrator’s account."))
    if not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=member.pk).exists():
        raise PermissionDenied(_("This is the last administrator. Make somebody else one first."))
