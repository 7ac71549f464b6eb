"""What the programme adds to the brand's desk."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from community.accounts.actions.desk_groups import BRAND_TEAM, group_permissions
from community.pages.desk import DeskItem, desk_panels
from community.pages.desk_pages import PermittedMenuItem
from rewards.ambassadors.desk import urls
from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import RUN_PROGRAMME, Ambassadorship

WAITS = {State.CANDIDATE: "candidates", State.APPLIED: "applications", State.REVIEW_DUE: "reviews"}

group_permissions.add(RUN_PROGRAMME, (BRAND_TEAM,))
group_permissions.add("ambassadors.change_programmesettings", (BRAND_TEAM,))


def desk_addresses() -> list[URLResolver]:
    """Pages of the desk that are ours."""
    return [path("ambassadors/", include(urls, namespace="ambassadors_desk"))]


def menu() -> MenuItem:
    """The programme's place in the menu."""
    entries = [
        (_("People"), "people", "group"),
        (_("Ambassadors first"), "notices", "warning"),
        (_("Charter"), "charter", "doc-full"),
        (_("Figures"), "board", "view"),
    ]
    items = [
        PermittedMenuItem(
            label, reverse(f"ambassadors_desk:{name}"), permission=RUN_PROGRAMME, icon_name=icon, order=order
        )
        for order, (label, name, icon) in enumerate(entries)
    ]
    return SubmenuMenuItem(_("Ambassadors"), Menu(items=items), icon_name="group", order=155)


@desk_panels.register("ambassadors")
def programme_waits(request: HttpRequest) -> DeskItem | None:
    """To those who run it: candidates, applications and reviews that wait for a decision."""
    if not request.user.has_perm(RUN_PROGRAMME):
        return None
    states = list(Ambassadorship.objects.filter(state__in=WAITS).values_list("state", flat=True))
    sentence = ngettext(
        "%(n)d candidate, application or review of an ambassador waits for a decision",
        "%(n)d candidates, applications or reviews of ambassadors wait for a decision",
        len(states),
    ) % {"n": len(states)}
    first = next((name for state, name in reversed(WAITS.items()) if state in states), "candidates")
    return DeskItem(len(states), sentence, f"{reverse('ambassadors_desk:people')}?show={first}", icon="group")


hooks.register("register_admin_urls", desk_addresses)
hooks.register("register_admin_menu_item", menu)
