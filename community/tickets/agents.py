"""Who answers tickets: whoever was given the permission, by their group at the desk or one by one."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from community.accounts.actions.desk_groups import BRAND_TEAM, MODERATORS, SUPPORT_TEAM, group_permissions
from community.accounts.models import User

PERMISSION = "tickets.answer_ticket"
group_permissions.add(PERMISSION, (BRAND_TEAM, MODERATORS, SUPPORT_TEAM))


def is_agent(user: User | AnonymousUser) -> bool:
    """Whether `user` answers tickets. Members cost no query: only who may open the desk is looked up."""
    return isinstance(user, User) and user.is_active and user.is_staff and user.has_perm(PERMISSION)


def agents() -> QuerySet[User]:
    """Everyone who answers tickets, by name."""
    app, _dot, codename = PERMISSION.partition(".")
    by_group = Q(groups__permissions__codename=codename, groups__permissions__content_type__app_label=app)
    by_name = Q(user_permissions__codename=codename, user_permissions__content_type__app_label=app)
    found = User.objects.filter(by_group | by_name | Q(is_superuser=True), is_active=True, is_staff=True)
    return found.distinct().order_by("username")
