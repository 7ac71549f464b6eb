"""What goes beyond taking part, who has it by their role, and the one permission backend that says yes or no.

`user.has_perm("community.merge", topic)` asks it. Roles are known here; merit is not: a higher app adds a ground, which
may say yes to a member who has earned a privilege.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from community.accounts.models import MODERATING_ROLES, Role, User
from community.core.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

APP = "community"
EVERY_ROLE_BUT_MEMBER = (Role.EXPERT, Role.STAFF, *MODERATING_ROLES)


@dataclass(frozen=True)
class Privilege:
    """Something that not everybody may do: its name for people, and the roles that have it."""

    label: "_StrPromise"
    roles: tuple[Role, ...] = MODERATING_ROLES


PRIVILEGES: dict[str, Privilege] = {
    "links": Privilege(_("write many links, which search engines follow"), EVERY_ROLE_BUT_MEMBER),
    "images": Privilege(_("add pictures"), EVERY_ROLE_BUT_MEMBER),
    "vote_down": Privilege(_("say that an answer misleads"), EVERY_ROLE_BUT_MEMBER),
    "accept_in_field": Privilege(
        _("say what solved a question of others, where one has solved many"), (Role.EXPERT, Role.STAFF, Role.BRAND)
    ),
    "suggest_edits": Privilege(_("suggest a better text for what others wrote"), EVERY_ROLE_BUT_MEMBER),
    "review": Privilege(_("decide on what others suggest"), (Role.EXPERT, *MODERATING_ROLES)),
    "edit_others": Privilege(_("improve what others wrote")),
    "merge": Privilege(_("join questions that ask the same"), (Role.EXPERT, *MODERATING_ROLES)),
    "move": Privilege(_("move topics to the right section")),
    "close": Privilege(_("close topics to new answers")),
}

# Says of one member whether they have earned a privilege, as for an object (a topic, a post; None: at all).
Judge = Callable[[str, object], bool]
grounds: Registry[Callable[[User], Judge]] = Registry("grounds of privileges")


class PrivilegeBackend(AuthenticationBackend):
    """Signs people in as allauth does, and answers for the privileges of `community`, by role and by merit."""

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: object = None) -> bool:
        """Whether `user_obj` has the privilege `perm` ("community.merge"), as for `obj`; other permissions by group."""
        app, _dot, name = perm.partition(".")
        if app != APP:
            return bool(super().has_perm(user_obj, perm, obj))
        return isinstance(user_obj, User) and user_obj.is_active and _has(user_obj, name, obj)


def _has(user: User, name: str, obj: object) -> bool:
    if user.is_superuser or user.role in PRIVILEGES[name].roles:
        return True
    return any(judge(name, obj) for judge in _judges(user))


def _judges(user: User) -> list[Judge]:
    """What the grounds say of `user`: asked once for each object, as Django does with the permissions of groups."""
    kept: list[Judge] | None = user.__dict__.get("_judges")
    if kept is None:
        kept = user.__dict__["_judges"] = [ground(user) for _name, ground in grounds]
    return kept
