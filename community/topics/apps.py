"""The forum: sections, topics, posts, votes, resolutions."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    """Questions, discussions and how-tos."""

    name = "community.topics"
    label = "topics"
    verbose_name = _("forum")

    def ready(self) -> None:
        """Fill the slots and registries of the floors below."""
        for module in ("receivers", "slots", "announcing", "contributions", "notification_kinds", "sitemaps"):
            import_module(f"{self.name}.{module}")
