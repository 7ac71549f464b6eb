"""The site put together."""

from django.apps import AppConfig


class DeployConfig(AppConfig):
    """Commands that need every app: the demo, the benchmarks' seeds."""

    name = "deploy"
    label = "deploy"
