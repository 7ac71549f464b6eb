"""Refusals as problem JSON (RFC 9457), in the reader's language."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as RequestInvalid

from community.api import field_errors
from community.core.errors import Conflict, TooFast

logger = logging.getLogger("django.request")

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("Bad request"),
    401: gettext_lazy("Unauthorized"),
    403: gettext_lazy("Forbidden"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Method not allowed"),
    409: gettext_lazy("Conflict"),
    413: gettext_lazy("Content too large"),
    422: gettext_lazy("Unprocessable content"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Internal server error"),
}
# Django's middleware turns a 404 of an address without a language into a redirect to one with a language.
# It looks at the request's own URL configuration, where there is none.
WITHOUT_LANGUAGES = "community.api.urls"


def problem(
    request: HttpRequest,
    status: int,
    detail: str = "",
    *,
    errors: Mapping[str, Sequence[str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The response that refuses `request`: `detail` says why, `errors` says it by field."""
    title = str(TITLES.get(status) or TITLES[400])
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail or f"{title}."}
    if errors is not None:
        content["errors"] = errors
    request.urlconf = WITHOUT_LANGUAGES
    return HttpResponse(
        json.dumps(content, ensure_ascii=False), status=status, content_type=CONTENT_TYPE, headers=headers
    )


def unknown_address(request: HttpRequest) -> HttpResponse:
    """404 for what is no address of the API."""
    return problem(request, 404, _("The API has nothing at this address. /api/v1/openapi.json says what there is."))


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405, with the methods that there are."""
    return problem(
        request,
        405,
        _("This address takes %(methods)s.") % {"methods": allowed},
        headers={"Allow": allowed},
    )


def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework refuses: no token, or a body that is no JSON."""
    if error.status_code == 401:
        return problem(request, 401, error.message, headers={"WWW-Authenticate": "Bearer"})
    if error.status_code == 400:
        return problem(request, 400, _("The body is not valid JSON."))
    return problem(request, error.status_code, error.message)


def not_understood(request: HttpRequest, error: Exception) -> HttpResponse:
    """A request that breaks off, or is built to cause harm."""
    return problem(request, 400)


def too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    """A body heavier than any post."""
    return problem(request, 413, _("The body is too large."))


def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """No such thing, or none that everyone may see."""
    # get_object_or_404 speaks English about models; our own sentences are translated.
    said = str(error)
    return problem(request, 404, "" if "matches the given query" in said else said)


def not_allowed(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """What a check of permissions refuses, in its words."""
    return problem(request, 403, str(error))


def request_invalid(request: HttpRequest, error: RequestInvalid) -> HttpResponse:
    """A request that does not fit its schema; an id that cannot be one is simply not found."""
    if any(each["loc"][0] == "path" for each in error.errors):
        return problem(request, 404)
    return _invalid(request, field_errors.by_field(error.errors))


def words_refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What an action refuses to publish."""
    return _invalid(request, field_errors.of_refusal(error))


def _invalid(request: HttpRequest, errors: dict[str, list[str]]) -> HttpResponse:
    return problem(request, 422, field_errors.summary(errors), errors=errors)


def conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
    """What was changed meanwhile, or sent before with other words."""
    return problem(request, 409, error.message)


def too_fast(request: HttpRequest, error: TooFast) -> HttpResponse:
    """More than the limits allow."""
    return problem(request, 429, error.message, headers={"Retry-After": str(error.retry_after)})


def unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault of ours: logged, and told without its details."""
    logger.error("Internal Server Error: %s", request.path, exc_info=error, extra={"request": request})
    got_request_exception.send(sender=None, request=request)
    return problem(request, 500, _("The fault is on our side and was noted. Nothing was changed; try again later."))


HANDLERS: dict[type[Exception], Callable[..., HttpResponse]] = {
    Exception: unforeseen,
    Http404: not_found,
    HttpError: refused,
    PermissionDenied: not_allowed,
    RequestInvalid: request_invalid,
    ValidationError: words_refused,
    Conflict: conflict,
    TooFast: too_fast,
    RequestDataTooBig: too_large,
    SuspiciousOperation: not_understood,
    UnreadablePostError: not_understood,
}


def add_handlers(api: NinjaAPI) -> None:
    """Have every refusal of `api` answered by a function of this module."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
