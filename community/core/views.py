"""Pages of the house itself: health, metrics, and the refusal of forged forms."""

import logging

from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from redis.exceptions import RedisError

from community.core.metrics import measures
from community.core.readiness import dependencies
from community.core.tasks.queue import queue_state

logger = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Each dependency, ok or why not; 503 only when the site can't serve."""
    found = {"database": _database(), "cache": _cache(), **{name: check() for name, check in dependencies}}
    ready = found["database"] == "ok"
    if ready:
        found["tasks"] = queue_state()
    return JsonResponse({"ready": ready, "dependencies": found}, status=200 if ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """This process's counters and timings, and what all processes share, for Prometheus.

    Gauges stay as they were while the database is away.
    """
    try:
        for _name, measure in measures:
            measure()
    except DatabaseError as error:
        logger.warning("Nothing can be measured in the database: %s", type(error).__name__)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: nothing was changed, and what was typed is shown again to be kept."""
    return render(request, "403_csrf.html", {"typed": typed_texts(request)}, status=403)


def typed_texts(request: HttpRequest) -> list[str]:
    """What a person had typed into a form that is refused, to be shown again."""
    return [
        text
        for name in ("title", "subject", "body", "note", "bio")
        if (text := str(request.POST.get(name, "")).strip())
    ]


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return f"down: {type(error).__name__}"
    return "ok"


def _cache() -> str:
    try:
        caches["default"].get("readyz")
    except RedisError as error:
        return f"degraded: {type(error).__name__}; rate limits refuse guests, pages are not kept"
    return "ok"
