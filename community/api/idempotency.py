"""Keys that make a request safe to send again."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from community.core.errors import Conflict


def stored_key(given: str | None) -> str:
    """What the actions keep of an Idempotency-Key: a digest, apart from the keys of forms, and never cut short."""
    return f"api:{hashlib.sha256(given.encode()).hexdigest()}" if given else ""


@contextmanager
def for_another_request() -> Iterator[None]:
    """Says what a program can do about a key that it used before with other words."""
    try:
        yield
    except Conflict as error:
        raise Conflict(
            _("This Idempotency-Key was used for another request. Nothing was made; send a new key.")
        ) from error
