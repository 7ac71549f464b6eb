"""Keeping what a member types, on the server, so that it survives a reload and a second device."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.errors import Conflict
from community.topics.models import Draft

FIELDS = {"title": 400, "body": 40_000, "section": 60, "tags": 400, "kind": 12}
MAX_DRAFTS = 50
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL takes none of these in JSON


def save_draft(key: str, *, by: User, data: dict[str, Any], base_version: int) -> Draft:
    """Keep `data` (strings by field name) as the draft `key` of `by`, and return it.

    `base_version` is the version the page started from, 0 for none. Raises Conflict when another device saved since
    (the draft there is kept), ValidationError when it is too long.
    """
    kept = {name: UNSTORABLE.sub("", str(data.get(name, ""))) for name in FIELDS if data.get(name)}
    if len(key) > 60 or any(len(value) > FIELDS[name] for name, value in kept.items()):
        raise ValidationError(_("This draft is too long to be kept."), code="draft_long")
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(user=by, key=key).first()
        if draft is None:
            if Draft.objects.filter(user=by).count() >= MAX_DRAFTS:
                Draft.objects.filter(user=by).order_by("updated_at")[0].delete()
            return Draft.objects.get_or_create(user=by, key=key, defaults={"data": kept})[0]
        if draft.data == kept:
            return draft
        if draft.version != base_version:
            raise Conflict(_("A newer draft was saved on another device."))
        draft.data, draft.version, draft.updated_at = kept, draft.version + 1, timezone.now()
        draft.save(update_fields=["data", "version", "updated_at"])
    return draft


def discard_draft(key: str, *, by: User) -> bool:
    """Forget the draft `key` of `by`. Returns whether there was one."""
    return bool(Draft.objects.filter(user=by, key=key).delete()[0])
