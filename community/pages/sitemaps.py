"""The brand's pages in the sitemap."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from community.core.sitemaps import sitemaps
from community.pages.brand import brand_of
from community.pages.models import HelpArticlePage, HomePage

PER_FILE = 5000


@sitemaps.register("articles")
class ArticleSitemap(Sitemap[Any]):
    """Live help articles."""

    limit = PER_FILE

    def items(self) -> QuerySet[Any]:
        """All that is live, in a stable order."""
        return HelpArticlePage.objects.live().order_by("pk").only("url_path", "last_published_at")

    def location(self, item: Any) -> str:
        """The article's address."""
        return brand_of("").address_of(item.url_path)

    def lastmod(self, item: Any) -> datetime | None:
        """When it was last published."""
        found: datetime | None = item.last_published_at
        return found


@sitemaps.register("home")
class HomeSitemap(ArticleSitemap):
    """The home page in each language."""

    def items(self) -> QuerySet[Any]:
        """All that is live."""
        return HomePage.objects.live().order_by("pk").only("url_path", "last_published_at")
