"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from community.core import sitemaps
from community.core import views as core
from community.pages.urls import page_patterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", core.healthz, name="healthz"),
    path("readyz", core.readyz, name="readyz"),
    path("metrics", core.metrics, name="metrics"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.sitemap_part, name=sitemaps.PART_URL_NAME),
    path("", include("community.pages.urls")),
    path("", include("community.accounts.plain_urls")),
    path("", include("rewards.badges.plain_urls")),
    path("api/v1/", include("community.api.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
]

urlpatterns += i18n_patterns(
    path("account/", include("allauth.urls")),
    path("", include("community.accounts.urls")),
    path("", include("community.notifications.urls")),
    path("", include("community.topics.urls")),
    path("", include("community.tickets.urls")),
    path("", include("search.urls")),
    path("", include("rewards.urls")),
    path("", include("rewards.trust.urls")),
    path("", include("rewards.badges.urls")),
    path("", include("rewards.ranks.urls")),
    path("", include("rewards.ambassadors.urls")),
    *page_patterns,
    path("", include(wagtail_urls)),
)
