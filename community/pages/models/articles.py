"""Help articles: what answers a question before it is asked."""

import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from community.pages.blocks.article import ArticleBlock
from community.pages.blocks.home import PLAIN_FEATURES
from community.pages.brand import brand_for
from community.pages.models.base import PublicPage

CARD = "fill-1200x630"
JSON_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


class HelpIndexPage(PublicPage):
    """The list of help articles."""

    introduction = RichTextField(_("introduction"), blank=True, features=PLAIN_FEATURES)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.HelpArticlePage"]
    template = "pages/help_index.html"
    page_kind = "help"

    class Meta:
        verbose_name = _("list of help articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page and its live articles, in the order that the brand gave them."""
        articles = HelpArticlePage.objects.child_of(self).live().order_by("path").select_related("cover")
        brand = brand_for(request)
        return {
            **super().get_context(request, *args, **kwargs),
            "articles": [(article, brand.address_of(article.url_path)) for article in articles],
        }


class HelpArticlePage(PublicPage):
    """An article of the brand: what to know, step by step."""

    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("Two sentences: shown in lists, in search and when shared."),
    )
    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the top and when the article is shared."),
    )
    body = StreamField(ArticleBlock(), blank=True, verbose_name=_("text"))

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("cover"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["pages.HelpIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/help_article.html"
    page_kind = "article"

    class Meta:
        verbose_name = _("help article")
        verbose_name_plural = _("help articles")

    @property
    def language(self) -> str:
        """The language the article is written in."""
        return str(self.locale.language_code)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The article, the way back, and what search engines and shared links say of it."""
        context = super().get_context(request, *args, **kwargs)
        card = f"{settings.SITE_URL}{self.cover.get_rendition(CARD).url}" if self.cover else ""
        return {
            **context,
            "index_url": brand_for(request).address_of(self.url_path.rsplit("/", 2)[0] + "/"),
            "card_image": card,
            "structured_data": self.structured_data(context["canonical"], card, brand_for(request).name),
            "has_video": any(block.block_type == "video" for block in self.body),
        }

    def structured_data(self, address: str, image: str, publisher: str) -> SafeString:
        """schema.org Article, as a script element that holds data only."""
        data = {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": self.title,
            "description": self.search_description or self.summary,
            "inLanguage": self.language,
            "url": address,
            "mainEntityOfPage": address,
            "datePublished": self.first_published_at and self.first_published_at.isoformat(),
            "dateModified": self.last_published_at and self.last_published_at.isoformat(),
            "image": [image] if image else None,
            "publisher": {"@type": "Organization", "name": publisher},
        }
        text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
        return format_html(
            '<script type="application/ld+json">{}</script>',
            mark_safe(text.translate(JSON_ESCAPES)),  # noqa: S308  (no character left that could end the element)
        )
