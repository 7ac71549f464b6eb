"""Settings of the installation that the brand edits in Wagtail: those of the default site."""

from typing import Any, ClassVar, TypeVar

from django.db import transaction
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from community.core.page_cache import touch


class TouchingSetting(BaseSiteSetting):
    """A setting that is kept, or shown on kept pages, under the page cache's `tags`: saving it drops them."""

    tags: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with what belongs to it in one transaction, and have every process hear of it."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            touch(self.tags)


S = TypeVar("S", bound=BaseSiteSetting)


def of_default_site(model: type[S]) -> S:
    """The row of `model` of the default site, or one that is not saved. Two queries at most; nothing is made."""
    site = Site.objects.filter(is_default_site=True).first()
    found: S | None = model.objects.filter(site=site).first() if site else None
    return found or model(site=site)
