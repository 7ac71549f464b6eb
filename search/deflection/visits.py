"""Who is counted, and under which pseudonym.

Whoever looks for help gets a random cookie, first set then and never by reading; what is stored is a keyed hash of it,
from which neither cookie nor person can be found again. Robots, the team, browsers that say no (Global Privacy Control,
Do Not Track), and visitors who asked not to be counted are left out.
"""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from community.accounts.models import User
from community.accounts.visitors import visitor
from community.core.kept_values import remember
from search.models import MeasurementSettings

COOKIE = "entraide_visit"
REFUSED = "no"
KEPT_SECONDS = 60 * 60 * 24 * 30
SALT = "search.deflection.visitor"
PSEUDONYM_LENGTH = 32
_current: ContextVar[HttpRequest | None] = ContextVar("current_visit", default=None)
RANDOM = re.compile(r"^[\w-]{22}$")
ROBOT = re.compile(
    r"bot\b|bot[/_ ;)-]|crawl|spider|slurp|preview|scan|monitor|curl/|wget/|python|java/|go-http|okhttp|lighthouse",
    re.IGNORECASE,
)


def pseudonym_of(request: HttpRequest) -> str:
    """The pseudonym of whoever sent `request`; empty when they are not counted.

    Who has no cookie yet gets one with the response, by VisitMiddleware.
    """
    if not is_counted(request):
        return ""
    cookie = _cookie_of(request) or getattr(request, "new_visit", "")
    if not cookie:
        cookie = request.new_visit = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
    return _hashed(cookie)


def current_pseudonym() -> str:
    """The pseudonym of whoever's request is being answered; empty outside of one, and for who has no cookie yet."""
    request = _current.get()
    return pseudonym_of(request) if request is not None and _cookie_of(request) else ""


def is_counted(request: HttpRequest) -> bool:
    """Whether anything of this visit may be written down."""
    agent = request.headers.get("User-Agent", "")
    if not agent or ROBOT.search(agent) or says_no(request):
        return False
    user = visitor(request)
    if isinstance(user, User) and user.is_team:
        return False
    return remember("measurement", ["site"], _is_on)


def says_no(request: HttpRequest) -> bool:
    """Whether the browser, or the visitor on our page about it, asks not to be counted."""
    asked = request.COOKIES.get(COOKIE) == REFUSED
    return asked or "1" in (request.headers.get("Sec-GPC"), request.headers.get("DNT"))


def _is_on() -> bool:
    """On unless every site of the installation turned it off."""
    chosen = list(MeasurementSettings.objects.values_list("is_on", flat=True))
    return any(chosen) if chosen else True


def _cookie_of(request: HttpRequest) -> str:
    cookie = request.COOKIES.get(COOKIE, "")
    return cookie if RANDOM.match(cookie) else ""


def _hashed(text: str) -> str:
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()[:PSEUDONYM_LENGTH]


class VisitMiddleware:
    """Gives whoever looks for help the cookie under which their steps belong together."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = _current.set(request)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(before)
        if cookie := getattr(request, "new_visit", ""):
            set_visit(response, cookie)
        return response


def set_visit(response: HttpResponse, cookie: str) -> None:
    """Set the cookie to `cookie`, or to REFUSED."""
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
