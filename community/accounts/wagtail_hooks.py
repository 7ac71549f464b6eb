"""What the brand's desk manages about people: the questions that profiles ask."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from community.accounts.models import Trait


class TraitViewSet(SnippetViewSet):
    """Questions about people, each with its answers."""

    model = Trait
    icon = "group"
    menu_label = _("Traits")
    add_to_settings_menu = True
    list_display = ("label_en", "label_fr", "position")


register_snippet(TraitViewSet)
