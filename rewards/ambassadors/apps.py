"""Ambassadors: members whom the brand asked to look after others, and looks after in turn."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AmbassadorsConfig(AppConfig):
    """The programme: charter, candidates, the ambassadors' desk."""

    name = "rewards.ambassadors"
    label = "ambassadors"
    verbose_name = _("ambassadors")
