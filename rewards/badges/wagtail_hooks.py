"""Badges at the brand's desk: declared without code, tried before they are given, given by hand."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from community.accounts.actions.desk_groups import BRAND_TEAM, group_permissions
from community.core.page_cache import touch
from community.pages.desk_pages import PermittedMenuItem
from rewards.badges.desk import give_badge_page
from rewards.badges.filling import fill
from rewards.badges.forms import BadgeForm
from rewards.badges.models import Badge
from rewards.badges.permissions import GIVE
from rewards.badges.qualifying import dry_run

group_permissions.add(GIVE, (BRAND_TEAM,))


class BadgeViewSet(SnippetViewSet):
    """Badges, with how many members have each; the preview says who would get one before it is saved."""

    model = Badge
    icon = "pick"
    menu_label = _("Badges")
    menu_order = 160
    add_to_admin_menu = True
    list_display = ["name", Column("get_grade_display", label=_("Grade")), "is_live", "holder_count"]
    list_filter = ["grade", "is_live", "is_manual"]
    list_per_page = 50
    ordering = ["id"]
    search_fields = ["name_fr", "name_en", "slug"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_fr"), FieldPanel("name_en")]),
            FieldRowPanel([FieldPanel("description_fr"), FieldPanel("description_en")]),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("grade"), FieldPanel("icon")]),
            FieldPanel("picture"),
            FieldPanel("is_live"),
            FieldPanel("is_manual"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("metric"), FieldPanel("threshold"), FieldPanel("window_days")]),
                    FieldRowPanel([FieldPanel("section"), FieldPanel("tag")]),
                    FieldRowPanel([FieldPanel("lang"), FieldPanel("kind"), FieldPanel("least_votes")]),
                ],
                heading=_("What earns it"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("scope"), FieldPanel("prerequisite")]),
                    FieldRowPanel([FieldPanel("is_repeated"), FieldPanel("is_revocable")]),
                ],
                heading=_("How it is held"),
            ),
        ],
        base_form_class=BadgeForm,
    )


register_snippet(BadgeViewSet)


def give_what_was_saved(request: HttpRequest, instance: Any) -> None:
    """Whoever qualifies for a badge that was saved gets it, in the background; the team reads how many."""
    if not isinstance(instance, Badge):
        return
    touch(["site"])
    if not (instance.is_live and instance.is_automatic):
        return
    count = dry_run(instance).member_count
    fill(instance)
    said = ngettext("%(n)d member gets it now, quietly.", "%(n)d members get it now, quietly.", count)
    messages.info(request, said % {"n": count})


def desk_addresses() -> list[URLPattern]:
    """Pages of the desk that are ours."""
    return [path("give-badge/", give_badge_page, name="give_badge")]


def menu_of_giving() -> MenuItem:
    """The way to giving one by hand."""
    return PermittedMenuItem(_("Give a badge"), reverse("give_badge"), permission=GIVE, icon_name="pick", order=161)


hooks.register("after_create_snippet", give_what_was_saved)
hooks.register("after_edit_snippet", give_what_was_saved)
hooks.register("register_admin_urls", desk_addresses)
hooks.register("register_admin_menu_item", menu_of_giving)
