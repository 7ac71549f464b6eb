"""The brand's name, look and navigation, on every page and at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks
from wagtail.images.models import Image

from community.pages.brand import brand_of
from community.pages.models import BrandSettings, FooterLink, HelpArticlePage, NavigationItem
from community.pages.models.settings import check_font
from community.pages.stylesheet import stylesheet


def errors_of(brand: BrandSettings) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as raised:
        brand.full_clean()
    return raised.value.message_dict


def test_colours_that_cannot_be_read_are_refused_with_the_one_that_can(brand: BrandSettings) -> None:
    brand.light_accent = "#ffd400"
    found = errors_of(brand)
    assert set(found) == {"light_accent", "light_accent_ink"} or set(found) == {"light_accent"}
    assert "The nearest colour that passes is #" in found["light_accent"][0]


def test_the_dark_set_is_checked_too(brand: BrandSettings) -> None:
    brand.dark_ink = "#333333"
    assert "dark_ink" in errors_of(brand)


def test_what_is_no_colour_is_refused_where_it_was_typed(brand: BrandSettings) -> None:
    brand.light_accent = "red;}"
    assert set(errors_of(brand)) == {"light_accent"}


def test_colours_of_the_demo_brand_are_accepted(brand: BrandSettings) -> None:
    for field, colour in {
        "light_surface": "#ffffff",
        "light_surface_raised": "#f6f3ee",
        "light_accent": "#0b6a6f",
        "dark_accent": "#6fcfd0",
        "dark_accent_ink": "#0c2224",
    }.items():
        setattr(brand, field, colour)
    brand.full_clean()


def test_a_brand_without_choices_has_no_stylesheet(client: Client, brand: BrandSettings) -> None:
    assert stylesheet(brand) == ""
    assert "brand.css" not in client.get("/en/").content.decode()


def test_the_stylesheet_sets_roles_for_light_and_dark_and_is_kept_for_a_year(
    client: Client, brand: BrandSettings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    brand.light_accent, brand.dark_accent, brand.radius = "#0b6a6f", "#6fcfd0", 4
    with django_capture_on_commit_callbacks(execute=True):
        brand.save()
    html = client.get("/en/").content.decode()
    address = html.split('href="/brand.css?v=', 1)[1].split('"', 1)[0]
    answer = client.get(f"/brand.css?v={address}")
    css = answer.content.decode()
    assert "--accent:#0b6a6f;" in css.split("@media", 1)[0]
    assert css.count("--accent:#6fcfd0;") == 2
    assert "--radius:4px;" in css
    assert "immutable" in answer["Cache-Control"]
    assert "immutable" not in client.get("/brand.css?v=old")["Cache-Control"]
    assert css.count("{") == css.count("}")


def test_a_saved_brand_shows_on_kept_pages_at_once_and_warm_pages_ask_nothing(
    client: Client,
    brand: BrandSettings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    assert "Entraide" in client.get("/en/").content.decode()
    brand.name, brand.strapline_en = "Solivelle", "Good advice"
    with django_capture_on_commit_callbacks(execute=True):
        brand.save()
    html = client.get("/en/").content.decode()
    assert "Entraide" not in html
    assert "Good advice" in html
    with django_assert_num_queries(0):
        assert brand_of("testserver").name == "Solivelle"


def test_navigation_and_footer_lead_to_the_readers_language(
    client: Client, brand: BrandSettings, add_article: Callable[..., HelpArticlePage]
) -> None:
    english, french = add_article(), add_article("Couper l’eau", "fr")
    HelpArticlePage.objects.filter(pk=french.pk).update(translation_key=english.translation_key)
    NavigationItem.objects.create(brand=brand, label_fr="Questions", label_en="Questions", address="/questions/")
    NavigationItem.objects.create(brand=brand, label_fr="Couper l’eau", label_en="Water", page=english)
    FooterLink.objects.create(brand=brand, label_fr="Mentions", label_en="Legal", address="https://example.org/legal")
    html = client.get("/fr/").content.decode()
    assert 'href="/fr/questions/"' in html
    assert 'href="/fr/help/couper-leau/"' in html
    assert 'href="https://example.org/legal">Mentions' in html
    assert 'href="/en/help/shut-off-the-water/"' in client.get("/en/").content.decode()


def test_navigation_leaves_out_a_withdrawn_page(
    client: Client, brand: BrandSettings, add_article: Callable[..., HelpArticlePage]
) -> None:
    article = add_article(live=False)
    NavigationItem.objects.create(brand=brand, label_fr="Eau", label_en="Water", page=article)
    assert "Water" not in client.get("/en/").content.decode()


def test_links_that_lead_elsewhere_by_stealth_are_refused(brand: BrandSettings) -> None:
    for address in ("javascript:alert(1)", "//example.org", "http://example.org", "questions", "", "data:text/html,x"):
        link = NavigationItem(brand=brand, label_fr="x", label_en="x", address=address)
        with pytest.raises(ValidationError):
            link.full_clean()


def test_addresses_of_this_site_and_safe_ones_elsewhere_are_accepted(brand: BrandSettings) -> None:
    for address in ("/ask/", "/s/jardin/", "https://example.org", "mailto:help@example.org"):
        NavigationItem(brand=brand, label_fr="x", label_en="x", address=address).full_clean()


@pytest.mark.parametrize(("content", "fits"), [(b"wOF2rest", True), (b"<html>", False), (b"wOF2" * 60_000, False)])
def test_only_a_small_woff2_file_is_a_font(content: bytes, fits: bool) -> None:
    file: Any = SimpleUploadedFile("a.woff2", content)
    if fits:
        check_font(file)
    else:
        with pytest.raises(ValidationError):
            check_font(file)


def test_each_logo_is_offered_for_its_colours(client: Client, brand: BrandSettings, picture: Image) -> None:
    brand.logo = brand.logo_dark = picture
    brand.save()
    html = client.get("/en/").content.decode()
    assert html.count('class="brand__logo brand__logo--') == 2
    assert 'alt="Entraide"' in html


def test_any_other_host_gets_the_default_sites_brand(brand: BrandSettings) -> None:
    assert brand_of("nowhere.example:8000").roots == brand_of("localhost").roots != {}
