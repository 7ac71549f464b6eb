"""Ranks: a member's standing, for everybody to see."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RanksConfig(AppConfig):
    """The ladder of ranks."""

    name = "rewards.ranks"
    label = "ranks"
    verbose_name = _("ranks")
