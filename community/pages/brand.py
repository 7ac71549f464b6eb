"""The brand as every page needs it: plain values in both languages, read in one cache look-up."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import get_language
from wagtail.models import Page, Site

from community.core.kept_values import remember
from community.pages.stylesheet import stylesheet, version_of

LANGUAGES = tuple(code for code, _label in settings.LANGUAGES)
LABELS = {"fr": "Français", "en": "English"}
LOGO = "max-480x72"
ByLanguage = dict[str, str]


@dataclass(frozen=True)
class Alternate:
    """One page in one language, for the link that changes language and for search engines."""

    lang: str
    label: str
    url: str
    absolute_url: str


@dataclass(frozen=True)
class Brand:
    """One site's name, look, navigation, and the paths of its home pages."""

    name: str = "Entraide"
    strapline: ByLanguage = field(default_factory=dict)
    logo_url: str = ""
    logo_dark_url: str = ""
    navigation: tuple[tuple[ByLanguage, ByLanguage], ...] = ()
    footer_text: ByLanguage = field(default_factory=dict)
    footer_links: tuple[tuple[ByLanguage, ByLanguage], ...] = ()
    css: str = ""
    css_version: str = ""
    roots: ByLanguage = field(default_factory=dict)

    def address_of(self, url_path: str) -> str:
        """The address of the page that Wagtail keeps under `url_path`; empty when it is under no home page of ours."""
        for language, root in self.roots.items():
            if url_path.startswith(root):
                return f"/{language}/{url_path.removeprefix(root)}"
        return ""


def alternate(address: str) -> Alternate:
    """The choice of language that leads to `address`, which starts with /fr/ or /en/."""
    language = address[1:3]
    return Alternate(language, LABELS[language], address, f"{settings.SITE_URL}{address}")


def brand_for(request: HttpRequest) -> Brand:
    """The brand of the site that `request` is for; looked up once a request."""
    brand: Brand | None = getattr(request, "brand", None)
    if brand is None:
        brand = brand_of(request.get_host())
        request.brand = brand  # type: ignore[attr-defined]
    return brand


def brand_of(host: str) -> Brand:
    """The brand of the site at `host`, else of the default site."""
    brands = remember("brands", ["site"], load_brands)
    name, _port = split_domain_port(host)
    return brands.get(name) or brands.get("") or Brand()


def load_brands() -> dict[str, Brand]:
    """Every site's brand by host name, and the default one's under the empty name."""
    rows = apps.get_model("pages", "BrandSettings").objects.select_related("logo", "logo_dark")
    chosen = {row.site_id: row for row in rows.prefetch_related("navigation__page", "footer_links__page")}
    found: dict[str, Brand] = {}
    for site in Site.objects.select_related("root_page"):
        brand = _load(chosen.get(site.pk), _roots(site))
        found[site.hostname] = brand
        if site.is_default_site:
            found[""] = brand
    return found


def _roots(site: Site) -> ByLanguage:
    """The url_path of the live home page in each language."""
    homes = apps.get_model("pages", "HomePage").objects.filter(
        translation_key=site.root_page.translation_key, live=True
    )
    found = dict(homes.values_list("locale__language_code", "url_path"))
    return {language: found[language] for language in LANGUAGES if language in found}


def _load(row: Any, roots: ByLanguage) -> Brand:
    if row is None:
        return Brand(roots=roots)
    css = stylesheet(row)
    bare = Brand(roots=roots)
    return Brand(
        name=row.name,
        strapline=_both(row, "strapline"),
        logo_url=row.logo.get_rendition(LOGO).url if row.logo else "",
        logo_dark_url=row.logo_dark.get_rendition(LOGO).url if row.logo_dark else "",
        navigation=_links(row.navigation.all(), bare),
        footer_text=_both(row, "footer_text"),
        footer_links=_links(row.footer_links.all(), bare),
        css=css,
        css_version=version_of(css),
        roots=roots,
    )


def _links(items: Any, brand: Brand) -> tuple[tuple[ByLanguage, ByLanguage], ...]:
    """Labels and addresses of `items`; one that leads to a page which is not live is left out."""
    links = []
    for item in items:
        addresses = _page_addresses(item.page, brand) if item.page_id else _addresses(item.address)
        if addresses:
            links.append((_both(item, "label"), addresses))
    return tuple(links)


def _page_addresses(page: Page, brand: Brand) -> ByLanguage:
    """The page in each language, its own when it is not translated; empty when it is not live."""
    if not page.live:
        return {}
    paths = page.get_translations(inclusive=True).live().values_list("url_path", flat=True)
    own = brand.address_of(page.url_path)
    found = {address[1:3]: address for address in map(brand.address_of, paths) if address}
    return {language: found.get(language, own) for language in LANGUAGES} if own else {}


def _addresses(address: str) -> ByLanguage:
    if not address.startswith("/") or address.startswith(tuple(f"/{language}/" for language in LANGUAGES)):
        return dict.fromkeys(LANGUAGES, address)
    return {language: f"/{language}{address}" for language in LANGUAGES}


def _both(row: Any, name: str) -> ByLanguage:
    return {language: getattr(row, f"{name}_{language}") for language in LANGUAGES}


def in_language(texts: ByLanguage) -> str:
    """What `texts` says in the reader's language, else in another one."""
    chosen = texts.get((get_language() or settings.LANGUAGE_CODE)[:2])
    return chosen or next((text for text in texts.values() if text), "")
