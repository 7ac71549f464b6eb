"""The brand's pages for readers, the way to a language, the brand's stylesheet, and a word to robots."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.http import require_safe
from wagtail.models import Page

from community.core.page_cache import keep
from community.pages.brand import brand_for
from community.pages.models import HelpArticlePage, HelpIndexPage, HomePage
from community.pages.models.base import PublicPage

KINDS: dict[str, type[PublicPage]] = {model._meta.model_name or "": model for model in (HelpArticlePage, HelpIndexPage)}
YEAR = 60 * 60 * 24 * 365
ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /api/
Disallow: /fr/account/
Disallow: /en/account/
Disallow: /fr/me/
Disallow: /en/me/
Disallow: /fr/search/
Disallow: /en/search/

Sitemap: {address}/sitemap.xml
"""


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """One of the brand's pages in the language of the address.

    Wagtail's own way finds a page by walking the tree, a query or two a step; ours goes by `url_path`, in one.
    """
    language = get_language() or settings.LANGUAGE_CODE
    root = brand_for(request).roots.get(language)
    if root is None:
        return _no_home(request, path)
    if not path:
        keep(request, "lists", "home")
        home = HomePage.objects.filter(url_path=root, live=True).first()
        return _answer(request, home)
    return _inner_page(request, root + path)


def _inner_page(request: HttpRequest, url_path: str) -> HttpResponse:
    found = Page.objects.filter(url_path=url_path, live=True).values_list("pk", "content_type_id").first()
    kind = KINDS.get(ContentType.objects.get_for_id(found[1]).model) if found else None
    if found is None or kind is None:
        raise Http404
    keep(request, f"article:{found[0]}" if kind is HelpArticlePage else "articles")
    # Read only now: a change between the look-up and `keep` is seen here, one after it drops the kept page.
    related = ("locale", "cover") if kind is HelpArticlePage else ("locale",)
    return _answer(request, kind.objects.filter(pk=found[0], live=True).select_related(*related).first())


def _answer(request: HttpRequest, found: PublicPage | None) -> HttpResponse:
    if found is None:
        raise Http404
    return found.serve(request)


def _no_home(request: HttpRequest, path: str) -> HttpResponse:
    if path:
        raise Http404
    return render(request, "pages/no_home.html", status=503)


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """From / to the home page in the reader's language."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@require_safe
def brand_css(request: HttpRequest) -> HttpResponse:
    """The brand's stylesheet, to be kept for a year: its address changes with its content."""
    brand = brand_for(request)
    response = HttpResponse(brand.css, content_type="text/css; charset=utf-8")
    is_current = request.GET.get("v") == brand.css_version
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_current else "no-cache"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots should leave alone, and where the sitemap is."""
    response = HttpResponse(ROBOTS.format(address=settings.SITE_URL), content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
