"""What a guest typed before having an account: kept in their session, published as soon as they are signed in."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from community.accounts.models import PublishedContribution, User
from community.core.errors import Conflict, TooFast
from community.core.registry import Registry

SESSION_KEY = "pending_contribution"
MAX_TEXT = 200_000

# A handler performs the action for the member and returns the address to land on. It raises ValidationError,
# PermissionDenied, TooFast, Conflict or Http404, with a sentence, when the action is not possible (any more).
Handler = Callable[[User, dict[str, Any]], str]
pending_contributions: Registry[Handler] = Registry("pending contribution")


@dataclass(frozen=True)
class Kept:
    """What is being kept for a guest, as the sign-up page and the page of a failure show it."""

    kind: str
    data: dict[str, Any]
    reason: str = ""

    @property
    def heading(self) -> str:
        """That it is kept, in a sentence."""
        known = {"question": _("Your question is kept"), "answer": _("Your answer is kept")}
        return known.get(self.kind, _("What you were doing is kept"))

    @property
    def summary(self) -> str:
        """Its title, else its first words."""
        text = str(self.data.get("title") or self.data.get("body") or "")
        return Truncator(" ".join(text.split())).chars(90)

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by field, to be shown again; a title that was not typed here is not among it."""
        typed = ("title", "body") if self.kind == "question" else ("body",)
        return {name: str(self.data[name]) for name in typed if name in self.data}


def keep_pending(request: HttpRequest, kind: str, data: dict[str, Any]) -> str:
    """Keep `data` (plain values; `title` and `body` are shown again) until this visitor is signed in.

    Returns the address of the sign-up page, where to send them. What was kept before is replaced.
    Raises LookupError for a kind that nothing publishes, ValidationError for a text too long to keep.
    """
    if kind not in pending_contributions:
        raise LookupError(f"Nothing publishes {kind!r}: register it in pending_contributions.")
    if sum(len(value) for value in data.values() if isinstance(value, str)) > MAX_TEXT:
        raise ValidationError(_("This text is too long to be kept. Shorten it, or sign in first."), code="long")
    request.session[SESSION_KEY] = {"key": secrets.token_hex(16), "kind": kind, "data": data}
    return reverse("account_signup")


def kept_for(request: HttpRequest) -> Kept | None:
    """What is kept for this visitor. Reads no session when there is none."""
    found = request.session.get(SESSION_KEY)
    return Kept(found["kind"], found["data"], found.get("reason", "")) if found else None


def change_pending(request: HttpRequest, texts: dict[str, str]) -> None:
    """Replace the texts of what is kept by those that its author changed."""
    found = request.session.get(SESSION_KEY)
    if found:
        found["data"].update({name: text[:MAX_TEXT] for name, text in texts.items() if name in ("title", "body")})
        request.session[SESSION_KEY] = found


def drop_pending(request: HttpRequest) -> None:
    """Forget what is kept."""
    request.session.pop(SESSION_KEY, None)


def publish_pending(request: HttpRequest, user: User) -> str | None:
    """Publish, as `user`, what is kept in the session. Returns the address to land on, None when nothing is kept.

    What cannot be published stays kept; the address is then that of a page which says why.
    """
    found = request.session.get(SESSION_KEY)
    if not found:
        return None
    try:
        url = _publish_once(user, found)
    except (ValidationError, PermissionDenied, TooFast, Conflict, Http404, LookupError) as refusal:
        found["reason"] = _sentence(refusal)
        request.session[SESSION_KEY] = found
        return reverse("accounts:kept")
    drop_pending(request)
    messages.success(request, _published(found["kind"]))
    return url


def _publish_once(user: User, found: dict[str, Any]) -> str:
    """Run the handler, unless another request of the same session already did: then its address is returned."""
    handler = pending_contributions[found["kind"]]
    try:
        with transaction.atomic():
            # A second request with the same key waits here until the first one has committed.
            published = PublishedContribution.objects.create(key=found["key"])
            published.url = handler(user, found["data"])[:500]
            published.save(update_fields=["url"])
            return published.url
    except IntegrityError:
        if earlier := PublishedContribution.objects.filter(key=found["key"]).first():
            return earlier.url
        raise


def _published(kind: str) -> str:
    known = {
        "question": _("Your question is published."),
        "answer": _("Your answer is published."),
        "same_problem": _("You are counted among those with the same problem."),
    }
    return known.get(kind, _("It is done."))


def _sentence(refusal: Exception) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    if isinstance(refusal, LookupError):
        return _("This can no longer be published here.")
    return str(getattr(refusal, "message", "") or refusal or _("This can no longer be published here."))
