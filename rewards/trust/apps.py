"""Trust levels: what a member may do, earned by taking part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrustConfig(AppConfig):
    """Trust levels and privileges."""

    name = "rewards.trust"
    label = "trust"
    verbose_name = _("trust")
