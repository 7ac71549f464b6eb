"""What rewards add to the brand's desk."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from community.accounts.actions.desk_groups import BRAND_TEAM, group_permissions
from community.pages.desk_pages import PermittedMenuItem
from rewards.desk import PERMISSION, reviewed_votes

group_permissions.add("rewards.change_rewardsettings", (BRAND_TEAM,))
group_permissions.add(PERMISSION, (BRAND_TEAM,))


def desk_addresses() -> list[URLPattern]:
    """Pages of the desk that are ours."""
    return [path("votes-taken-back/", reviewed_votes, name="reviewed_votes")]


def menu_of_reports() -> MenuItem:
    """The way to votes that were taken back."""
    return PermittedMenuItem(
        _("Votes taken back"), reverse("reviewed_votes"), permission=PERMISSION, icon_name="warning", order=40
    )


hooks.register("register_admin_urls", desk_addresses)
hooks.register("register_reports_menu_item", menu_of_reports)
