"""What search engines are told to visit: topics worth finding, sections."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Q
from django.utils import timezone, translation

from community.core.sitemaps import sitemaps
from community.topics.models import Section, Topic
from community.topics.structured_data import THIN_AFTER


@sitemaps.register("topics")
class TopicSitemap(Sitemap[Topic]):
    """Listed topics at their canonical address, without those that nobody answered in 30 days."""

    limit = 5000

    def items(self) -> Any:
        """Topics, the oldest first, so that full pages of the map never change."""
        fresh = Q(answer_count__gt=0) | Q(created_at__gte=timezone.now() - THIN_AFTER)
        return Topic.objects.listed().filter(fresh).order_by("pk")

    def location(self, item: Topic) -> str:
        """The address in the topic's own language."""
        with translation.override(item.lang):
            return item.get_absolute_url()

    def lastmod(self, item: Topic) -> datetime:
        """When something last happened."""
        return item.activity_at


@sitemaps.register("sections")
class SectionSitemap(Sitemap[Section]):
    """Sections, in both languages."""

    i18n = True

    def items(self) -> Any:
        """Sections open to the public."""
        return Section.objects.filter(live=True).order_by("pk")
