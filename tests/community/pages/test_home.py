"""The home page: both languages, its blocks, what it costs, and when a kept one is dropped."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from community.accounts.models import User
from community.core.slots import filled_temporarily
from community.pages.actions.set_up import SetUp
from community.pages.models import HelpArticlePage, HomePage

# A session, its person, and the page; slots pay for what they show.
OWN_QUERIES = 3


def change_blocks(home: HomePage, blocks: list[tuple[str, Any]]) -> None:
    page = HomePage.objects.get(pk=home.pk)
    page.body = blocks
    page.save_revision().publish()


@pytest.mark.parametrize(("accepts", "language"), [("fr-FR,fr;q=0.9", "fr"), ("en-GB", "en"), ("de", "en"), ("", "en")])
def test_the_bare_address_leads_to_the_readers_language(client: Client, accepts: str, language: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accepts})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize(("language", "words"), [("fr", "Quelle est votre question"), ("en", "What is your question?")])
def test_the_ask_bar_is_its_first_thing_in_both_languages(
    client: Client, site: SetUp, language: str, words: str
) -> None:
    html = client.get(f"/{language}/").content.decode()
    assert f'<html lang="{language}"' in html
    assert words in html.split("<h1", 1)[1].split("</h1>", 1)[0]
    assert 'name="q"' in html
    for each in ("fr", "en"):
        assert f'hreflang="{each}"' in html


def test_a_reader_gets_no_cookie_and_the_second_one_costs_no_query(
    client: Client, site: SetUp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert not client.get("/en/").cookies
    with django_assert_num_queries(0):
        assert client.get("/en/").status_code == 200


def test_signed_in_it_costs_the_same_whatever_it_shows(
    sign_in: Callable[[User], Client],
    stranger: User,
    site: SetUp,
    add_article: Callable[..., HelpArticlePage],
    bare_slots: None,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = sign_in(stranger)
    client.get("/en/")
    with django_assert_num_queries(OWN_QUERIES):
        client.get("/en/")
    articles = [add_article(f"Article {number}") for number in range(8)]
    blocks = [("articles", {"title": "", "articles": articles[start : start + 4]}) for start in (0, 4)]
    change_blocks(site.homes["en"], blocks)
    caches["pages"].clear()
    client.get("/en/")
    with django_assert_num_queries(OWN_QUERIES + 1):
        html = client.get("/en/").content.decode()
    assert html.count("Article ") >= 8


def test_slots_are_filled_by_other_apps_and_leave_nothing_when_empty(
    client: Client, site: SetUp, bare_slots: None
) -> None:
    def topics(context: Any, list: str, limit: int) -> str:
        return f"<p>{list} {limit} {context['request'].path}</p>" if list == "discussed" else ""

    with filled_temporarily("home.topics", topics):
        html = client.get("/en/").content.decode()
    assert "<h2>Being discussed now</h2>" in html
    assert "discussed 6 /en/" in html
    assert "Waiting for someone like you" not in html


def test_withdrawn_articles_leave_the_home_page(
    client: Client,
    site: SetUp,
    add_article: Callable[..., HelpArticlePage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    article = add_article("Bleed the radiators")
    with django_capture_on_commit_callbacks(execute=True):
        change_blocks(site.homes["en"], [("articles", {"title": "", "articles": [article]})])
    assert "Bleed the radiators" in client.get("/en/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        article.unpublish()
    assert "Bleed the radiators" not in client.get("/en/").content.decode()


def test_publishing_it_shows_at_once(
    client: Client, site: SetUp, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client.get("/en/")
    with django_capture_on_commit_callbacks(execute=True):
        change_blocks(site.homes["en"], [("text", "<p>Closed on Sunday</p>")])
    html = client.get("/en/").content.decode()
    assert "Closed on Sunday" in html
    assert html.count("<h1") == 1


def test_a_draft_is_not_shown(client: Client, site: SetUp) -> None:
    page = HomePage.objects.get(pk=site.homes["en"].pk)
    page.body = [("text", "<p>Not yet</p>")]
    page.save_revision()
    assert "Not yet" not in client.get("/en/").content.decode()


def test_other_methods_are_refused(client: Client, site: SetUp) -> None:
    assert client.post("/en/").status_code in {403, 405}
