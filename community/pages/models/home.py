"""The first page of the community, one a language."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from community.pages.blocks.home import HomeBlock
from community.pages.brand import Alternate, alternate, brand_for
from community.pages.models.base import PublicPage


class HomePage(PublicPage):
    """The first page: an ask bar and whatever else the brand puts there, in its order."""

    body = StreamField(HomeBlock(), blank=True, verbose_name=_("blocks"))

    content_panels = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["pages.HelpIndexPage"]
    template = "pages/home.html"
    page_kind = "home"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, its hero apart from the other blocks."""
        context = super().get_context(request, *args, **kwargs)
        blocks = list(self.body)
        hero = blocks.pop(0) if blocks and blocks[0].block_type == "ask" else None
        return {
            **context,
            "hero": hero,
            "blocks": blocks,
            # The forum may load what all lists need at once, when the first of them is shown.
            "home_lists": [
                (block.value["list"], block.value["limit"]) for block in blocks if block.block_type == "topics"
            ],
        }

    def alternates(self, request: HttpRequest) -> list[Alternate]:
        """The home page in each language; known without a query."""
        return [alternate(f"/{language}/") for language in brand_for(request).roots]
