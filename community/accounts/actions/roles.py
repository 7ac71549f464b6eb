"""Giving people a role: expert, staff, moderator, brand team, or none."""

from django.db import transaction

from community.accounts.actions.desk_groups import join_desk_group
from community.accounts.events import RoleChanged
from community.accounts.models import Role, User
from community.accounts.permissions import check_can_set_role
from community.core.events import publish


def set_role(user: User, role: Role, *, by: User) -> bool:
    """Make `user` a `role`, and let them into the brand's desk if it opens to that role.

    Returns False when they already were. Raises PermissionDenied.
    """
    check_can_set_role(by, user)
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if locked.role == role:
            return False
        before, locked.role = locked.role, role
        locked.save(update_fields=["role"])
        join_desk_group(locked)
        publish(RoleChanged(member_id=locked.pk, by_id=by.pk, role=role, before=before))
    user.role, user.is_staff = locked.role, locked.is_staff
    return True
