"""The ground floor: events, Markdown, pagination, slots, tasks, base templates."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every other app stands on; imports none of them."""

    name = "community.core"
    label = "core"
