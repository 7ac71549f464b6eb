"""The existing answer, found before it is asked for again."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Documents, engines, suggestions."""

    name = "search"
    label = "search"
    verbose_name = _("search")

    def ready(self) -> None:
        """Fill the slots and registries of the floors below; refuse an encoder that cannot be had."""
        for module in ("documents.topic", "documents.article", "receivers", "slots", "api", "readiness"):
            import_module(f"{self.name}.{module}")
        import_module(f"{self.name}.meaning.chosen").check(settings.SEARCH_MEANING)
