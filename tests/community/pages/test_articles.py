"""Help articles: what readers see, what search engines read, and how they appear and disappear."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks
from wagtail.images.models import Image

from community.core.models import LoggedEvent
from community.core.slots import filled_temporarily
from community.pages.actions.set_up import SetUp
from community.pages.blocks.article import VideoBlock
from community.pages.models import HelpArticlePage

AddArticle = Callable[..., HelpArticlePage]
ADDRESS = "/en/help/shut-off-the-water/"


def events_of(article: HelpArticlePage) -> list[str]:
    return list(LoggedEvent.objects.filter(data__article_id=article.pk).order_by("pk").values_list("kind", flat=True))


def test_an_article_shows_its_summary_its_date_and_what_other_apps_put_beside_it(
    client: Client, add_article: AddArticle
) -> None:
    add_article(summary="Two valves, one minute.")

    def beside(context: Any, page: HelpArticlePage) -> str:
        return f"<p>beside {page.slug}</p>"

    with filled_temporarily("article.aside", beside):
        html = client.get(ADDRESS).content.decode()
    assert "<h1>Shut off the water</h1>" in html
    assert "Two valves, one minute." in html
    assert "Last updated:" in html
    assert "beside shut-off-the-water" in html


def test_every_kind_of_block_is_shown_and_nothing_is_asked_of_other_sites(
    client: Client, add_article: AddArticle, picture: Image
) -> None:
    image = {"image": picture, "alt_text": "A brass valve", "decorative": False}
    table = {
        "columns": [{"type": "text", "heading": "Valve"}],
        "rows": [{"values": ["<b>ball</b>"]}],
        "caption": "Kinds",
    }
    step = {"text": "<p>Open a tap</p>", "picture": {**image, "image": picture.pk}}
    page = add_article(live=False)
    page.body = json.dumps(
        [
            {"type": "heading", "value": "Where it is"},
            {"type": "paragraph", "value": "<p>Under the <b>sink</b><script>alert(1)</script></p>"},
            {"type": "steps", "value": [{"text": "<p>Turn it</p>", "picture": None}, step]},
            {"type": "tip", "value": "<p>Label it</p>"},
            {"type": "warning", "value": "<p>Do not force it</p>"},
            {"type": "image", "value": {"picture": {**image, "image": picture.pk}, "caption": "The valve"}},
            {"type": "table", "value": table},
            {"type": "video", "value": {"title": 'How "to" <turn>', "address": "https://youtu.be/abcdefghijk"}},
            {"type": "quote", "value": {"text": "It held.", "author": "Ada"}},
            {"type": "topic", "value": {"title": "Valve stuck", "address": "/en/t/12/valve-stuck/"}},
        ]
    )
    page.save_revision().publish()
    html = client.get(ADDRESS).content.decode()
    for expected in (
        "<h2>Where it is</h2>",
        'alt="A brass valve"',
        "The valve</figcaption>",
        "&lt;b&gt;ball",
        "<th scope",
    ):
        assert expected in html
    assert 'data-video="https://www.youtube-nocookie.com/embed/abcdefghijk"' in html
    assert "How &quot;to&quot; &lt;turn&gt;</a>" in html
    assert "core/js/video.js" in html
    assert 'href="/en/t/12/valve-stuck/"' in html
    assert "<iframe" not in html
    assert not re.search(r'\bsrc="https?://', html)


@pytest.mark.parametrize(
    ("address", "is_video"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk", True),
        ("https://vimeo.com/123456", True),
        ("https://example.org/film.mp4", False),
        ("https://youtube.com.example.org/watch?v=abcdefghijk", False),
    ],
)
def test_only_videos_that_can_be_framed_are_accepted(address: str, is_video: bool) -> None:
    block = VideoBlock()
    value = block.to_python({"title": "Film", "address": address})
    if is_video:
        assert block.clean(value)["address"] == address
    else:
        with pytest.raises(ValidationError):
            block.clean(value)


def test_search_engines_read_an_article_that_cannot_break_out(client: Client, add_article: AddArticle) -> None:
    add_article(title="Shut off the water", summary="</script><script>alert(1)</script>")
    html = client.get(ADDRESS).content.decode()
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    found = json.loads(data)
    assert found["@type"] == "Article"
    assert found["headline"] == "Shut off the water"
    assert found["description"].startswith("</script>")
    assert f'<link rel="canonical" href="http://testserver{ADDRESS}">' in html
    assert "<script>alert" not in html


def test_a_translation_is_offered_and_only_then(client: Client, site: SetUp, add_article: AddArticle) -> None:
    english = add_article()
    assert 'hreflang="fr"' not in client.get(ADDRESS).content.decode()
    french = add_article("Couper l’eau", "fr")
    HelpArticlePage.objects.filter(pk=french.pk).update(translation_key=english.translation_key)
    client.cookies.clear()
    html = client.get(f"{ADDRESS}?again").content.decode()
    assert 'hreflang="fr" href="http://testserver/fr/help/couper-leau/"' in html


def test_a_shared_article_carries_its_cover(client: Client, add_article: AddArticle, picture: Image) -> None:
    add_article(cover=picture)
    html = client.get(ADDRESS).content.decode()
    assert re.search(r'property="og:image" content="http://testserver/media/images/[^"]+1200x630', html)


def test_drafts_are_not_found_and_unknown_addresses_neither(client: Client, add_article: AddArticle) -> None:
    add_article(live=False)
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/en/help/nothing/").status_code == 404
    assert client.get("/fr/help/shut-off-the-water/").status_code == 404


def test_the_list_shows_live_articles_of_its_language(client: Client, add_article: AddArticle) -> None:
    add_article()
    add_article("A draft", live=False)
    add_article("Couper l’eau", "fr")
    html = client.get("/en/help/").content.decode()
    assert f'href="{ADDRESS}"' in html
    assert "A draft" not in html
    assert "Couper" not in html


def test_publishing_and_withdrawing_are_announced_and_drop_the_kept_page(
    client: Client, add_article: AddArticle, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    article = add_article()
    assert events_of(article) == ["ArticlePublished"]
    assert client.get(ADDRESS).status_code == client.get(ADDRESS).status_code == 200
    article.summary = "Now shorter."
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    assert "Now shorter." in client.get(ADDRESS).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        article.unpublish()
    assert client.get(ADDRESS).status_code == 404
    assert events_of(article) == ["ArticlePublished", "ArticlePublished", "ArticleUnpublished"]


def test_a_deleted_article_is_gone_at_once(
    client: Client, add_article: AddArticle, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    article = add_article()
    client.get(ADDRESS)
    with django_capture_on_commit_callbacks(execute=True):
        HelpArticlePage.objects.get(pk=article.pk).delete()
    assert client.get(ADDRESS).status_code == 404
    assert events_of(article)[-1] == "ArticleUnpublished"


def test_a_renamed_address_is_announced_for_what_lies_below(
    client: Client,
    site: SetUp,
    add_article: AddArticle,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    article = add_article()
    index = site.help_indexes["en"]
    index.refresh_from_db()
    index.slug = "guides"
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()
    assert events_of(article) == ["ArticlePublished", "ArticlePublished"]
    assert client.get("/en/guides/shut-off-the-water/").status_code == 200
    assert client.get(ADDRESS)["Location"].endswith("/en/guides/shut-off-the-water/")


def test_an_article_appears_at_the_hour_it_was_scheduled_for(client: Client, add_article: AddArticle) -> None:
    now = datetime.now(UTC)
    article = add_article(live=False, go_live_at=now + timedelta(hours=1))
    article.save_revision(approved_go_live_at=article.go_live_at)
    call_command("publish_scheduled")
    assert client.get(ADDRESS).status_code == 404
    with time_machine.travel(now + timedelta(hours=2)):
        call_command("publish_scheduled")
        assert client.get(ADDRESS).status_code == 200
    assert events_of(article) == ["ArticlePublished"]


def test_a_preview_shows_what_is_not_published_yet(add_article: AddArticle) -> None:
    article = add_article()
    article.title = "Only in the preview"
    answer = article.make_preview_request()
    assert answer.status_code == 200
    assert "<h1>Only in the preview</h1>" in answer.rendered_content
