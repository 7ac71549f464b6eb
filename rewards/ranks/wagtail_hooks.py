"""What ranks add to the brand's desk: the ranks, and the way to putting them in force."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from community.pages.desk_pages import PermittedMenuItem
from rewards.ranks.actions.put_in_force import PERMISSION
from rewards.ranks.desk import ladder_review
from rewards.ranks.models import Rank


class RankViewSet(SnippetViewSet):
    """Ranks as the brand writes them."""

    model = Rank
    icon = "order"
    menu_label = _("Ranks")
    menu_order = 170
    add_to_settings_menu = True
    list_display = ("name_fr", "name_en", "position", "points", "days")
    ordering = ("position", "id")


def desk_addresses() -> list[URLPattern]:
    """Pages of the desk that are ours."""
    return [path("ladder/", ladder_review, name="ladder_review")]


def menu_of_reports() -> MenuItem:
    """The way to the ladder."""
    return PermittedMenuItem(
        _("Ladder of ranks"), reverse("ladder_review"), permission=PERMISSION, icon_name="order", order=35
    )


def look_before_it_counts(request: HttpRequest, changed: Any) -> HttpResponse | None:
    """From a changed rank on to what it would change: nothing does until the whole ladder is put in force."""
    rows = changed if isinstance(changed, list) else [changed]
    return redirect("ladder_review") if any(isinstance(row, Rank) for row in rows) else None


register_snippet(RankViewSet)
hooks.register("register_admin_urls", desk_addresses)
hooks.register("register_reports_menu_item", menu_of_reports)
for moment in ("after_create_snippet", "after_edit_snippet", "after_delete_snippet"):
    hooks.register(moment, look_before_it_counts)
