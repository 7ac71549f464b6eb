"""The site put together."""

from importlib import import_module

from django.apps import AppConfig


class DeployConfig(AppConfig):
    """Commands that need every app: the demo, the benchmarks' seeds."""

    name = "deploy"
    label = "deploy"

    def ready(self) -> None:
        """Receive what the demo publishes."""
        import_module("deploy.demo.receivers")
