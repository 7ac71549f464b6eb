"""Addresses under /api/v1/. Imported with the site's addresses, after every app has registered its routers."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from community.api import problems
from community.api.application import assemble
from community.api.openapi import describe

api = assemble()
document = describe(api)


@csrf_exempt
def description(request: HttpRequest) -> HttpResponse:
    """The API's own description."""
    if request.method not in {"GET", "HEAD"}:
        return problems.method_not_allowed(request, "GET")
    return JsonResponse(document)


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Any other address."""
    return problems.unknown_address(request)


def speaking(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """`view`, answering HEAD as it does GET, its refusal of a method turned into problem JSON."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        asked = request.method
        # The server leaves out the body.
        request.method = "GET" if asked == "HEAD" else asked
        response = view(request, *args, **kwargs)
        request.method = asked
        if response.status_code == 405:
            return problems.method_not_allowed(request, ", ".join(sorted(response["Allow"].split(", "))))
        return response

    return guarded


def operations() -> list[URLPattern]:
    """The patterns of the API's operations."""
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    for pattern in patterns:
        pattern.callback = speaking(pattern.callback)
    return patterns


app_name = "api"
urlpatterns = [
    path("openapi.json", description, name="openapi"),
    *operations(),
    re_path(r"", nothing, name="nothing"),
]
