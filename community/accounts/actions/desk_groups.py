"""Who may do what at the brand's desk: three groups of Wagtail, kept complete."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model, Q
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.snippets.models import get_snippet_models

from community.accounts.models import Role, User
from community.core.registry import Registry

BRAND_TEAM, MODERATORS, SUPPORT_TEAM = "Brand team", "Community moderators", "Support team"
GROUP_OF_ROLE = {Role.BRAND: BRAND_TEAM, Role.MODERATOR: MODERATORS, Role.STAFF: SUPPORT_TEAM}
# A permission of a higher app ("tickets.answer_ticket"), and the groups that get it.
group_permissions: Registry[tuple[str, ...]] = Registry("permissions of desk groups")
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
FILE_PERMISSIONS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def complete_groups() -> None:
    """Create the desk's groups, and give them what they miss. Safe to run again; takes nothing away."""
    with transaction.atomic():
        groups = {name: Group.objects.get_or_create(name=name) for name in GROUP_OF_ROLE.values()}
        opens_desk = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
        for group, _made in groups.values():
            group.permissions.add(*opens_desk)
        for permission, names in group_permissions:
            app, _dot, codename = permission.partition(".")
            for found in Permission.objects.filter(content_type__app_label=app, codename=codename):
                for name in names:
                    groups[name][0].permissions.add(found)
        team, moderators = groups[BRAND_TEAM][0], groups[MODERATORS][0]
        team.permissions.add(*_of_models([*get_snippet_models(), *settings_registry, Collection]))
        _give_pages(team)
        _give_files(team, FILE_PERMISSIONS)
        _give_files(moderators, ("add_image", "choose_image"))
        for role, name in GROUP_OF_ROLE.items():
            if groups[name][1]:
                # A group that this release brings: whoever has its role already is let in.
                for user in User.objects.filter(role=role):
                    join_desk_group(user)


def join_desk_group(user: User) -> None:
    """Put `user` into the group of their role, out of the others of ours, and note whether they may open the desk."""
    wanted = GROUP_OF_ROLE.get(Role(user.role))
    ours = Group.objects.filter(name__in=GROUP_OF_ROLE.values())
    user.groups.remove(*ours.exclude(name=wanted))
    if wanted:
        user.groups.add(Group.objects.get_or_create(name=wanted)[0])
    user.is_staff = bool(wanted) or user.is_superuser
    user.save(update_fields=["is_staff"])


def complete_groups_after_migration(sender: Any, using: str = DEFAULT_DB_ALIAS, **_more: Any) -> None:
    """Receiver of `post_migrate`, which each app with models sends: acts on the last, when all permissions exist."""
    senders = [config for config in apps.get_app_configs() if config.models_module is not None]
    if using == DEFAULT_DB_ALIAS and sender is senders[-1] and Page.objects.exists():
        complete_groups()


def _of_models(models: list[type[Model]]) -> list[Permission]:
    kinds = ContentType.objects.get_for_models(*models, for_concrete_models=False).values() if models else []
    return list(Permission.objects.filter(content_type__in=kinds))


def _give_pages(group: Group) -> None:
    root = Page.get_first_root_node()
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS)
    for permission in permissions if root else ():
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _give_files(group: Group, codenames: tuple[str, ...]) -> None:
    root = Collection.get_first_root_node()
    labels = Q(content_type__app_label="wagtailimages") | Q(content_type__app_label="wagtaildocs")
    for permission in Permission.objects.filter(labels, codename__in=codenames) if root else ():
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
