"""What trust adds to the brand's desk."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from community.accounts.actions.desk_groups import BRAND_TEAM, MODERATORS, group_permissions
from community.pages.desk_pages import PermittedMenuItem
from rewards.trust.desk import PERMISSION, trust_levels

group_permissions.add("trust.change_privilegesettings", (BRAND_TEAM,))
group_permissions.add(PERMISSION, (BRAND_TEAM, MODERATORS))


def desk_addresses() -> list[URLPattern]:
    """Pages of the desk that are ours."""
    return [path("trust-levels/", trust_levels, name="trust_levels")]


def menu_of_reports() -> MenuItem:
    """The way to trust levels."""
    return PermittedMenuItem(
        _("Trust levels"), reverse("trust_levels"), permission=PERMISSION, icon_name="key", order=41
    )


hooks.register("register_admin_urls", desk_addresses)
hooks.register("register_reports_menu_item", menu_of_reports)
