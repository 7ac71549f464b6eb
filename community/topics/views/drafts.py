"""Drafts and images, sent while someone writes; answers are JSON for the page's script."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from community.accounts.visitors import member
from community.core import ratelimits
from community.core.errors import Conflict
from community.topics.actions.draft import discard_draft, save_draft
from community.topics.actions.upload import upload_image
from community.topics.models import Draft


@login_required
@require_http_methods(["GET", "HEAD", "PUT", "POST", "DELETE"])
def draft(request: HttpRequest, key: str) -> JsonResponse:
    """The draft `key` of the member: read, save (from `version`), or forget.

    A save from an older version than the one kept answers 409 with that one, so that nothing is lost.
    """
    user = member(request)
    if request.method == "DELETE":
        discard_draft(key, by=user)
        return JsonResponse({"version": 0, "fields": {}})
    if request.method in {"GET", "HEAD"}:
        return _answer(Draft.objects.filter(user=user, key=key).first())
    try:
        sent = json.loads(request.body)
        fields, version = dict(sent["fields"]), int(sent.get("version", 0))
        return _answer(save_draft(key, by=user, data=fields, base_version=version))
    except Conflict as refusal:
        kept = Draft.objects.filter(user=user, key=key).first()
        return JsonResponse({"detail": refusal.message, **_as_json(kept)}, status=409)
    except ValidationError as refusal:
        return JsonResponse({"detail": refusal.messages[0]}, status=422)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return JsonResponse({"detail": 'Send {"fields": {…}, "version": n}.'}, status=400)


def _as_json(draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return {"version": 0, "fields": {}}
    return {"version": draft.version, "fields": draft.data, "at": draft.updated_at.isoformat()}


def _answer(draft: Draft | None) -> JsonResponse:
    return JsonResponse(_as_json(draft))


@login_required
@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Store an image for a post; answers with the Markdown that shows it."""
    ratelimits.spend(ratelimits.UPLOAD, str(member(request).pk))
    sent = request.FILES.get("image")
    try:
        stored = upload_image(sent, by=member(request))
    except ValidationError as refusal:
        return JsonResponse({"detail": refusal.messages[0]}, status=422)
    return JsonResponse({"url": stored.url, "width": stored.width, "height": stored.height}, status=201)
