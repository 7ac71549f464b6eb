"""Kept pages in front of Django, and Django on threads: what a browser gets is what Django alone would give."""

import asyncio
from typing import Any

import pytest
from django.test import override_settings

from community.core import page_cache
from deploy.kept_pages import KeptPages
from deploy.site import site
from deploy.threads import Scope

PATH = "/en/somewhere/"


def scope(path: str = PATH, method: str = "GET", **headers: str) -> Scope:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {"host": "testserver", "accept-encoding": "gzip", **named}
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path.partition("?")[0],
        "raw_path": path.partition("?")[0].encode(),
        "query_string": path.partition("?")[2].encode(),
        "root_path": "",
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }


@pytest.fixture
def kept() -> page_cache.KeptPage:
    versions = page_cache.versions_of(["topic:1", "site"])
    page = page_cache.KeptPage((("Content-Type", "text/html"),), b"\x1f\x8b not looked into", versions)
    page_cache.caches["pages"].set(page_cache.key_of("GET", "testserver", PATH, {}), page, 60)
    return page


def test_a_reader_gets_the_kept_page_with_the_headers_of_the_site(kept: page_cache.KeptPage) -> None:
    reply = KeptPages()(scope())
    assert reply is not None
    headers = dict(reply.headers)
    assert reply.body == kept.body
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"cache-control"] == b"private, no-cache"


@pytest.mark.parametrize(
    "other",
    [
        scope(method="POST"),
        scope(cookie="entraide_session=abc"),
        scope(path=f"{PATH}?page=2"),
        scope(host="elsewhere.example"),
        scope(host=""),
    ],
)
@override_settings(ALLOWED_HOSTS=["testserver"])
def test_everything_else_is_left_to_django(kept: page_cache.KeptPage, other: Scope) -> None:
    assert KeptPages()(other) is None


@pytest.mark.django_db
def test_a_page_met_before_is_dropped_when_what_it_shows_changes(
    kept: page_cache.KeptPage, django_capture_on_commit_callbacks: Any
) -> None:
    pages = KeptPages()
    assert pages(scope()) is not None
    with django_capture_on_commit_callbacks(execute=True):
        page_cache.touch(["topic:1"])
        assert pages(scope()) is None
    assert pages(scope()) is None


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
def test_plain_http_is_left_to_django_where_it_is_redirected(kept: page_cache.KeptPage) -> None:
    pages = KeptPages()
    assert pages(scope()) is None
    assert pages(scope(x_forwarded_proto="https")) is not None


def test_the_site_answers_over_asgi() -> None:
    assert ask("/healthz") == (200, b"ok\n")


def ask(path: str) -> tuple[int, bytes]:
    """Status and body of a request to the whole application."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(site()(scope(path), receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])
