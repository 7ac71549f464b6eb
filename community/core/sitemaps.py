"""The site for search engines: an index of the parts that each app registers."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index
from django.contrib.sitemaps.views import sitemap as part
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from community.core.registry import Registry

sitemaps: Registry[type[Sitemap[Any]]] = Registry("sitemaps")
PART_URL_NAME = "sitemap_part"


def sitemap_index(request: HttpRequest) -> TemplateResponse:
    """Where the parts are."""
    return index(request, dict(sitemaps), sitemap_url_name=PART_URL_NAME)


def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """The addresses of one part; 404 for a part that nobody registered."""
    return part(request, dict(sitemaps), section=section)
