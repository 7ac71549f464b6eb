"""Make what every site needs before its first visitor: languages, home pages, the help list, the brand team."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Locale, Page, Site
from wagtail.snippets.models import get_snippet_models

from community.core.page_cache import touch
from community.pages.models import BrandSettings, HelpIndexPage, HomePage

BRAND_TEAM = "Brand team"
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
HELP_SLUG = "help"
TEXTS = {
    "en": {
        "home": "Home",
        "help": "Help articles",
        "title": "What is your question?",
        "lead": "Someone here has probably met it already.",
        "placeholder": "A few words are enough",
    },
    "fr": {
        "home": "Accueil",
        "help": "Fiches pratiques",
        "title": "Quelle est votre question\u202f?",
        "lead": "Quelqu’un ici l’a sûrement déjà rencontrée.",
        "placeholder": "Quelques mots suffisent",
    },
}


@dataclass(frozen=True)
class SetUp:
    """What exists after `set_up_site`, and whether it had to make any of it."""

    site: Site
    homes: dict[str, HomePage]
    help_indexes: dict[str, HelpIndexPage]
    changed: bool


@transaction.atomic
def set_up_site() -> SetUp:
    """Make what is missing, and leave alone what the brand already has; safe to run at every start.

    It acts for the operator, from the command line or the demo: there is no actor whose rights could be checked.
    """
    default = settings.LANGUAGE_CODE[:2]
    languages = [default, *(code for code, _label in settings.WAGTAIL_CONTENT_LANGUAGES if code != default)]
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in languages}
    existing = HomePage.objects.first()
    homes = _translations(existing, locales, lambda code: _add_home(code, locales[code]), {})
    indexes = _translations(
        HelpIndexPage.objects.child_of(homes[default]).first(),
        locales,
        lambda code: _add_help_index(homes[code], code),
        {code: homes[code] for code in locales},
    )
    site, site_changed = _site(homes[default])
    _brand_team(homes)
    changed = existing is None or site_changed
    if changed:
        touch(["site"])
    return SetUp(site, homes, indexes, changed)


def _translations(first: Any, locales: dict[str, Locale], add: Any, parents: dict[str, Page]) -> dict[str, Any]:
    """The page in every locale, made where it is missing; all share one translation key."""
    default = next(iter(locales))
    first = first or add(default)
    found = {page.locale.language_code: page.specific for page in first.get_translations(inclusive=True)}
    for code in locales:
        if code not in found:
            found[code] = add(code)
            found[code].translation_key = first.translation_key
            found[code].save(update_fields=["translation_key"])
    return {code: found[code] for code in locales}


def _add_home(code: str, locale: Locale) -> HomePage:
    page = HomePage(title=TEXTS[code]["home"], slug=f"home-{code}", locale=locale, body=default_blocks(code))
    Page.get_first_root_node().add_child(instance=page)
    page.save_revision().publish()
    return page


def _add_help_index(home: HomePage, code: str) -> HelpIndexPage:
    page = HelpIndexPage(title=TEXTS[code]["help"], slug=HELP_SLUG, locale=home.locale, show_in_menus=True)
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def default_blocks(code: str) -> list[tuple[str, dict[str, Any]]]:
    """The blocks of a new home page in the language `code`."""
    texts = TEXTS[code]
    return [
        ("ask", {"title": texts["title"], "lead": texts["lead"], "placeholder": texts["placeholder"]}),
        ("topics", {"list": "discussed", "title": "", "limit": 6}),
        ("topics", {"list": "waiting", "title": "", "limit": 4}),
        ("sections", {"title": ""}),
        ("helpers", {"title": "", "limit": 6}),
    ]


def _site(home: HomePage) -> tuple[Site, bool]:
    """The default site, rooted at `home` unless it already is at a home page of ours; Wagtail's welcome page goes."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    welcome = site.root_page if site else None
    if site and welcome and issubclass(welcome.specific_class or Page, HomePage):
        return site, False
    site = site or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, site.site_name or settings.WAGTAIL_SITE_NAME
    site.save()
    BrandSettings.objects.get_or_create(site=site)
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        Page.objects.get(pk=welcome.pk).delete()
    return site, True


def _brand_team(homes: dict[str, HomePage]) -> None:
    """The group whose members keep the pages, the look, the sections and the tags; filled by the operator."""
    team, created = Group.objects.get_or_create(name=BRAND_TEAM)
    if not created:
        return
    models = [BrandSettings, *get_snippet_models()]
    codenames = {(model._meta.app_label, f"{verb}_{model._meta.model_name}") for model in models for verb in VERBS}
    codenames |= {("wagtailadmin", "access_admin")}
    codenames |= {("wagtailimages", f"{verb}_image") for verb in ("add", "change", "choose")}
    for label, codename in codenames:
        team.permissions.add(*Permission.objects.filter(content_type__app_label=label, codename=codename))
    for codename in PAGE_PERMISSIONS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        for home in homes.values():
            GroupPagePermission.objects.get_or_create(group=team, page_id=home.pk, permission=permission)


VERBS = ("add", "change", "delete", "publish")
