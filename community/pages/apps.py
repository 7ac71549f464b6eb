"""The brand's pages: home, help articles, navigation, look; kept in Wagtail."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Wagtail as the brand's desk."""

    name = "community.pages"
    label = "pages"
    verbose_name = _("pages")

    def ready(self) -> None:
        """Listen to Wagtail, and fill the registries of the floor below."""
        for module in ("receivers", "sitemaps"):
            import_module(f"{self.name}.{module}")
