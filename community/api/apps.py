"""The public API, over the same actions as the pages."""

from importlib import import_module

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Routers, tokens, problem JSON."""

    name = "community.api"
    label = "api"

    def ready(self) -> None:
        """Listen to what happens."""
        import_module(f"{self.name}.receivers")
