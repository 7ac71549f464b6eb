"""The brand's pages: home, help articles, navigation, look; kept in Wagtail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Wagtail as the brand's desk."""

    name = "community.pages"
    label = "pages"
    verbose_name = _("pages")
