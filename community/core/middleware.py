"""Middleware: timings for /metrics, and refusals turned into pages that say what to do."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.core import metrics
from community.core.errors import Conflict, PermissionDenied, TooFast
from community.core.views import typed_texts


class MetricsMiddleware:
    """Times every request by its view's name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = (match.view_name or "unnamed") if match else "none"
        metrics.requests.labels(view, request.method, response.status_code).observe(time.perf_counter() - started)
        return response


class RefusalMiddleware:
    """Answers `TooFast`, `Conflict` and `PermissionDenied`, each with a page that says why and keeps what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal; None lets Django handle everything else."""
        typed = typed_texts(request)
        if isinstance(exception, TooFast):
            response = render(request, "429.html", {"reason": exception.message, "typed": typed}, status=429)
            response.headers["Retry-After"] = str(exception.retry_after)
            return response
        if isinstance(exception, Conflict):
            return render(request, "409.html", {"reason": exception.message, "typed": typed}, status=409)
        if isinstance(exception, PermissionDenied):
            return render(request, "403.html", {"reason": str(exception), "typed": typed}, status=403)
        return None
