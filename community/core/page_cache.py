"""Pages for readers without an account, kept ready and dropped by event.

A kept page holds the versions that its tags ("topic:12", "lists") had before it was rendered; it is served only while
they are all unchanged. `touch` marks tags as changing *before* the change commits, and gives them a new version after:
a page rendered in between is never kept, and a process killed in between leaves a mark that expires by itself.
"""

import gzip
import logging
import pickle
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from community.core import metrics

logger = logging.getLogger(__name__)

CHANGING = "changing"
# Out of reach, cut short, or written by another release of this code: each time as good as not kept.
UNREADABLE = (RedisError, OSError, EOFError, AttributeError, ImportError, pickle.UnpicklingError)
CHANGING_SECONDS = 30
KEPT_SECONDS = 600
BROWSER_HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Encoding"}


@dataclass(frozen=True)
class KeptPage:
    """A rendered page: its headers, its body (gzip), and the versions of its tags when it was rendered."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    versions: dict[str, str]


_touched_as_a_whole: ContextVar[bool] = ContextVar("touched_as_a_whole", default=False)


@contextmanager
def touching_everything() -> Iterator[None]:
    """Drop all kept pages once, in the current transaction, instead of those of each event: for bulk work."""
    touch(["site"])
    before = _touched_as_a_whole.set(True)
    try:
        yield
    finally:
        _touched_as_a_whole.reset(before)


def touch(tags: Iterable[str]) -> None:
    """Say that what `tags` name changes in the current transaction: pages that show it are dropped."""
    names = [f"tag:{tag}" for tag in tags]
    if not names or _touched_as_a_whole.get():
        return
    _write(dict.fromkeys(names, CHANGING), CHANGING_SECONDS)
    transaction.on_commit(lambda: _write({name: secrets.token_hex(6) for name in names}, None))


def _write(values: dict[str, str], seconds: int | None) -> None:
    try:
        caches["pages"].set_many(values, timeout=seconds)
    except (RedisError, OSError) as error:
        degraded(error)


def keep(request: HttpRequest, *tags: str) -> None:
    """Ask, from a view and before it reads anything, that its page be kept for readers until one of `tags` changes."""
    if key := key_of(request.method, request.get_host(), request.get_full_path(), request.COOKIES):
        request.page_cache = (key, versions_of([*tags, "site"]))  # type: ignore[attr-defined]


def also_shows(request: HttpRequest, *tags: str) -> None:
    """Say, before it is read, that the page being made also shows what `tags` name."""
    if hasattr(request, "page_cache") and tags:
        key, versions = request.page_cache
        request.page_cache = (key, {**versions_of(list(tags)), **versions})


def versions_of(tags: list[str]) -> dict[str, str]:
    """The current version of each tag; a tag never touched gets its first one."""
    names = [f"tag:{tag}" for tag in tags]
    try:
        found: dict[str, str] = caches["pages"].get_many(names)
        for name in names:
            if name not in found:
                found[name] = caches["pages"].get_or_set(name, secrets.token_hex(6), timeout=None) or CHANGING
    except (RedisError, OSError) as error:
        degraded(error)
        return dict.fromkeys(names, CHANGING)
    return found


def key_of(method: str | None, host: str, path: str, cookies: Any) -> str | None:
    """The key under which an anonymous page is kept, or None when this request must not meet the cache.

    `host` is part of it: one installation may show several brands. So is the release's set of static files: a page
    kept before an upgrade names style sheets that may be gone.
    """
    if method != "GET" or settings.SESSION_COOKIE_NAME in cookies:
        return None
    address = f"{host.lower()}{path}"
    static_files = getattr(staticfiles_storage, "manifest_hash", "")
    return f"page:{static_files}:{address}" if len(address) < 200 else None


def find(key: str) -> KeptPage | None:
    """The page kept under `key`, if nothing that it shows has changed."""
    try:
        page: KeptPage | None = caches["pages"].get(key)
        fresh = page is not None and caches["pages"].get_many(list(page.versions)) == page.versions
    except UNREADABLE as error:
        degraded(error)
        return None
    metrics.page_cache_lookups.labels(outcome="hit" if fresh else "miss").inc()
    return page if fresh else None


def store(request: HttpRequest, response: HttpResponse) -> None:
    """Keep `response` if its view asked for it, and it is the same for every reader."""
    key, versions = request.page_cache  # type: ignore[attr-defined]
    if response.status_code != 200 or response.cookies or response.streaming or CHANGING in versions.values():
        return
    headers = tuple(
        (name, value) for name, value in response.items() if name not in {"Content-Length", "Content-Encoding"}
    )
    page = KeptPage(headers, gzip.compress(response.content, compresslevel=6, mtime=0), versions)
    try:
        caches["pages"].set(key, page, timeout=KEPT_SECONDS)
    except (RedisError, OSError) as error:
        degraded(error)


def degraded(error: Exception) -> None:
    """Note that the cache cannot be reached: pages are rendered each time, nothing is kept."""
    logger.warning("The page cache cannot be reached: %s", type(error).__name__)
    metrics.degraded.labels(service="page_cache").inc()


class PageCacheMiddleware:
    """Answers readers from kept pages, and keeps the pages whose views asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request.method, request.get_host(), request.get_full_path(), request.COOKIES)
        if key and (page := find(key)):
            return respond(page, accepts_gzip="gzip" in request.headers.get("Accept-Encoding", ""))
        response = self.get_response(request)
        if hasattr(request, "page_cache"):
            store(request, response)
            for name, value in BROWSER_HEADERS.items():
                response.headers[name] = value
        return response


def respond(page: KeptPage, *, accepts_gzip: bool) -> HttpResponse:
    """The HTTP response for a kept page."""
    response = HttpResponse(page.body if accepts_gzip else gzip.decompress(page.body))
    for name, value in (*page.headers, *BROWSER_HEADERS.items()):
        response.headers[name] = value
    if accepts_gzip:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    return response
