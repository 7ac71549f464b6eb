"""What search adds to the brand's desk."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from community.accounts.actions.desk_groups import Grant, grants
from community.accounts.models import Role
from search.deflection.desk import PERMISSION, deflection_report


class ReportMenuItem(MenuItem):
    """An entry for those who may see the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the visitor may."""
        return request.user.has_perm(PERMISSION)


def desk_addresses() -> list[URLPattern]:
    """Pages of the desk that are ours."""
    return [path("deflection/", deflection_report, name="deflection_report")]


def menu_of_reports() -> MenuItem:
    """The way to the report."""
    return ReportMenuItem(_("Help found"), reverse("deflection_report"), icon_name="view", order=10)


grants.add("deflection", Grant(Role.BRAND, (PERMISSION,)))
hooks.register("register_admin_urls", desk_addresses)
hooks.register("register_reports_menu_item", menu_of_reports)
