"""Settings of the installation that the brand edits in Wagtail: those of the default site."""

from typing import TypeVar

from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

S = TypeVar("S", bound=BaseSiteSetting)


def of_default_site(model: type[S]) -> S:
    """The row of `model` of the default site, or one that is not saved. Two queries at most; nothing is made."""
    site = Site.objects.filter(is_default_site=True).first()
    found: S | None = model.objects.filter(site=site).first() if site else None
    return found or model(site=site)
