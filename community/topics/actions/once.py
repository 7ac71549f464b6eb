"""Doing things once: the same form sent twice makes one post."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.errors import Conflict
from community.topics.models import IdempotencyKey, Post


def fingerprint(*parts: object) -> str:
    """A digest of what a form says."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def claim(by: User, key: str, print_: str) -> Post | None:
    """Take `key` for `by` in the current transaction; returns the post that it already made, if any.

    A concurrent request with the same key waits here until the first one has committed.
    Raises Conflict when the key was used for something else.
    """
    if not key:
        return None
    try:
        with transaction.atomic():
            IdempotencyKey.objects.create(user=by, key=key[:80], fingerprint=print_)
    except IntegrityError:
        used = IdempotencyKey.objects.get(user=by, key=key[:80])
        if used.fingerprint != print_:
            raise Conflict(
                _("This form was already sent with another text. Reload the page to see what was published.")
            ) from None
        return Post.objects.select_related("topic").filter(pk=used.post_id or 0).first()
    return None


def made(by: User, key: str, post: Post) -> None:
    """Note that `key` made `post`."""
    if key:
        IdempotencyKey.objects.filter(user=by, key=key[:80]).update(post_id=post.pk)
