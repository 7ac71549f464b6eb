"""Forms of readers without a session: no cookie and so no token, but the browser says where the form comes from."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from community.core.views import csrf_failure

View = Callable[..., HttpResponseBase]


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser vouches that a page of this site sent the form (Fetch Metadata, else the Origin header)."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = urlsplit(request.headers.get("Origin", ""))
    return bool(origin.netloc) and origin.netloc == request.get_host()


def guest_form(view: View) -> View:
    """Let `view` take forms from kept pages, which hold no token; forms from elsewhere are refused."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST" and not is_same_origin(request):
            return csrf_failure(request)
        return view(request, *args, **kwargs)

    return guarded
