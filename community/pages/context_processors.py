"""What every page shows of the brand."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from community.pages.brand import LANGUAGES, Alternate, Brand, alternate, brand_for, in_language


def brand(request: HttpRequest) -> dict[str, Any]:
    """The brand's name and look, and this address in the other language; one cache read, no query when warm."""
    return {
        "brand": SimpleLazyObject(lambda: shown(brand_for(request))),
        "alternates": SimpleLazyObject(lambda: alternates(request)),
    }


def shown(found: Brand) -> dict[str, Any]:
    """`found` in the reader's language."""
    return {
        "name": found.name,
        "strapline": in_language(found.strapline),
        "logo_url": found.logo_url,
        "logo_dark_url": found.logo_dark_url,
        "nav": _links(found.navigation),
        "css_url": f"{reverse('pages:brand_css')}?v={found.css_version}" if found.css_version else "",
        "footer_text": in_language(found.footer_text),
        "footer_links": _links(found.footer_links),
    }


def alternates(request: HttpRequest) -> list[Alternate]:
    """The requested address in every language, when it has a language in it; Wagtail's pages say their own."""
    language, _slash, rest = request.get_full_path()[1:].partition("/")
    if language not in LANGUAGES:
        return []
    return [alternate(f"/{each}/{rest}") for each in LANGUAGES]


def _links(links: Any) -> list[dict[str, str]]:
    return [{"label": in_language(label), "url": in_language(url)} for label, url in links]
