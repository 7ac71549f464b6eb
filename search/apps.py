"""The existing answer, found before it is asked for again."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Documents, engines, suggestions."""

    name = "search"
    label = "search"
    verbose_name = _("search")
