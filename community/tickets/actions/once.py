"""Doing things once: the same form, or the same mail, sent twice makes one message."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.core.errors import Conflict
from community.tickets.models import TicketFormKey, TicketMessage


def fingerprint(*parts: object) -> str:
    """A digest of what a form says."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def claim(scope: str, key: str, print_: str) -> TicketMessage | None:
    """Take `key` in `scope` (who sends it) in the current transaction; returns the message that it already made.

    A concurrent request with the same key waits here until the first one has committed.
    Raises Conflict when the key was used for something else.
    """
    if not key:
        return None
    try:
        with transaction.atomic():
            TicketFormKey.objects.create(scope=scope, key=key[:80], fingerprint=print_)
    except IntegrityError:
        used = TicketFormKey.objects.select_related("message__ticket").get(scope=scope, key=key[:80])
        if used.fingerprint != print_:
            raise Conflict(
                _("This form was already sent with another text. Reload the page to see what was sent.")
            ) from None
        return used.message
    return None


def made(scope: str, key: str, message: TicketMessage) -> None:
    """Note that `key` made `message`."""
    if key:
        TicketFormKey.objects.filter(scope=scope, key=key[:80]).update(message=message)


def was_sent(scope: str, key: str) -> bool:
    """Whether a form with `key` came before: sending it again is not counted as another one. One query."""
    return bool(key) and TicketFormKey.objects.filter(scope=scope, key=key[:80]).exists()


def scope_of_customer(user_id: int | None, email: str) -> str:
    """Who opens tickets: a member, or a guest by the address given."""
    return f"user:{user_id}" if user_id else f"guest:{fingerprint(email)[:40]}"
