"""What the brand's desk manages about people: the questions that profiles ask."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from community.accounts.desk_users import EraseBulkAction
from community.accounts.models import Trait


class TraitViewSet(SnippetViewSet):
    """Questions about people, each with its answers."""

    model = Trait
    icon = "group"
    menu_label = _("Traits")
    add_to_settings_menu = True
    list_display = ("label_en", "label_fr", "position")


register_snippet(TraitViewSet)
# After Wagtail's own, in whose place it comes: to delete a member would take from others what rests on them.
hooks.register("register_bulk_action", EraseBulkAction, order=1)
