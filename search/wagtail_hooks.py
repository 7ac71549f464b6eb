"""What search adds to the brand's desk."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from community.accounts.actions.desk_groups import BRAND_TEAM, group_permissions
from community.core.page_cache import touch
from community.pages.desk_pages import PermittedMenuItem
from search.curation import TAG
from search.deflection.desk import PERMISSION, deflection_report
from search.models import PromotedAnswer, StopPhrase, SynonymGroup


def desk_addresses() -> list[URLPattern]:
    """Pages of the desk that are ours."""
    return [path("deflection/", deflection_report, name="deflection_report")]


def menu_of_reports() -> MenuItem:
    """The way to the report."""
    return PermittedMenuItem(
        _("Help found"), reverse("deflection_report"), permission=PERMISSION, icon_name="view", order=10
    )


class SynonymViewSet(SnippetViewSet):
    """Words that mean the same."""

    model = SynonymGroup
    icon = "link"
    menu_label = _("Synonyms")
    search_fields = ["terms"]


class StopPhraseViewSet(SnippetViewSet):
    """Phrases that say nothing."""

    model = StopPhrase
    icon = "cross"
    menu_label = _("Phrases to ignore")
    search_fields = ["phrase"]


class PromotedAnswerViewSet(SnippetViewSet):
    """Answers to show first."""

    model = PromotedAnswer
    icon = "pick"
    menu_label = _("Answers to show first")
    list_display = ("__str__", "starts_at", "ends_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what the list shows."""
        return PromotedAnswer.objects.select_related("topic", "article")


class SearchViewSetGroup(SnippetViewSetGroup):
    """The search's place in the menu."""

    items = [SynonymViewSet, PromotedAnswerViewSet, StopPhraseViewSet]
    menu_label = _("Search")
    menu_icon = "search"
    menu_order = 160


def forget_curation(request: HttpRequest, changed: Any) -> None:
    """What was edited is in force with the next search, in every process."""
    rows = changed if isinstance(changed, list) else [changed]
    if any(isinstance(row, SynonymGroup | StopPhrase | PromotedAnswer) for row in rows):
        touch([TAG])


register_snippet(SearchViewSetGroup)
for name in ("after_create_snippet", "after_edit_snippet", "after_delete_snippet"):
    hooks.register(name, forget_curation)
group_permissions.add(PERMISSION, (BRAND_TEAM,))
hooks.register("register_admin_urls", desk_addresses)
hooks.register("register_reports_menu_item", menu_of_reports)
