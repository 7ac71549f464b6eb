"""The look, navigation and home pages of the demo community."""

from wagtail.models import Site

from community.pages.models import (
    BrandSettings,
    FooterLink,
    HelpArticlePage,
    HelpIndexPage,
    HomePage,
    NavigationItem,
)
from community.pages.models.settings import field_of
from deploy.demo import content

# Where the navigation leads, by the keys of brand.toml: an address of this site, without its language.
ADDRESSES = {"home": "/", "questions": "/questions/", "sections": "/s/"}
LANGUAGES = ("fr", "en")


def dress(site: Site, indexes: dict[str, HelpIndexPage]) -> None:
    """Give the site its name, colours and navigation. Raises ValidationError when a colour cannot be read."""
    entry = content.read("brand")
    brand, _ = BrandSettings.objects.get_or_create(site=site)
    brand.name = site.site_name = entry["site"]["name"]
    for lang in LANGUAGES:
        setattr(brand, f"strapline_{lang}", entry["site"][f"strapline_{lang}"])
        setattr(brand, f"footer_text_{lang}", entry["site"][f"about_{lang}"])
    for scheme, colours in entry["colours"].items():
        for role, colour in colours.items():
            setattr(brand, field_of(scheme, role), colour)
    brand.full_clean()
    brand.save()
    site.save(update_fields=["site_name"])
    NavigationItem.objects.filter(brand=brand).delete()
    FooterLink.objects.filter(brand=brand).delete()
    for order, item in enumerate(entry["navigation"]):
        leads_to = {"page": indexes["fr"]} if item["key"] == "help" else {"address": ADDRESSES[item["key"]]}
        NavigationItem.objects.create(
            brand=brand, sort_order=order, label_fr=item["label_fr"], label_en=item["label_en"], **leads_to
        )


def furnish(homes: dict[str, HomePage], articles: dict[str, HelpArticlePage]) -> None:
    """Fill the home pages with the blocks of the demo, and publish them."""
    entry = content.read("brand")["home"]
    for lang, home in homes.items():
        home.body = [
            (
                "ask",
                {
                    "title": entry[f"hero_{lang}"],
                    "lead": entry[f"lead_{lang}"],
                    "placeholder": entry[f"placeholder_{lang}"],
                },
            ),
            ("topics", {"list": "discussed", "title": "", "limit": 6}),
            ("topics", {"list": "unanswered", "title": "", "limit": 4}),
            ("topics", {"list": "waiting", "title": "", "limit": 4}),
            ("sections", {"title": ""}),
            (
                "articles",
                {
                    "title": entry[f"articles_title_{lang}"],
                    "articles": [articles[key] for key in entry[f"articles_{lang}"]],
                },
            ),
            ("helpers", {"title": "", "limit": 6}),
        ]
        home.save_revision().publish()
