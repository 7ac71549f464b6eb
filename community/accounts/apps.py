"""People: accounts, profiles, roles."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """Users and what they show of themselves."""

    name = "community.accounts"
    label = "accounts"
    verbose_name = _("people")
    default = True

    def ready(self) -> None:
        """Keep the desk's groups complete after each migration."""
        from community.accounts.actions.desk_groups import complete_groups_after_migration

        post_migrate.connect(complete_groups_after_migration, dispatch_uid="desk_groups")


class DeskUsersConfig(WagtailUsersAppConfig):
    """Wagtail's management of users, taught our model."""

    default = False
    user_viewset = "community.accounts.desk_users.DeskUserViewSet"
