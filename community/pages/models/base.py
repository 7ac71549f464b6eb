"""What all our pages share: open to everyone, published in one transaction, known in both languages."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from wagtail.models import Page

from community.pages.brand import Alternate, alternate, brand_for
from community.pages.previews import FramedPreview


class PublicPage(FramedPreview, Page):
    """A page that anyone may read: it cannot be made private, so readers are served without asking who they are."""

    private_page_options: ClassVar[list[str]] = []
    page_kind = "page"

    class Meta:
        abstract = True

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Publish as Wagtail does, with what follows from it in the same transaction."""
        with transaction.atomic():
            super().publish(*args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Withdraw as Wagtail does, with what follows from it in the same transaction."""
        with transaction.atomic():
            super().unpublish(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, its address and its translations."""
        address = brand_for(request).address_of(self.url_path)
        return {
            **super().get_context(request, *args, **kwargs),
            "page_kind": self.page_kind,
            "canonical": f"{settings.SITE_URL}{address}",
            "alternates": self.alternates(request),
        }

    def alternates(self, request: HttpRequest) -> list[Alternate]:
        """This page in each language it is live in, itself included; home in the languages it lacks is not offered."""
        brand = brand_for(request)
        paths = (
            Page.objects.filter(translation_key=self.translation_key, live=True)
            .exclude(pk=self.pk)
            .values_list("url_path", flat=True)
        )
        addresses = [brand.address_of(path) for path in (self.url_path, *paths)]
        return [alternate(address) for address in addresses if address]
