"""Answers readers without an account from kept pages before Django is asked: the cheapest page is the usual one."""

import gzip
import time
from collections import OrderedDict

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.middleware.security import SecurityMiddleware
from redis.exceptions import RedisError

from community.core import metrics, page_cache
from deploy.threads import Headers, Reply, Scope

VIEW = "kept page"
RECENT_PAGES = 300


class KeptPages:
    """Finds the kept page for a request; None when Django has to answer it."""

    def __init__(self) -> None:
        added = {**self.security_headers(), **page_cache.BROWSER_HEADERS}
        self.added: Headers = [(name.lower().encode(), value.encode()) for name, value in added.items()]
        self.recent: OrderedDict[str, tuple[float, page_cache.KeptPage]] = OrderedDict()

    def __call__(self, scope: Scope) -> Reply | None:
        """The reply for `scope` (ASGI), as PageCacheMiddleware would give it."""
        started = time.perf_counter()
        if scope["method"] != "GET":
            return None
        asked = dict(scope["headers"])
        if not self.is_welcome(scope, asked):
            return None
        host, cookies = (asked.get(name, b"").decode("latin1") for name in (b"host", b"cookie"))
        key = page_cache.key_of("GET", host, full_path(scope), cookies)
        page = self.find(key) if key else None
        if page is None:
            return None
        zipped = b"gzip" in asked.get(b"accept-encoding", b"")
        body = page.body if zipped else gzip.decompress(page.body)
        headers = [(name.lower().encode("ascii"), value.encode("latin1")) for name, value in page.headers]
        headers += [*self.added, (b"content-length", str(len(body)).encode("ascii"))]
        if zipped:
            headers.append((b"content-encoding", b"gzip"))
        metrics.requests.labels(VIEW, "GET", 200).observe(time.perf_counter() - started)
        return Reply(200, headers, body)

    def find(self, key: str) -> page_cache.KeptPage | None:
        """The page kept under `key`; of one met before, only the versions of its tags are read again."""
        expires, page = self.recent.get(key, (0.0, None))
        if page is not None and expires > time.monotonic() and self.is_fresh(page):
            return page
        self.recent.pop(key, None)
        page = page_cache.find(key)
        if page is not None:
            self.recent[key] = (time.monotonic() + page_cache.KEPT_SECONDS, page)
            while len(self.recent) > RECENT_PAGES:
                self.recent.popitem(last=False)
        return page

    @staticmethod
    def is_fresh(page: page_cache.KeptPage) -> bool:
        """Whether nothing that `page` shows has changed."""
        try:
            fresh: bool = caches["pages"].get_many(list(page.versions)) == page.versions
        except (RedisError, OSError) as error:
            page_cache.degraded(error)
            return False
        metrics.page_cache_lookups.labels(outcome="hit" if fresh else "miss").inc()
        return fresh

    @staticmethod
    def security_headers() -> dict[str, str]:
        """What SecurityMiddleware adds to each response that came by HTTPS, or by HTTP where that is not enforced."""
        request = HttpRequest()
        if settings.SECURE_SSL_REDIRECT:
            request.META["wsgi.url_scheme"] = "https"
            name, value = settings.SECURE_PROXY_SSL_HEADER or ("HTTP_X_FORWARDED_PROTO", "https")
            request.META[name] = value
        answer = SecurityMiddleware(lambda _: HttpResponse()).process_response(request, HttpResponse())
        return {name: value for name, value in answer.items() if name != "Content-Type"}

    @staticmethod
    def is_welcome(scope: Scope, asked: dict[bytes, bytes]) -> bool:
        """Whether the host is one of ours, and no redirect to HTTPS is due."""
        if settings.SECURE_SSL_REDIRECT and scope.get("scheme") != "https":
            name, value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
            header = name.removeprefix("HTTP_").replace("_", "-").lower().encode("ascii")
            if not header or asked.get(header, b"").decode("latin1") != value:
                return False
        host, _port = split_domain_port(asked.get(b"host", b"").decode("latin1"))
        return bool(host) and validate_host(host, settings.ALLOWED_HOSTS)


def full_path(scope: Scope) -> str:
    """The path and query as they were sent; one written unusually is simply not found among the kept pages."""
    path = scope.get("raw_path") or scope["path"].encode("utf-8")
    query: bytes = scope.get("query_string", b"")
    return (path + b"?" + query if query else path).decode("latin1")
