"""Wagtail's admin as the brand's desk: what needs a person comes first."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from community.pages.desk import DeskPanel
from community.pages.desk_pages import PermittedMenuItem
from community.pages.parked_tasks import PERMISSION, parked_tasks


def desk_addresses() -> list[URLPattern]:
    """Pages of the desk that are ours."""
    return [path("background-tasks/", parked_tasks, name="parked_tasks")]


def menu_of_reports() -> MenuItem:
    """The way to the background tasks."""
    return PermittedMenuItem(
        _("Background tasks"), reverse("parked_tasks"), permission=PERMISSION, icon_name="cogs", order=900
    )


def show_what_needs_a_person(request: HttpRequest, panels: list[Any]) -> None:
    """Put the desk above Wagtail's own panels."""
    panels.append(DeskPanel(request))


hooks.register("construct_homepage_panels", show_what_needs_a_person)
hooks.register("register_admin_urls", desk_addresses)
hooks.register("register_reports_menu_item", menu_of_reports)
