"""The public API, over the same actions as the pages."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Routers, tokens, problem JSON."""

    name = "community.api"
    label = "api"
