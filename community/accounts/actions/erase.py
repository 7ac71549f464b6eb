"""Erasing a member: who they are goes for ever; what they wrote, voted and earned stays under a name that says nothing.

Others' answers, votes and totals rest on those rows: they lose no word and no point.
"""

from itertools import count

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.files.storage import default_storage
from django.db import transaction
from wagtail.users.models import UserProfile as DeskPreferences

from community.accounts.events import MemberErased
from community.accounts.models import FormerName, Profile, Role, User
from community.accounts.names import skeleton
from community.accounts.permissions import check_can_erase
from community.core.events import publish

# The same in every language.
NAMELESS = "ex-"


def erase_member(user: User, *, by: User) -> bool:
    """Close the account of `user` and forget who they are. Returns False when that was done before.

    The other apps forget what is theirs by receiving `MemberErased`. Raises PermissionDenied.
    """
    check_can_erase(by, user)
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if _is_erased(locked):
            return False
        portrait = locked.avatar
        _forget_around(locked)
        _forget(locked)
        publish(MemberErased(member_id=locked.pk, by_id=by.pk))
        if portrait:
            transaction.on_commit(lambda: default_storage.delete(portrait))
    user.refresh_from_db()
    return True


def _is_erased(user: User) -> bool:
    return not user.is_active and user.email is None and user.username.startswith(NAMELESS)


def _forget(user: User) -> None:
    """Nobody can sign in as `user`, and nothing on their row tells who it was."""
    user.rename(_free_name(user))
    user.email, user.avatar, user.last_login = None, "", None
    user.role, user.is_active, user.is_staff, user.is_superuser = Role.MEMBER, False, False, False
    user.set_unusable_password()
    user.save()


def _forget_around(user: User) -> None:
    """The rows about `user` alone: the pseudonyms they left, their addresses, profile and rights."""
    FormerName.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    DeskPreferences.objects.filter(user=user).delete()
    Profile.objects.filter(user=user).delete()
    Profile.objects.create(user=user, show_activity=False)
    user.groups.clear()
    user.user_permissions.clear()


def _free_name(user: User) -> str:
    names = (f"{NAMELESS}{user.pk}" + (f"-{number}" if number else "") for number in count())
    return next(name for name in names if not User.objects.filter(username_key=skeleton(name)).exists())
