"""Support at the brand's desk: the inbox, saved replies, targets, and what waits today."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from community.accounts.models import User
from community.pages.desk import DeskItem, desk_panels
from community.tickets.agents import is_agent
from community.tickets.inbox import urls
from community.tickets.inbox.queue import waiting
from community.tickets.models import SavedReply, SupportTarget


class SavedReplyViewSet(SnippetViewSet):
    """Answers to use again."""

    model = SavedReply
    icon = "openquote"
    menu_label = _("Saved replies")
    list_display = ["title", "lang"]
    list_filter = ["lang"]
    search_fields = ["title", "body"]


class SupportTargetViewSet(SnippetViewSet):
    """Within how many hours is answered, by section."""

    model = SupportTarget
    icon = "time"
    menu_label = _("Answer targets")
    list_display = ["__str__"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what the list shows."""
        return SupportTarget.objects.select_related("section")


class SupportViewSetGroup(SnippetViewSetGroup):
    """Support's place in the menu, beside the inbox."""

    items = [SavedReplyViewSet, SupportTargetViewSet]
    menu_label = _("Support")
    menu_icon = "help"
    menu_order = 125


class AgentsMenuItem(MenuItem):
    """The way to the inbox, for those who answer."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the visitor answers tickets."""
        return is_agent(request.user)


def inbox_addresses() -> list[URLResolver]:
    """The inbox."""
    return [path("tickets/", include(urls, namespace="tickets_desk"))]


def menu_of_inbox() -> MenuItem:
    """The inbox comes first: it is what agents open the desk for."""
    return AgentsMenuItem(_("Requests"), reverse("tickets_desk:queue"), icon_name="mail", order=120)


@desk_panels.register("tickets")
def tickets_waiting(request: HttpRequest) -> DeskItem | None:
    """To agents: how many customers wait for an answer, and how many of them longer than was promised."""
    if not isinstance(request.user, User) or not is_agent(request.user):
        return None
    count, late = waiting(timezone.now())
    said = ngettext("%(n)d request waits for support", "%(n)d requests wait for support", count) % {"n": count}
    if late:
        said += ", " + ngettext("%(n)d of them late", "%(n)d of them late", late) % {"n": late}
    return DeskItem(count, said, reverse("tickets_desk:queue"), icon="warning" if late else "mail")


register_snippet(SupportViewSetGroup)
hooks.register("register_admin_urls", inbox_addresses)
hooks.register("register_admin_menu_item", menu_of_inbox)
