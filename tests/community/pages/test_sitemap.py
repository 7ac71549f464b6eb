"""What search engines are told."""

from collections.abc import Callable

from django.test import Client

from community.pages.models import HelpArticlePage


def test_robots_are_led_to_the_sitemap_and_away_from_forms(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text
    assert "Disallow: /\n" not in text


def test_the_sitemap_names_live_articles_and_home_pages_only(
    client: Client, add_article: Callable[..., HelpArticlePage]
) -> None:
    add_article()
    add_article("A draft", live=False)
    index = client.get("/sitemap.xml").content.decode()
    assert "/sitemap-articles.xml" in index
    articles = client.get("/sitemap-articles.xml").content.decode()
    assert "/en/help/shut-off-the-water/</loc>" in articles
    assert "a-draft" not in articles
    homes = client.get("/sitemap-home.xml").content.decode()
    assert homes.count("<loc>") == 2


def test_a_part_that_nobody_registered_is_not_found(client: Client, db: None) -> None:
    assert client.get("/sitemap-nothing.xml").status_code == 404
